extension CatalogSchema {
    /// A batch covers the states of a range of the ledger, so no version has a row of its own here.
    static let batches = """
        CREATE TABLE batch (
            number INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL,
            count INTEGER NOT NULL, at INTEGER NOT NULL, sequence INTEGER NOT NULL,
            leaves BLOB NOT NULL, stamp BLOB NOT NULL, readMe BLOB NOT NULL, authority TEXT NOT NULL,
            independent INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE renewal (
            number INTEGER PRIMARY KEY, batches INTEGER NOT NULL, at INTEGER NOT NULL,
            sequence INTEGER NOT NULL, leaves BLOB NOT NULL, stamp BLOB NOT NULL,
            readMe BLOB NOT NULL, authority TEXT NOT NULL, independent INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX batch_last ON batch (last);
        CREATE INDEX event_state ON event (sequence, at) WHERE act IN ('package', 'amend');
        """

    /// What a renewal of hash trees has more than one of time-stamps.
    static let rehashes = """
        ALTER TABLE renewal ADD COLUMN digest TEXT NOT NULL DEFAULT 'sha512';
        ALTER TABLE renewal ADD COLUMN files BLOB;
        ALTER TABLE renewal ADD COLUMN versions INTEGER NOT NULL DEFAULT 0;
        """
}
