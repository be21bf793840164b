import Cataloging
import Records

/// The reports of parts that were brought in, as the ledger tells: none counts twice.
struct MergedReports {
    /// Reports in one entry.
    static let mostListed = 1000

    /// What an entry began to bring in.
    private struct Merge {
        /// The store's own identifier; nil in entries that did not tell it.
        let store: ObjectIdentifier?
        var runs: Set<ObjectIdentifier>
    }

    private var merges: [Merge] = []
    /// Merges that have not come to their end, by the store's identifier in the entry.
    private var begun: [String: Merge] = [:]

    init(_ archive: Archive) throws {
        try archive.catalog.forEachEvent(
            of: [LedgerAct.auditBegin, LedgerAct.audit], from: Instant(microseconds: .min),
            before: Instant(microseconds: .max)
        ) { event in
            guard event.line.contains("\"reports\":"),
                let facts = (try? JSONValue(parsing: event.line.utf8))?["facts"],
                facts["reports"] != nil
            else { return }
            if event.act == LedgerAct.auditBegin {
                begin(facts, try Self.runs(of: event, facts, archive))
            } else if let merge = begun.removeValue(forKey: facts["copy"]?.stringValue ?? "") {
                merges.append(merge)
            }
        }
    }

    /// Whether what a report tells of a store was entered.
    func hold(_ run: ObjectIdentifier, of store: ObjectIdentifier) -> Bool {
        merges.contains { ($0.store ?? store) == store && $0.runs.contains(run) }
    }

    private mutating func begin(_ facts: JSONValue, _ runs: Set<ObjectIdentifier>) {
        let key = facts["copy"]?.stringValue ?? ""
        if facts["begins"] != nil, begun[key] != nil {
            begun[key]?.runs.formUnion(runs)
        } else {
            let store = facts["read"]?.stringValue.flatMap { ObjectIdentifier($0) }
            begun[key] = Merge(store: store, runs: runs)
        }
    }

    /// The identifiers of the reports; older entries have them in their details alone.
    private static func runs(
        of event: CatalogedEvent, _ facts: JSONValue, _ archive: Archive
    ) throws -> Set<ObjectIdentifier> {
        if let runs = facts["runs"]?.arrayValue {
            return Set(runs.compactMap { $0.stringValue.flatMap { ObjectIdentifier($0) } })
        }
        let content = try event.details.flatMap { try CatalogFeed(archive).readableDetails($0) }
        return Set(
            (content?["reports"]?.arrayValue ?? []).compactMap {
                $0["run"]?.stringValue.flatMap { ObjectIdentifier($0) }
            })
    }
}
