extension CatalogSchema {
    /// What each copy store said it holds: the highest version of a dossier, and whether there is a newer one.
    ///
    /// `primaryStore` has a row once a copy store was made the primary one.
    static let copies = """
        CREATE TABLE copy (
            store BLOB NOT NULL, uuid BLOB NOT NULL, version INTEGER NOT NULL,
            at INTEGER NOT NULL, sequence INTEGER NOT NULL, behind INTEGER NOT NULL DEFAULT 0,
            marks TEXT, locked INTEGER, PRIMARY KEY (store, uuid)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX copy_uuid ON copy (uuid);
        CREATE INDEX copy_behind ON copy (store, behind);
        CREATE INDEX version_copied ON version (uuid, packagedAt) WHERE current = 1;
        CREATE TABLE primaryStore (
            id INTEGER PRIMARY KEY CHECK (id = 0), store BLOB NOT NULL, epoch INTEGER NOT NULL,
            sequence INTEGER NOT NULL
        ) STRICT;
        """

    /// When a store's objects were last read, and what runs over other stores than the primary one found.
    ///
    /// `store` is empty for the store that was primary at the time. A run over everything that came to its
    /// end needs no row an object: it read all that was there when it began.
    static let readings = """
        CREATE TABLE reading (
            store BLOB NOT NULL, uuid BLOB NOT NULL, at INTEGER NOT NULL, run INTEGER NOT NULL,
            PRIMARY KEY (store, uuid)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE auditRun ADD COLUMN store BLOB NOT NULL DEFAULT x'';
        ALTER TABLE auditRun ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE auditRun ADD COLUMN complete INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE auditRun ADD COLUMN together INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE auditFinding ADD COLUMN store BLOB NOT NULL DEFAULT x'';
        ALTER TABLE auditFinding ADD COLUMN error INTEGER NOT NULL DEFAULT 1;
        UPDATE auditRun SET first = sequence, together = sequence;
        CREATE INDEX auditRun_store ON auditRun (store, scope, complete, first);
        CREATE INDEX auditFinding_store ON auditFinding (store, run);
        """
}
