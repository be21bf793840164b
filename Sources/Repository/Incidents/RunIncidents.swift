import Cataloging
import Evidence
import Records

/// Gives what one run finds in one store its incident: an open one of the same place, else one for the whole run.
///
/// It is opened with the first finding that needs it, so that a run that is killed has told.
struct RunIncidents {
    /// Hours after which an incident must be reported (QCVN 12:2026/BCA).
    static let hours: Int64 = 24
    private let archive: Archive
    private let store: ObjectIdentifier?
    private let name: String
    private let run: Int64
    private let first: Int64
    /// The incident of this run, once there is one.
    private var own: Int64?
    /// Places that belong to an open incident; nil is what lies beside the dossiers.
    private var places: [ObjectIdentifier?: Int64] = [:]
    private var touched: [Int64] = []

    /// `first` is the entry with which the runs began that this one goes on with.
    init(
        _ archive: Archive, _ store: ObjectIdentifier?, _ name: String, run: Int64, first: Int64
    ) {
        self.archive = archive
        self.store = store
        self.name = name
        self.run = run
        self.first = first
    }

    /// The incident of a finding; nil for what is no error.
    mutating func number(for finding: Finding) throws -> Int64? {
        guard finding.severity == .error else { return nil }
        let object = ObjectIdentifier(finding.objectPart)
        if let number = places[object] { return number }
        let known = try archive.catalog.incident(
            holding: object, path: finding.pathPart, code: finding.code, in: store)
        if let known, try archive.catalog.incident(known)?.isOpen == false {
            // Closed over this very damage: it is not told every night again.
            return known
        }
        let number = try known ?? ownNumber()
        places[object] = number
        if !touched.contains(number) { touched.append(number) }
        return number
    }

    /// Enters how much the run found of each incident; gives those that are open.
    func end() throws -> [Int64] {
        for number in touched {
            let count = try archive.catalog.findingCount(ofIncident: number, run: run)
            try archive.record(draft("note", number, ["count": .number(count)]))
        }
        return touched
    }

    private mutating func ownNumber() throws -> Int64 {
        if let number = try own ?? archive.catalog.openIncident(in: store, run: first) {
            own = number
            return number
        }
        let number = try archive.catalog.lastIncident() + 1
        let deadline = archive.world.now().seconds + Self.hours * 3600
        try archive.record(
            draft(
                "open", number,
                [
                    "count": 1, "first": .number(first),
                    "deadline": .string(Instant(seconds: deadline).utcSecondsText),
                ]))
        own = number
        return number
    }

    private func draft(
        _ change: String, _ number: Int64, _ more: [String: JSONValue]
    ) -> LedgerDraft {
        var facts: [String: JSONValue] = [
            "number": .number(number), "change": .string(change), "store": .string(name),
            "run": .number(run),
        ]
        if let store { facts["copy"] = .string(store.text) }
        return archive.draft(
            LedgerAct.incident, "fixity check", outcome: .fail,
            facts: facts.merging(more) { $1 })
    }
}
