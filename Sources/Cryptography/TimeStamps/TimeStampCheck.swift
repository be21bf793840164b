/// What a token is worth at an instant, and the facts behind it.
package struct TimeStampCheck: Sendable {
    /// All that is wrong; empty for a token that proves its time.
    package let problems: [TimeStampProblem]
    /// Everything that a later policy of algorithms may judge again.
    package let algorithms: [AlgorithmUse]
    /// From when the path is no longer valid; nil without a path.
    package let pathEnds: Int64?
    /// SHA-256 of the authority's certificate in small hexadecimal letters.
    package let signerFingerprint: String?
    /// The subject of the authority's certificate.
    package let signerName: String?
    /// Whether a list made at or after the token's time says that no certificate was revoked.
    package let isRevocationKnown: Bool

    static func failing(_ problem: TimeStampProblem) -> TimeStampCheck {
        TimeStampCheck(
            problems: [problem], algorithms: [], pathEnds: nil, signerFingerprint: nil,
            signerName: nil, isRevocationKnown: false)
    }
}
