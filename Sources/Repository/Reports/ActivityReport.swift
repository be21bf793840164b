package import Records

/// What was checked, copied, mended and answered for in some days, as the ledger tells.
package struct ActivityReport: Sendable {
    /// A store as it was when something was done in it.
    package struct Store: Hashable, Sendable {
        /// Its own identifier; nil where the ledger does not tell which one led.
        package let id: ObjectIdentifier?
        package let name: String
        package let medium: String
        package let place: String
        /// What it was called as a copy before it was made the primary store; nil for all others.
        package let before: String?

        init(
            id: ObjectIdentifier?, name: String, medium: String = "", place: String = "",
            before: String? = nil
        ) {
            self.id = id
            self.name = name
            self.medium = medium
            self.place = place
            self.before = before
        }

        /// Its name for people, who must not take one primary store for another.
        var text: String { before.map { "\(name) (\($0))" } ?? name }
    }

    /// One run of fixity checks.
    package struct Run: Sendable {
        package let started: Instant
        package let ended: Instant
        package let store: Store
        package let scope: String
        package let checked: Int64
        package let bytes: Int64
        package let damaged: Int64
        package let isComplete: Bool
        package let hasFailed: Bool
        package let agent: String
    }

    /// What one store took in one day.
    package struct Backup: Sendable {
        /// `YYYY-MM-DD` in Vietnam's time.
        package let day: String
        package let store: Store
        package internal(set) var receipts: Int64
        package internal(set) var versions: Int64
        package internal(set) var bytes: Int64
        package internal(set) var first: Instant
        package internal(set) var last: Instant
        package let agent: String
    }

    /// One repair.
    package struct Repair: Sendable {
        package let at: Instant
        package let store: Store
        package let object: ObjectIdentifier?
        package let kind: DamageKind?
        package let ending: RepairItem.Ending?
        package let source: String?
        package let transferred: Int64
        package let agent: String
    }

    /// A store that came, left or became the primary one, or a drill.
    package struct Event: Sendable {
        package let at: Instant
        package let act: String
        package let change: String
        package let store: Store
        package let outcome: String
        package let agent: String
    }

    package let agencyName: String
    package let agencyCode: String
    package let archive: ObjectIdentifier
    package let from: CivilDate
    package let to: CivilDate
    /// What the archive holds at the hour of the report.
    package let dossiers: Int64
    package let documents: Int64
    package let bytes: Int64
    package internal(set) var runs: [Run] = []
    package internal(set) var backups: [Backup] = []
    package internal(set) var repairs: [Repair] = []
    package internal(set) var events: [Event] = []
    /// Incidents that were opened in these days.
    package internal(set) var incidents: [ListedIncident] = []

    init(
        agencyName: String, agencyCode: String, archive: ObjectIdentifier, from: CivilDate,
        to: CivilDate, dossiers: Int64, documents: Int64, bytes: Int64
    ) {
        self.agencyName = agencyName
        self.agencyCode = agencyCode
        self.archive = archive
        self.from = from
        self.to = to
        self.dossiers = dossiers
        self.documents = documents
        self.bytes = bytes
    }
}
