package import Records

/// A copy store's word that it holds a dossier up to a version, as a ledger entry has it.
package struct CatalogedCopy: Hashable, Sendable {
    /// Identifier of the store.
    package let store: ObjectIdentifier
    package let object: ObjectIdentifier
    package let version: Int
    package let at: Instant
    /// The entry that tells of it.
    package let sequence: Int64
    /// Marks of the object's files where the store gives them: a JSON object of mark by path.
    package let marks: String?
    /// Until when everything of it is locked there; nil where nothing is.
    package let lockedUntil: Instant?

    package init(
        store: ObjectIdentifier, object: ObjectIdentifier, version: Int, at: Instant,
        sequence: Int64, marks: String?, lockedUntil: Instant?
    ) {
        self.lockedUntil = lockedUntil
        self.store = store
        self.object = object
        self.version = version
        self.at = at
        self.sequence = sequence
        self.marks = marks
    }
}

/// How many dossiers lie in the same stores.
package struct HoldingCount: Hashable, Sendable {
    package let stores: Set<ObjectIdentifier>
    package let dossiers: Int
    /// Those whose last version was made by the time asked for.
    package let old: Int

    package init(stores: Set<ObjectIdentifier>, dossiers: Int, old: Int) {
        self.stores = stores
        self.dossiers = dossiers
        self.old = old
    }
}

/// A dossier in the version that a copy store must come to hold.
package struct LackingCopy: Hashable, Sendable {
    package let object: ObjectIdentifier
    package let version: Int
    /// SHA-512 of the object's root inventory with that version.
    package let inventory: Digest
    /// Bytes of the tar of that version.
    package let bytes: Int64
    /// When that version was made.
    package let since: Instant
    /// Where to go on after this one.
    package let row: Int64
    /// The highest version of which the store gave its word; 0 for none.
    package let received: Int
}
