/// Findings of getting a time-stamp; most words are those of `TimeStampFault`.
extension FindingCode {
    package static let stampUnreachable = FindingCode("TSA_UNREACHABLE")
    package static let stampAlgorithmEnded = FindingCode("TSA_ALGORITHM_ENDED")
    package static let stampRootsMissing = FindingCode("TSA_ROOTS_MISSING")
    package static let stampKeyMissing = FindingCode("TSA_TRIAL_KEY_MISSING")
    package static let stampNotIndependent = FindingCode("TSA_NOT_INDEPENDENT")
    package static let stampRevocationUnknown = FindingCode("TSA_REVOCATION_UNKNOWN")
    package static let batchDamaged = FindingCode("LT-EVIDENCE-BATCH-DAMAGED")
    package static let evidenceLapsed = FindingCode("LT-EVIDENCE-LAPSED")
    package static let versionNotRehashed = FindingCode("LT-EVIDENCE-NOT-REHASHED")
    package static let batchMissing = FindingCode("LT-EVIDENCE-BATCH-MISSING")

    /// Findings that are the words of `TimeStampFault` themselves.
    package static let tokenCodes: [FindingCode] = [
        "TS_MALFORMED", "TS_SIGNATURE_BROKEN", "TS_SIGNER_UNKNOWN", "TS_NO_EKU", "TS_UNTRUSTED",
        "TS_EXPIRED", "TS_REVOKED", "TS_UNPROTECTED_BYTES", "TS_IMPRINT_MISMATCH",
        "TS_POLICY_MISMATCH", "TSA_BAD_NONCE", "TS_CLOCK_SKEW", "TSA_REFUSED",
    ].map { FindingCode($0) }

    /// Every code of this area.
    package static let stampCodes: [FindingCode] =
        tokenCodes + [
            .stampUnreachable, .stampAlgorithmEnded, .stampRootsMissing, .stampKeyMissing,
            .stampNotIndependent, .stampRevocationUnknown, .batchDamaged, .batchMissing,
            .versionNotRehashed,
            .evidenceLapsed,
        ]
}
