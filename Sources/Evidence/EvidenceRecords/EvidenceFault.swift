/// What may be wrong with an evidence record, each with a stable word.
package enum EvidenceFault: String, Hashable, Sendable, CaseIterable {
    /// Not an EvidenceRecord in DER within the limits.
    case malformed = "ERS_MALFORMED"
    /// A record over encrypted data, which an archive of open records never has.
    case encrypted = "ERS_ENCRYPTED"
    /// The data, or its hash with the earlier chains, is not in the first list of its tree.
    case dataNotInFirstList = "ERS_DATA_NOT_IN_FIRST_LIST"
    /// The first list holds more than the data at hand.
    case groupIncomplete = "ERS_GROUP_INCOMPLETE"
    /// The tree does not lead to what the token is over.
    case rootMismatch = "ERS_ROOT_MISMATCH"
    /// A time-stamp does not cover the one it renews.
    case previousNotCovered = "ERS_PREV_NOT_COVERED"
    /// Stamps of one chain, their tokens or the record's list name different digests.
    case algorithmMixed = "ERS_CHAIN_ALG_MIXED"
    /// A digest that is not known here.
    case algorithmUnknown = "ERS_ALG_UNKNOWN"
    /// A digest or signature was no longer good when the next proof was made.
    case algorithmEnded = "ERS_ALG_ENDED"
    case timeOrder = "ERS_TIME_ORDER"
    /// A token is not the word of the authority that it names.
    case tokenBroken = "ERS_TOKEN_BROKEN"
    /// Bytes of a token that no signature protects are not as they should be.
    case tokenUnprotected = "ERS_TOKEN_UNPROTECTED"
    /// An authority that nothing given says to trust.
    case tokenUntrusted = "ERS_TOKEN_UNTRUSTED"
    case tokenRevoked = "ERS_TOKEN_REVOKED"
    /// A token had ended when the next one was made.
    case tokenInvalidAtNext = "ERS_TOKEN_INVALID_AT_NEXT"
    /// The last token has ended, and nothing renews it.
    case expiredLast = "ERS_EXPIRED_LAST"
    /// The data cannot be hashed as the record asks.
    case dataUnavailable = "ERS_DATA_UNAVAILABLE"

    /// The indication of ETSI EN 319 102-1 §5.1.3.
    package var indication: EvidenceIndication {
        switch self {
        case .malformed, .dataNotInFirstList, .groupIncomplete, .rootMismatch,
            .previousNotCovered, .algorithmMixed, .tokenBroken:
            .failed
        case .encrypted, .algorithmUnknown, .algorithmEnded, .timeOrder, .tokenUnprotected,
            .tokenUntrusted,
            .tokenRevoked, .tokenInvalidAtNext, .expiredLast, .dataUnavailable:
            .indeterminate
        }
    }

    /// The subindication of ETSI EN 319 102-1 §5.1.3.
    package var subindication: String {
        switch self {
        case .malformed, .algorithmMixed, .tokenUnprotected: "FORMAT_FAILURE"
        case .dataNotInFirstList, .groupIncomplete, .rootMismatch, .previousNotCovered:
            "HASH_FAILURE"
        case .tokenBroken: "SIG_CRYPTO_FAILURE"
        case .timeOrder: "TIMESTAMP_ORDER_FAILURE"
        case .algorithmUnknown, .algorithmEnded: "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
        case .tokenUntrusted: "NO_CERTIFICATE_CHAIN_FOUND"
        case .tokenRevoked: "REVOKED_NO_POE"
        case .tokenInvalidAtNext, .expiredLast: "OUT_OF_BOUNDS_NO_POE"
        case .encrypted, .dataUnavailable: "SIGNED_DATA_NOT_FOUND"
        }
    }
}

/// How sure a verdict is (ETSI EN 319 102-1 §5.1.3).
package enum EvidenceIndication: String, Hashable, Sendable, CaseIterable {
    case passed = "TOTAL-PASSED"
    /// Not to be proved with what is at hand; another root, list or token may change it.
    case indeterminate = "INDETERMINATE"
    /// Proved bad for ever.
    case failed = "TOTAL-FAILED"
}

/// A fault of a record and where it lies; chains and stamps count from 0.
package struct EvidenceProblem: Error, Hashable, Sendable {
    package let fault: EvidenceFault
    package let chain: Int?
    package let stamp: Int?
    package let detail: String

    package init(
        _ fault: EvidenceFault, chain: Int? = nil, stamp: Int? = nil, _ detail: String = ""
    ) {
        self.fault = fault
        self.chain = chain
        self.stamp = stamp
        self.detail = detail
    }
}
