/// One state of a fonds, inventory or accession: whole, and in force from a day on.
package struct RegisterEntry: Hashable, Sendable {
    package let register: Register
    /// Its lasting name; only the first fonds of archives made before fonds had one lacks it.
    package var id: ObjectIdentifier?
    /// The first day of this state; nil means as far back as the archive knows.
    package var from: CivilDate?
    package var values: [RegisterField: String]
    /// Codes it had before, each with the first day on which it no longer held.
    package var earlierCodes: [String: CivilDate?]
    package var predecessors: [FondsLink]
    package var successors: [FondsLink]
    package var series: [Series]
    /// The file of the state before, as adopted.
    package var replaces: String?

    package init(
        _ register: Register, id: ObjectIdentifier?, from: CivilDate?,
        values: [RegisterField: String]
    ) {
        self.register = register
        self.id = id
        self.from = from
        self.values = values
        earlierCodes = [:]
        predecessors = []
        successors = []
        series = []
        replaces = nil
    }

    package var code: String { values[.code, default: ""] }
    package var isClosed: Bool { values[.state] == Self.closed }

    /// The two states.
    package static let open = "open"
    package static let closed = "closed"

    /// The first day of this state as text that sorts; empty when it always was.
    package var since: String { from?.isoText ?? "" }

    /// Every code it has or had.
    package var codes: [String] { [code] + earlierCodes.keys.sorted() }
}

/// Where the records of a fonds came from, or went on, when its agency changed.
package struct FondsLink: Hashable, Sendable {
    /// What became of the agency.
    package enum Kind: String, Sendable, CaseIterable {
        /// Several agencies became one (`hợp nhất, sáp nhập`).
        case merge
        /// One agency became several (`chia, tách`).
        case split
        /// The agency has another name (`đổi tên`).
        case rename
        /// Its work went to another agency (`chuyển giao`).
        case transfer
    }

    package let fonds: ObjectIdentifier
    package let kind: Kind
    package let on: CivilDate

    package init(fonds: ObjectIdentifier, kind: Kind, on: CivilDate) {
        self.fonds = fonds
        self.kind = kind
        self.on = on
    }
}
