package import Records

/// One run of fixity checks as the ledger has it.
package struct AuditRun: Hashable, Sendable {
    /// A run over every object of the store.
    package static let everything = "all"

    /// The ledger entry of the run.
    package let sequence: Int64
    package let startedAt: Instant
    package let finishedAt: Instant
    /// `all`, or the identifier of the one object that was checked, or the run's own words.
    package let scope: String
    package let checked: Int
    package let bytes: Int64
    package let damaged: Int
    package let outcome: String

    package init(
        sequence: Int64, startedAt: Instant, finishedAt: Instant, scope: String, checked: Int,
        bytes: Int64,
        damaged: Int, outcome: String
    ) {
        self.sequence = sequence
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.scope = scope
        self.checked = checked
        self.bytes = bytes
        self.damaged = damaged
        self.outcome = outcome
    }
}

/// One thing that a run of fixity checks found.
package struct AuditFindingRow: Hashable, Sendable {
    /// The ledger entry of the finding.
    package let sequence: Int64
    /// The ledger entry of the run.
    package let run: Int64
    package let object: ObjectIdentifier?
    package let path: String
    package let code: FindingCode

    package init(
        sequence: Int64, run: Int64, object: ObjectIdentifier?, path: String, code: FindingCode
    ) {
        self.sequence = sequence
        self.run = run
        self.object = object
        self.path = path
        self.code = code
    }
}
