import Cataloging
import Files
package import Records
import Storage

/// What looking through a store without reading its bundles found.
package struct StoreCheck: Sendable {
    package let standing: StoreStanding
    /// Dossiers whose inventory was compared with the ledger.
    package let checked: Int
    package let findings: [Finding]
}

extension Archive {
    /// Looks through stores: card, ledger, and for every receipt whether the object is there with the right inventory.
    package func checkStores(_ names: [String]) throws -> [StoreCheck] {
        let entries =
            names.isEmpty ? configuration.stores : try names.map { try storeEntry(named: $0) }
        let standings = try storeStandings()
        return try entries.map { entry in
            guard let standing = standings.first(where: { $0.entry == entry }) else {
                throw ArchiveFailure(.unknownStore, subject: entry.name, ["nearest": ""])
            }
            return try check(entry, standing)
        }
    }

    private func check(_ entry: StoreEntry, _ standing: StoreStanding) throws -> StoreCheck {
        let copy = try opened(entry)
        guard let store = copy.ready else {
            return StoreCheck(standing: standing, checked: 0, findings: unready(copy).findings)
        }
        var findings: [Finding] = []
        var checked = 0
        try catalog.forEachHolding { object, _, stores in
            guard stores.contains(entry.store) else { return }
            try world.stopIfInterrupted()
            checked += 1
            let wanted = try catalog.inventoryDigest(of: object)
            let found = try store.inventoryDigest(of: object)
            guard found != wanted else { return }
            findings.append(
                Finding(
                    found == nil ? .copyMissing : .copyDifferent, subject: object.text,
                    ["store": entry.name]))
        }
        return StoreCheck(standing: standing, checked: checked, findings: findings)
    }
}
