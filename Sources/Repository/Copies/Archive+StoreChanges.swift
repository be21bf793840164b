import Evidence
import Files
import Records
import Storage

/// Which stores there are is said by the configuration, and every change of it by the ledger.
extension Archive {
    /// Writes the configuration with other stores, then enters what changed and why.
    func changeStores(
        _ stores: [StoreEntry], _ change: StoreChange, _ entry: StoreEntry, reason: String? = nil
    ) throws {
        let old = try world.volume.readAll(layout.configuration, limit: Configuration.limit)
        var expected = try Configuration.reading(old)
        let bytes = Configuration.edited(old, from: expected.stores, to: stores)
        expected.stores = stores
        try Configuration.requireReading(bytes, as: expected)
        // The file first: a run that ends here leaves an edited file, and the next one enters what it changed.
        try world.volume.replaceDurably(bytes, as: layout.configuration)
        var chance = Chance(world)
        let detail = try reason.map { try details.keep(["reason": .string($0)], salt: &chance) }
        try enter(change, entry, details: detail)
        let kept = try policy.keep(bytes, as: .configuration)
        try adopt(["policy/" + kept.name: kept.digest])
    }

    /// Enters what an edited configuration says of stores that the adopted one does not say.
    func enterStoreChanges() throws {
        guard let adopted = try policy.current(.configuration),
            let before = Self.stores(of: adopted.bytes)
        else { return }
        let now = try Configuration.read(layout, in: world).stores
        for entry in before where entry.store != card.store {
            if !now.contains(where: { $0.store == entry.store }) { try enter(.retire, entry) }
        }
        for entry in now where entry.store != card.store {
            guard let old = before.first(where: { $0.store == entry.store }) else {
                try enter(.add, entry)
                continue
            }
            if old != entry { try enter(.change, entry) }
        }
    }

    /// The stores of a configuration that was in force; nil when it can no longer be read.
    private static func stores(of bytes: [UInt8]) -> [StoreEntry]? {
        do {
            return try Configuration.reading(bytes).stores
        } catch {
            return nil
        }
    }

    private func enter(_ change: StoreChange, _ entry: StoreEntry, details: Digest? = nil) throws {
        try record(
            draft(
                LedgerAct.store, "policy assignment", details: details,
                facts: [
                    "change": .string(change.rawValue), "copy": .string(entry.store.text),
                    "name": .string(entry.name), "role": .string(entry.role.rawValue),
                    "medium": .string(entry.medium.rawValue), "place": .string(entry.place),
                ]))
    }
}

/// What becomes of a store.
enum StoreChange: String {
    case add, retire, change, promote
}

extension Configuration {
    /// A file that is written must be what is read: one of another shape is not damaged by us.
    static func requireReading(_ bytes: [UInt8], as expected: Configuration) throws {
        guard try reading(bytes) == expected else {
            throw failure(1, "stores:, copies:, store: …")
        }
    }
}
