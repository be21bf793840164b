/// What may be wrong with a time-stamp token, each with a stable word.
package enum TimeStampFault: String, Hashable, Sendable, CaseIterable {
    /// Not a token in DER, or larger than any token.
    case malformed = "TS_MALFORMED"
    /// The signature is not one over what the token states.
    case signature = "TS_SIGNATURE_BROKEN"
    /// The signing certificate is absent, or not the one the signature names (RFC 5816).
    case signer = "TS_SIGNER_UNKNOWN"
    /// The certificate is not for time-stamps alone (RFC 3161 §2.3).
    case usage = "TS_NO_EKU"
    /// No path leads from the authority's certificate to one that is trusted.
    case untrusted = "TS_UNTRUSTED"
    /// A certificate of the path was not valid then.
    case expired = "TS_EXPIRED"
    case revoked = "TS_REVOKED"
    /// Bytes that no signature protects are not as they should be.
    case unprotected = "TS_UNPROTECTED_BYTES"
    /// The token is over something else.
    case imprint = "TS_IMPRINT_MISMATCH"
    /// The token states another policy than the one asked for.
    case policy = "TS_POLICY_MISMATCH"
    case nonce = "TSA_BAD_NONCE"
    /// The authority's clock and ours differ too much.
    case clock = "TS_CLOCK_SKEW"
    /// The authority refused the request.
    case refused = "TSA_REFUSED"

    /// Whether it is proved bad for ever; otherwise another root, list or clock may change it.
    package var isFinal: Bool {
        switch self {
        case .malformed, .signature, .signer, .usage, .imprint, .policy, .nonce: true
        case .untrusted, .expired, .revoked, .unprotected, .clock, .refused: false
        }
    }
}

/// A fault of a token with what was seen.
package struct TimeStampProblem: Error, Hashable, Sendable {
    package let fault: TimeStampFault
    package let detail: String

    package init(_ fault: TimeStampFault, _ detail: String = "") {
        self.fault = fault
        self.detail = detail
    }
}
