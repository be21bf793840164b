import Cataloging
import Evidence
import Records

extension CatalogFeed {
    /// Indexes what a copy store said it holds; where the details are gone nothing is known, and the next sync asks again.
    func addCopies(_ entry: LedgerEntry, _ writer: CatalogWriter) throws {
        guard let store = Self.copyStore(of: entry),
            let content = try entry.draft.details.flatMap({ try readableDetails($0) })
        else { return }
        try writer.settle()
        for copy in content["copies"]?.arrayValue ?? [] {
            guard let object = copy["object"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
                let version = copy["version"]?.numberValue, (1...1 << 20).contains(version)
            else { continue }
            try writer.add(
                CatalogedCopy(
                    store: store, object: object, version: Int(version), at: entry.at,
                    sequence: entry.sequence, marks: copy["marks"]?.canonicalText,
                    lockedUntil: Self.lock(of: entry)))
        }
    }

    /// A store that came or left has said nothing that still counts; what was found in one that leads now, or led before, goes with it.
    func changeStore(_ entry: LedgerEntry, _ writer: CatalogWriter) throws {
        let facts = entry.draft.facts
        guard let store = Self.copyStore(of: entry), facts["change"] != "change" else { return }
        try writer.settle()
        try writer.forgetCopies(in: store)
        guard facts["change"] == "promote",
            let primary = facts["store"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let epoch = facts["epoch"]?.numberValue
        else {
            return try writer.forgetReadings(of: store, entered: entry.sequence)
        }
        try writer.forgetCopies(in: primary)
        try writer.exchange(primary: store, copy: primary)
        try writer.setPrimary(
            CatalogedPrimary(store: primary, epoch: epoch, sequence: entry.sequence))
    }

    /// Indexes that a vault holds objects for longer.
    func prolongLocks(_ entry: LedgerEntry, _ writer: CatalogWriter) throws {
        guard let store = Self.copyStore(of: entry), let until = Self.lock(of: entry),
            let content = try entry.draft.details.flatMap({ try readableDetails($0) })
        else { return }
        for name in content["objects"]?.arrayValue ?? [] {
            guard let object = name.stringValue.flatMap({ ObjectIdentifier($0) }) else { continue }
            try writer.setLock(of: object, in: store, until: until)
        }
    }

    private static func lock(of entry: LedgerEntry) -> Instant? {
        entry.draft.facts["lockedUntil"]?.stringValue.flatMap { Instant($0) }
    }

    static func copyStore(of entry: LedgerEntry) -> ObjectIdentifier? {
        entry.draft.facts["copy"]?.stringValue.flatMap { ObjectIdentifier($0) }
    }
}
