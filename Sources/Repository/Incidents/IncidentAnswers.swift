package import Records

/// An incident in a list.
package struct ListedIncident: Sendable {
    package let number: Int64
    /// The store's name when it was opened.
    package let store: String
    package let opened: Instant
    /// Until when it must be reported.
    package let deadline: Instant
    package let closed: Instant?
    package let isUnresolved: Bool
    package let reported: Instant?
    /// Findings of all runs that belong to it.
    package let findings: Int64
    /// Those that nothing has mended yet.
    package let openDamage: Int64
    /// Whether it must be reported now.
    package let isOverdue: Bool

    package var isOpen: Bool { closed == nil }
}

/// An incident with everything that the ledger tells of it.
package struct ShownIncident: Sendable {
    /// An act on it.
    package struct Act: Sendable {
        package let at: Instant
        /// `open`, `note`, `notice`, `close`.
        package let change: String
        /// How a notice went out; empty for other acts.
        package let way: String
        package let agent: String
        /// Findings of the run, where the act is a run's.
        package let count: Int64?
        /// What people wrote; nil where nobody did, or where it was erased.
        package let text: String?
    }

    /// What audits found, once for each place and code.
    package struct Damage: Hashable, Sendable {
        /// When it was first found.
        package let at: Instant
        /// When it was found last.
        package let last: Instant
        /// How many runs found it.
        package let count: Int64
        package let code: FindingCode
        /// The dossier; nil for what lies beside the dossiers.
        package let object: ObjectIdentifier?
        package let path: String
    }

    /// What was done about it.
    package struct Repair: Sendable {
        /// A file that was looked at.
        package struct File: Sendable {
            package let path: String
            package let kind: DamageKind?
            package let isMended: Bool
        }

        package let at: Instant
        package let agent: String
        package let object: ObjectIdentifier?
        package let ending: RepairItem.Ending?
        package let kind: DamageKind?
        /// The store that gave good bytes.
        package let source: String?
        /// Stores that were away and hold what is lacking.
        package let away: [String]
        package let transferred: Int64
        package let files: [File]
    }

    static let mostDamages = 10_000

    package let listed: ListedIncident
    package let acts: [Act]
    /// The first `mostDamages`.
    package let damages: [Damage]
    package let repairs: [Repair]
    /// Who keeps the archive.
    package let agencyName: String
    package let agencyCode: String
    package let archive: ObjectIdentifier
}
