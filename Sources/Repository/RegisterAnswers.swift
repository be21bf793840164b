package import Records

/// A fonds, inventory or accession as it is, or was on a day, with what stands in it.
package struct RegisteredUnit: Sendable {
    /// A state it had, and the adopted file that says so.
    package struct State: Sendable {
        package let since: String
        package let file: String
        package let code: String
        package let name: String
        package let state: String
    }

    /// What an identifier names to people.
    package struct Reference: Sendable {
        package let code: String
        package let name: String
    }

    package let entry: RegisterEntry
    /// Codes and names of the fonds that the entry refers to.
    package let references: [ObjectIdentifier: Reference]
    /// Every state in force one after another.
    package let states: [State]
    package let holding: HoldingCount
}

/// A fonds, inventory or accession in a list.
package struct ListedUnit: Sendable {
    package let id: ObjectIdentifier?
    package let code: String
    package let name: String
    package let state: String
    /// The fonds above it, or that it belongs to.
    package let above: ObjectIdentifier?
}

/// How much stands in a fonds, inventory or series.
package struct HoldingCount: Hashable, Sendable {
    package private(set) var dossiers: Int64 = 0
    package private(set) var documents: Int64 = 0
    /// Bytes of the documents' files.
    package private(set) var bytes: Int64 = 0

    init() {}

    init(dossiers: Int64, documents: Int64, bytes: Int64) {
        self.dossiers = dossiers
        self.documents = documents
        self.bytes = bytes
    }

    mutating func add(_ other: HoldingCount) {
        dossiers += other.dossiers
        documents += other.documents
        bytes += other.bytes
    }
}

/// From which day a change of a register holds.
package enum ChangeDay: Hashable, Sendable {
    case today
    case day(CivilDate)
    /// From the day on which the last state began: it was always so, only written down wrongly.
    case correction
}
