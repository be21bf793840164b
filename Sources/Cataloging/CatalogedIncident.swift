package import Records

/// What an audit found in one store and people must answer for, as the ledger has it.
package struct CatalogedIncident: Hashable, Sendable {
    package let number: Int64
    /// The store that was read; nil for the one that was primary then.
    package let store: ObjectIdentifier?
    /// The store's name when it was opened.
    package let name: String
    /// The run that found it, by the entry with which it first began.
    package let run: Int64
    package let opened: Instant
    /// Until when it must be reported.
    package let deadline: Instant
    /// The entry that opened it.
    package let sequence: Int64
    /// The entry that closed it; nil while it is open.
    package internal(set) var closed: Int64?
    /// Whether it was closed although damage of it was open.
    package internal(set) var isUnresolved = false
    /// The entry that says it was reported.
    package internal(set) var reported: Int64?

    package init(
        number: Int64, store: ObjectIdentifier?, name: String, run: Int64, opened: Instant,
        deadline: Instant, sequence: Int64
    ) {
        self.number = number
        self.store = store
        self.name = name
        self.run = run
        self.opened = opened
        self.deadline = deadline
        self.sequence = sequence
    }

    package var isOpen: Bool { closed == nil }
}

/// An act on an incident: opened, told of, noted, closed.
package struct IncidentAct: Hashable, Sendable {
    package let number: Int64
    /// The entry of the ledger.
    package let sequence: Int64
    /// `open`, `note`, `notice`, `close`.
    package let change: String
    /// How a notice went out: `command`, `mail`; empty for other acts.
    package let way: String

    package init(number: Int64, sequence: Int64, change: String, way: String) {
        self.number = number
        self.sequence = sequence
        self.change = change
        self.way = way
    }
}

/// A piece of damage of an incident, however often runs found it.
package struct IncidentFinding: Hashable, Sendable {
    /// The finding of the first run.
    package let finding: AuditFindingRow
    package let first: Instant
    package let last: Instant
    /// How many runs found it.
    package let count: Int64
}
