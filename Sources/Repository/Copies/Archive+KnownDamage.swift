import Cataloging
import Records

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
