import Bundles
import Cataloging
import Records
import Storage

extension Archive {
    /// The dossiers of which damage is open in a store, in the order in which it was found; nil is the primary one.
    func damagedDossiers(
        in store: ObjectIdentifier?, where isMeant: (OpenDamage) -> Bool = { _ in true }
    ) throws -> [ObjectIdentifier] {
        var seen: Set<ObjectIdentifier> = []
        var damaged: [ObjectIdentifier] = []
        try catalog.forEachOpenDamage { damage in
            guard damage.isError, damage.store == store, isMeant(damage),
                let object = damage.object, seen.insert(object).inserted
            else { return }
            damaged.append(object)
        }
        return try damaged.filter { try catalog.object($0) != nil }
    }

    /// The same where bytes are wrong: a seal in doubt makes no copy worse than another.
    private func brokenDossiers(in store: ObjectIdentifier?) throws -> [ObjectIdentifier] {
        try damagedDossiers(in: store) {
            $0.code.isDamage(isDeep: false) && !$0.code.isOnlyOfTrust
        }
    }
}

/// What would go with a store, as far as receipts and known damage tell.
struct LastCopies {
    /// Dossiers whose last good copy lies in it.
    var good: [ObjectIdentifier] = []
    /// Dossiers that are damaged in it as in every other store; the copies may still mend each other.
    var damaged: [ObjectIdentifier] = []

    /// Files beside the dossiers whose last right copy lies in it.
    var files: [String] = []

    var isEmpty: Bool { good.isEmpty && damaged.isEmpty && files.isEmpty }
}

extension Archive {
    /// Dossiers, and files beside them, of which no good copy is known but, perhaps, the one in a store.
    ///
    /// The primary store is one more copy of each, so that only what is damaged there can be lost.
    func lastCopies(in copy: OpenedCopy) throws -> LastCopies {
        let leaving = copy.entry.store
        var last = LastCopies()
        last.files = try LastFiles(self, in: copy).paths()
        let candidates = try brokenDossiers(in: nil)
        guard !candidates.isEmpty else { return last }
        let own = Set(try brokenDossiers(in: leaving))
        let others = try brokenCopies(besides: leaving)
        for object in candidates where try !hasGoodCopy(object, besides: others) {
            if own.contains(object) {
                if try mayGive(object, copy) { last.damaged.append(object) }
            } else if try isReceived(object, by: leaving) || holds(object, copy) {
                last.good.append(object)
            }
        }
        return last
    }

    /// Of these dossiers, which are damaged in the primary store, those that are damaged in every other one, too.
    ///
    /// The store that led before has given no word for any, and has all that nothing tells otherwise of.
    func withoutGoodCopy(
        _ dossiers: [ObjectIdentifier], ledBefore former: ObjectIdentifier
    ) throws -> Set<ObjectIdentifier> {
        guard !dossiers.isEmpty else { return [] }
        let broken = Set(try brokenDossiers(in: nil))
        let others = try brokenCopies(besides: nil)
        return Set(
            try dossiers.filter { object in
                guard broken.contains(object), others[former]?.contains(object) != false else {
                    return false
                }
                return try !hasGoodCopy(object, besides: others)
            })
    }

    /// What is damaged in each store of `stores:` but one.
    private func brokenCopies(
        besides left: ObjectIdentifier?
    ) throws -> [ObjectIdentifier: Set<ObjectIdentifier>] {
        var broken: [ObjectIdentifier: Set<ObjectIdentifier>] = [:]
        for entry in configuration.stores where entry.store != left {
            broken[entry.store] = Set(try brokenDossiers(in: entry.store))
        }
        return broken
    }

    /// Whether one of these stores gave its word for the last state of a dossier, and nothing is known against it.
    private func hasGoodCopy(
        _ object: ObjectIdentifier, besides broken: [ObjectIdentifier: Set<ObjectIdentifier>]
    ) throws -> Bool {
        let last = try catalog.object(object)?.version ?? 0
        return try catalog.copies(of: object).contains { held in
            guard held.version >= last, let wrong = broken[held.store] else { return false }
            return !wrong.contains(object)
        }
    }

    private func isReceived(_ object: ObjectIdentifier, by store: ObjectIdentifier) throws -> Bool {
        try catalog.copies(of: object).contains { $0.store == store }
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

    /// Whether a store has anything of a dossier's bundles; one that does not answer may have.
    private func mayGive(_ object: ObjectIdentifier, _ copy: OpenedCopy) throws -> Bool {
        guard let store = copy.ready else { return true }
        let folder = "ocfl/" + ObjectLocation.folder(of: object)
        do {
            return try catalog.versions(of: object).contains { version in
                let tar = BundleLayout(object: object, version: version.version).tar
                let size = try store.size(of: folder + "/v\(version.version)/content/" + tar)
                return (size ?? 0) > 0
            }
        } catch {
            guard finding(of: error, copy.entry) != nil else { throw error }
            return true
        }
    }
}
