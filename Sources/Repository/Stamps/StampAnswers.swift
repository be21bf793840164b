package import Records

/// What became of a wish for a time-stamp.
package struct StampOutcome: Sendable {
    /// A batch that was stamped.
    package struct Stamped: Sendable {
        package let batch: Int64
        /// How many versions it covers.
        package let versions: Int64
        /// When the authority says that it stamped.
        package let at: Instant
        package let authority: String
        package let isIndependent: Bool
    }

    /// The batch; nil when nothing waited or no authority gave a good token.
    package let stamped: Stamped?
    /// Versions that still wait.
    package let waiting: Int64
    package let findings: [Finding]

    /// Whether authorities were asked and none gave a good token.
    package var hasFailed: Bool { stamped == nil && !findings.isEmpty }
}

/// How the evidence of an archive stands.
package struct EvidenceStanding: Sendable {
    /// The four ways in which it can stand.
    package enum State: String, Sendable {
        /// No authority is configured.
        case none
        /// Versions wait for a time-stamp.
        case pending
        /// Every version is under a time-stamp of somebody else.
        case stamped
        /// Every version is under a time-stamp, some only of the archive's own authority.
        case notIndependent = "not-independent"
    }

    package let state: State
    package let waiting: Int64
    /// Since when the first of them waits.
    package let since: Instant?
    package let batches: Int64
}
