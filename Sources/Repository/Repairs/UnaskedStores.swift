import Cataloging
import Evidence
import Records
import Storage

/// Listed stores that a repair could not ask: away, refusing the keys, or with another disk in their place.
struct UnaskedStores {
    private let archive: Archive
    private let entries: [StoreEntry]

    init(_ archive: Archive, mending target: RepairStore, asked stores: [RepairStore]) {
        self.archive = archive
        entries = archive.configuration.stores.filter { entry in
            entry.store != target.id && !stores.contains { $0.id == entry.store }
        }
    }

    /// Ends an item by files of a dossier that no store that was asked has right.
    func end(
        _ item: inout RepairItem, lacking files: [FileDamage], of object: ObjectIdentifier,
        upTo version: Int
    ) throws {
        var words: [ObjectIdentifier: Int] = [:]
        for copy in try archive.catalog.copies(of: object) { words[copy.store] = copy.version }
        try end(&item, lacking: files) { entry, path in
            // A store of which nothing tells, as one that led before, may have all of it.
            guard let held = words[entry.store] else {
                return try archive.copyMark(of: entry.store) == nil
            }
            return held >= Self.version(of: path, in: object) ?? version
        }
    }

    /// Ends an item by files beside the dossiers: a store has those that entries named up to where it was brought.
    func end(
        _ item: inout RepairItem, lacking files: [FileDamage], named digests: [String: Digest]
    ) throws {
        var brought: [ObjectIdentifier: [String: Digest]] = [:]
        for entry in entries where !digests.isEmpty {
            let size = try archive.copyMark(of: entry.store)?.size ?? .max
            brought[entry.store] = try Dictionary(
                archive.ledgerFiles(upTo: size).map { ($0.path, $0.digest) },
                uniquingKeysWith: { $1 })
        }
        try end(&item, lacking: files) { entry, path in
            guard let digest = digests[path] else { return false }
            return brought[entry.store]?[path] == digest
        }
    }

    /// That no copy is left is said only where no store that holds it was left unasked.
    private func end(
        _ item: inout RepairItem, lacking files: [FileDamage],
        _ holds: (StoreEntry, String) throws -> Bool
    ) throws {
        var holders: Set<ObjectIdentifier> = []
        var isLost = false
        for file in files {
            let found = try entries.filter { try holds($0, file.path) }
            if found.isEmpty { isLost = true }
            holders.formUnion(found.map(\.store))
        }
        item.ending = isLost ? .noCopy : .copyAway
        item.away = entries.filter { holders.contains($0.store) }.map(\.name)
    }

    /// The version that a file came with; nil for what is the last version's.
    private static func version(of path: String, in object: ObjectIdentifier) -> Int? {
        let start = "ocfl/" + ObjectLocation.folder(of: object) + "/v"
        guard path.hasPrefix(start) else { return nil }
        return Int(path.dropFirst(start.count).prefix { $0 != "/" })
    }
}

extension Archive {
    /// Names of listed stores that were away when damage that is still open was to be mended, and hold it.
    func awaitedStores() throws -> [String] {
        var open: Set<DamagedPlace> = []
        var first: Int64?
        try catalog.forEachOpenDamage { damage in
            guard damage.isError else { return }
            open.insert(DamagedPlace(store: damage.store, object: damage.object))
            first = min(first ?? damage.sequence, damage.sequence)
        }
        guard let first, let began = try catalog.events(from: first, limit: 1).first?.at
        else { return [] }
        var awaited: [DamagedPlace: [String]] = [:]
        try catalog.forEachEvent(
            of: [LedgerAct.repair], from: began, before: Instant(microseconds: .max)
        ) { event in
            let facts = (try? JSONValue(parsing: event.line.utf8))?["facts"]
            let place = DamagedPlace(
                store: facts?["copy"]?.stringValue.flatMap { ObjectIdentifier($0) },
                object: event.object)
            guard open.contains(place) else { return }
            awaited[place] = RepairItem.away(facts)
        }
        let names = Set(awaited.values.joined())
        return configuration.stores.map(\.name).filter { names.contains($0) }
    }
}

extension RepairItem {
    /// The stores that an entry of a repair waits for.
    static func away(_ facts: JSONValue?) -> [String] {
        (facts?["away"]?.arrayValue ?? []).compactMap(\.stringValue)
    }
}
