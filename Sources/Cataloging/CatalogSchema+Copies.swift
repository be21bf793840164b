extension CatalogSchema {
    /// What each copy store said it holds: the highest version of a dossier, and whether there is a newer one.
    ///
    /// `primaryStore` has a row once a copy store was made the primary one.
    static let copies = """
        CREATE TABLE copy (
            store BLOB NOT NULL, uuid BLOB NOT NULL, version INTEGER NOT NULL,
            at INTEGER NOT NULL, sequence INTEGER NOT NULL, behind INTEGER NOT NULL DEFAULT 0,
            marks TEXT, PRIMARY KEY (store, uuid)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX copy_uuid ON copy (uuid);
        CREATE INDEX copy_behind ON copy (store, behind);
        CREATE INDEX version_copied ON version (uuid, packagedAt) WHERE current = 1;
        CREATE TABLE primaryStore (
            id INTEGER PRIMARY KEY CHECK (id = 0), store BLOB NOT NULL, epoch INTEGER NOT NULL,
            sequence INTEGER NOT NULL
        ) STRICT;
        """
}
