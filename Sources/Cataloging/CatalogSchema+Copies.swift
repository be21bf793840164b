extension CatalogSchema {
    /// What each copy store said it holds: the highest version of a dossier, and since when it lacks a newer one.
    static let copies = """
        CREATE TABLE copy (
            store BLOB NOT NULL, uuid BLOB NOT NULL, version INTEGER NOT NULL,
            at INTEGER NOT NULL, sequence INTEGER NOT NULL, behind INTEGER NOT NULL DEFAULT 0,
            marks TEXT, PRIMARY KEY (store, uuid)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX copy_uuid ON copy (uuid);
        CREATE INDEX copy_behind ON copy (store, behind);
        """
}
