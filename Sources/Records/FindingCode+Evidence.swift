/// Findings of evidence records (RFC 4998); the words are those of `EvidenceFault`.
extension FindingCode {
    package static let recordMalformed = FindingCode("ERS_MALFORMED")
    package static let recordEncrypted = FindingCode("ERS_ENCRYPTED")
    package static let recordDataNotInFirstList = FindingCode("ERS_DATA_NOT_IN_FIRST_LIST")
    package static let recordGroupIncomplete = FindingCode("ERS_GROUP_INCOMPLETE")
    package static let recordRootMismatch = FindingCode("ERS_ROOT_MISMATCH")
    package static let recordPreviousNotCovered = FindingCode("ERS_PREV_NOT_COVERED")
    package static let recordAlgorithmMixed = FindingCode("ERS_CHAIN_ALG_MIXED")
    package static let recordAlgorithmUnknown = FindingCode("ERS_ALG_UNKNOWN")
    package static let recordAlgorithmEnded = FindingCode("ERS_ALG_ENDED")
    package static let recordTimeOrder = FindingCode("ERS_TIME_ORDER")
    package static let recordTokenBroken = FindingCode("ERS_TOKEN_BROKEN")
    package static let recordTokenUnprotected = FindingCode("ERS_TOKEN_UNPROTECTED")
    package static let recordTokenUntrusted = FindingCode("ERS_TOKEN_UNTRUSTED")
    package static let recordTokenRevoked = FindingCode("ERS_TOKEN_REVOKED")
    package static let recordTokenInvalidAtNext = FindingCode("ERS_TOKEN_INVALID_AT_NEXT")
    package static let recordExpiredLast = FindingCode("ERS_EXPIRED_LAST")
    package static let recordDataUnavailable = FindingCode("ERS_DATA_UNAVAILABLE")

    /// Every code of this area.
    package static let evidenceCodes: [FindingCode] = [
        .recordMalformed, .recordEncrypted, .recordDataNotInFirstList, .recordGroupIncomplete,
        .recordRootMismatch, .recordPreviousNotCovered, .recordAlgorithmMixed,
        .recordAlgorithmUnknown, .recordAlgorithmEnded, .recordTimeOrder, .recordTokenBroken,
        .recordTokenUnprotected, .recordTokenUntrusted, .recordTokenRevoked,
        .recordTokenInvalidAtNext, .recordExpiredLast, .recordDataUnavailable,
    ]
}
