package import Records

/// One run of fixity checks as the ledger has it.
package struct AuditRun: Hashable, Sendable {
    /// A run over every object of the store.
    package static let everything = "all"
    /// A run over what the plan says is to be read.
    package static let due = "due"

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
    /// The store that was read; nil for the one that was primary then.
    package let store: ObjectIdentifier?
    /// The entry with which the run began, or the first of the runs that it goes on with.
    package let first: Int64
    /// The entry with which the first of the stores began that were asked for together.
    package let group: Int64
    /// Whether all that was asked for was read.
    package let isComplete: Bool

    package init(
        sequence: Int64, startedAt: Instant, finishedAt: Instant, scope: String, checked: Int,
        bytes: Int64,
        damaged: Int, outcome: String, store: ObjectIdentifier?, first: Int64, group: Int64,
        isComplete: Bool
    ) {
        self.group = group
        self.store = store
        self.first = first
        self.isComplete = isComplete
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
    /// The ledger entry with which the run began.
    package let run: Int64
    package let object: ObjectIdentifier?
    package let path: String
    package let code: FindingCode
    /// Whether it is an error, and not a warning.
    package let isError: Bool
    /// The store that was read; nil for the one that was primary then.
    package let store: ObjectIdentifier?
    /// The incident to which it belongs; nil for what is no error.
    package let incident: Int64?

    package init(
        sequence: Int64, run: Int64, object: ObjectIdentifier?, path: String, code: FindingCode,
        isError: Bool, store: ObjectIdentifier?, incident: Int64? = nil
    ) {
        self.isError = isError
        self.incident = incident
        self.store = store
        self.sequence = sequence
        self.run = run
        self.object = object
        self.path = path
        self.code = code
    }
}
