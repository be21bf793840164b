import Cataloging
import Records
import Storage

extension Archive {
    /// The dossiers of which damage is open in a store, in the order in which it was found; nil is the primary one.
    func damagedDossiers(in store: ObjectIdentifier?) throws -> [ObjectIdentifier] {
        var seen: Set<ObjectIdentifier> = []
        var damaged: [ObjectIdentifier] = []
        try catalog.forEachOpenDamage { damage in
            guard damage.isError, damage.store == store, let object = damage.object,
                seen.insert(object).inserted
            else { return }
            damaged.append(object)
        }
        return try damaged.filter { try catalog.object($0) != nil }
    }
}

extension Archive {
    /// Dossiers whose last good copy lies in a store, as far as receipts and known damage tell.
    ///
    /// The primary store is one more copy of each, so that only what is damaged there can be lost.
    func lastGoodCopies(in copy: OpenedCopy) throws -> [ObjectIdentifier] {
        let leaving = copy.entry.store
        let own = Set(try damagedDossiers(in: leaving))
        let candidates = try damagedDossiers(in: nil).filter { !own.contains($0) }
        guard !candidates.isEmpty else { return [] }
        var damaged: [ObjectIdentifier: Set<ObjectIdentifier>] = [:]
        for entry in configuration.stores where entry.store != leaving {
            damaged[entry.store] = Set(try damagedDossiers(in: entry.store))
        }
        return try candidates.filter { object in
            let last = try catalog.object(object)?.version ?? 0
            let copies = try catalog.copies(of: object)
            let isElsewhere = copies.contains { held in
                guard held.version >= last, let wrong = damaged[held.store] else { return false }
                return !wrong.contains(object)
            }
            if isElsewhere { return false }
            return try copies.contains { $0.store == leaving } || holds(object, copy)
        }
    }

    /// Whether a store that gave no word for a dossier has it; one that does not answer holds nothing.
    private func holds(_ object: ObjectIdentifier, _ copy: OpenedCopy) throws -> Bool {
        guard let store = copy.readable else { return false }
        do {
            return try store.inventoryDigest(of: object) != nil
        } catch {
            guard finding(of: error, copy.entry) != nil else { throw error }
            return false
        }
    }
}
