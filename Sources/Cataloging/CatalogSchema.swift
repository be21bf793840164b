import Foundation
import GRDB
import Records

/// The catalog's tables and how older ones become newer ones.
enum CatalogSchema {
    /// `luut` in ASCII, in the header of the database file.
    static let applicationID: Int32 = 0x6C75_7574
    /// Rises by one with every migration; the file's `user_version`.
    static let version = 10

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(sql: holdings)
            try database.execute(sql: history)
            try database.execute(sql: search)
            try database.execute(
                sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = 1")
        }
        migrator.registerMigration("2") { database in
            try database.execute(sql: registers)
            try database.execute(sql: "DROP VIEW searchSource; " + placedSource)
            try Tally.fill(database)
            try database.execute(sql: "PRAGMA user_version = 2")
        }
        migrator.registerMigration("3") { database in
            try database.execute(sql: laterStates)
            try database.execute(sql: "PRAGMA user_version = 3")
        }
        migrator.registerMigration("4") { database in
            try database.execute(sql: links)
            try database.execute(sql: "PRAGMA user_version = 4")
        }
        migrator.registerMigration("5") { database in
            try database.execute(sql: sizes)
            try database.execute(sql: "PRAGMA user_version = 5")
        }
        migrator.registerMigration("6") { database in
            try database.execute(sql: contents)
            try packEntries(database)
            try database.execute(sql: "DROP TABLE entry; PRAGMA user_version = 6")
        }
        migrator.registerMigration("7") { database in
            try database.execute(sql: batches)
            try database.execute(sql: "PRAGMA user_version = 7")
        }
        migrator.registerMigration("8") { database in
            try database.execute(sql: rehashes)
            try database.execute(sql: "PRAGMA user_version = 8")
        }
        migrator.registerMigration("9") { database in
            try database.execute(sql: copies)
            try database.execute(sql: readings)
            try database.execute(sql: "PRAGMA user_version = 9")
        }
        migrator.registerMigration("10") { database in
            try database.execute(sql: incidents)
            try database.execute(sql: "PRAGMA user_version = 10")
        }
        return migrator
    }

    /// How many bytes the tars have together is read from this alone, as rows of versions are wide.
    private static let sizes = "CREATE INDEX version_size ON version (tarBytes)"

    /// The files of a version's tar, many to a row, in the form of `EntryPage`.
    private static let contents = """
        CREATE TABLE contents (
            version INTEGER NOT NULL, page INTEGER NOT NULL, entries BLOB NOT NULL,
            PRIMARY KEY (version, page)
        ) STRICT, WITHOUT ROWID
        """

    /// Packs the rows of files as older catalogs have them.
    private static func packEntries(_ database: Database) throws {
        let writer = try database.makeStatement(sql: "INSERT INTO contents VALUES (?, ?, ?)")
        let files = try database.makeStatement(
            sql: "SELECT path, offset, size FROM entry WHERE version = ? ORDER BY offset, size")
        for version in try Int64.fetchAll(database, sql: "SELECT DISTINCT version FROM entry") {
            var page = EntryPage()
            var number = 0
            func close() throws {
                try writer.execute(arguments: [version, number, Data(page.bytes)])
                page = EntryPage()
                number += 1
            }
            let rows = try Row.fetchCursor(files, arguments: [version])
            while let row = try rows.next() {
                try page.add(
                    CatalogedEntry(
                        path: RelativePath(bytes: row[0] as Data), offset: row[1], size: row[2]))
                if page.isFull { try close() }
            }
            if page.count > 0 { try close() }
        }
    }

    /// A document stands under the version that described it so, and until the version that describes it anew.
    private static let laterStates = """
        ALTER TABLE document ADD COLUMN tar INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE document ADD COLUMN until INTEGER;
        CREATE TABLE rendition (
            version INTEGER NOT NULL, path BLOB NOT NULL, representation TEXT NOT NULL,
            code TEXT NOT NULL, originalName TEXT NOT NULL, offset INTEGER NOT NULL,
            size INTEGER NOT NULL, sha256 BLOB NOT NULL, mimeType TEXT NOT NULL, puid TEXT,
            PRIMARY KEY (version, path)
        ) STRICT, WITHOUT ROWID;
        """

    /// `ordinal` 0 is the dossier itself; `target` is the text of a `LinkTarget`, `targetKey` what it is found by.
    private static let links = """
        ALTER TABLE version ADD COLUMN links TEXT;
        CREATE TABLE link (
            uuid BLOB NOT NULL, ordinal INTEGER NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
            sequence INTEGER NOT NULL, targetKey TEXT NOT NULL, isCode INTEGER NOT NULL,
            at INTEGER NOT NULL, until INTEGER, ended INTEGER,
            PRIMARY KEY (uuid, ordinal, kind, target, sequence)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX link_target ON link (targetKey);
        """

    /// The columns of a dossier's description are the elements' own names, as in `EAD.xml`.
    private static let holdings = """
        CREATE TABLE version (
            id INTEGER PRIMARY KEY, uuid BLOB NOT NULL, version INTEGER NOT NULL, current INTEGER NOT NULL,
            codeKey TEXT NOT NULL, documentCount INTEGER NOT NULL, pageCount INTEGER,
            payloadBytes INTEGER NOT NULL, tarName TEXT NOT NULL, tarBytes INTEGER NOT NULL,
            tarSHA512 BLOB NOT NULL, inventorySHA512 BLOB NOT NULL, packagedAt INTEGER NOT NULL,
            agent TEXT NOT NULL, objectPath TEXT NOT NULL,
            arcFileCode TEXT, title TEXT, maintenance TEXT, mode TEXT, language TEXT, startDate TEXT,
            endDate TEXT, keyword TEXT, totalDoc TEXT, numberOfPaper TEXT, numberOfPage TEXT, format TEXT,
            inforSign TEXT, confidenceLevel TEXT, paperFileCode TEXT, riskRecovery TEXT,
            riskRecoveryStatus TEXT, description TEXT,
            fonds TEXT, inventory TEXT, series TEXT, accession TEXT, transferredBy TEXT, location TEXT,
            retentionRow TEXT, retentionPeriod TEXT, organId TEXT, fileCatalog TEXT, fileNotation TEXT,
            UNIQUE (uuid, version)
        ) STRICT;
        CREATE INDEX version_code ON version (codeKey, uuid);
        CREATE INDEX version_fonds ON version (fonds, codeKey, uuid);
        CREATE TABLE document (
            id INTEGER PRIMARY KEY, entryPath BLOB NOT NULL, originalName TEXT NOT NULL, kind TEXT NOT NULL,
            offset INTEGER NOT NULL, size INTEGER NOT NULL, sha256 BLOB NOT NULL, formatName TEXT NOT NULL,
            formatVersion TEXT, puid TEXT, mimeType TEXT NOT NULL, basis TEXT NOT NULL, typeWord TEXT,
            arcFileCode TEXT, docId TEXT, docCode TEXT, docOrdinal TEXT, maintenance TEXT, typeName TEXT,
            codeNumber TEXT, codeNotation TEXT, issuedDate TEXT, organName TEXT, subject TEXT, language TEXT,
            numberOfPage TEXT, inforSign TEXT, keyword TEXT, mode TEXT, confidenceLevel TEXT, autograph TEXT,
            format TEXT, process TEXT, riskRecovery TEXT, riskRecoveryStatus TEXT, description TEXT,
            typePic TEXT, archivesNumber TEXT, eventName TEXT, imageTitle TEXT, photographer TEXT,
            photoPlace TEXT, photoTime TEXT, colour TEXT, filmSize TEXT, docAttached TEXT, typeMedia TEXT,
            movieTitle TEXT, recorder TEXT, recordPlace TEXT, recordDate TEXT, playTime TEXT, quality TEXT
        ) STRICT;
        CREATE TABLE entry (
            version INTEGER NOT NULL, path BLOB NOT NULL, offset INTEGER NOT NULL, size INTEGER NOT NULL,
            sha256 BLOB, PRIMARY KEY (version, path)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE alias (
            code INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (code, record)
        ) STRICT, WITHOUT ROWID;
        """

    private static let history = """
        CREATE TABLE event (
            sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, act TEXT NOT NULL, event TEXT NOT NULL,
            uuid BLOB, version INTEGER, agent TEXT NOT NULL, outcome TEXT NOT NULL, details BLOB,
            detailsAlgorithm TEXT, line TEXT NOT NULL
        ) STRICT;
        CREATE INDEX event_object ON event (uuid, sequence) WHERE uuid IS NOT NULL;
        CREATE TABLE auditRun (
            sequence INTEGER PRIMARY KEY, startedAt INTEGER NOT NULL, finishedAt INTEGER NOT NULL,
            scope TEXT NOT NULL, checked INTEGER NOT NULL, bytes INTEGER NOT NULL, damaged INTEGER NOT NULL,
            outcome TEXT NOT NULL
        ) STRICT;
        CREATE INDEX auditRun_scope ON auditRun (scope, sequence);
        CREATE TABLE auditFinding (
            sequence INTEGER PRIMARY KEY, run INTEGER NOT NULL, uuid BLOB, path TEXT NOT NULL, code TEXT NOT NULL
        ) STRICT;
        CREATE INDEX auditFinding_run ON auditFinding (run, sequence);
        CREATE INDEX auditFinding_object ON auditFinding (uuid, sequence) WHERE uuid IS NOT NULL;
        CREATE TABLE ledgerHead (
            id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, count INTEGER NOT NULL,
            last BLOB NOT NULL
        ) STRICT;
        """

    /// A filter key begins with the byte 0xFF, which no text of a record can contain.
    private static let search = """
        CREATE TABLE searchable (id INTEGER PRIMARY KEY, record INTEGER NOT NULL UNIQUE) STRICT;
        CREATE VIEW searchSource AS SELECT s.id AS id, s.record AS record,
            iif(d.id IS NULL, v.title, coalesce(d.subject, d.imageTitle, d.movieTitle)) AS title,
            d.typeWord AS kind,
            iif(d.id IS NULL,
                nullif(coalesce(v.arcFileCode, '') || ' ' || coalesce(v.paperFileCode, ''), ' '),
                nullif(coalesce(d.codeNumber, '') || '/' || coalesce(d.codeNotation, ''), '/')) AS code,
            d.organName AS organ,
            nullif(iif(d.id IS NULL,
                coalesce(v.keyword || ' ', '') || coalesce(v.description || ' ', '')
                    || coalesce(v.series || ' ', '') || coalesce(v.transferredBy || ' ', '')
                    || coalesce(v.fonds || ' ', '') || coalesce(v.inventory || ' ', '')
                    || coalesce(v.accession || ' ', '') || coalesce(v.location || ' ', '')
                    || coalesce(v.retentionRow || ' ', '') || coalesce(v.retentionPeriod, ''),
                coalesce(d.keyword || ' ', '') || coalesce(d.description || ' ', '')
                    || coalesce(d.autograph || ' ', '') || coalesce(d.eventName || ' ', '')
                    || coalesce(d.photographer || ' ', '') || coalesce(d.photoPlace || ' ', '')
                    || coalesce(d.recorder || ' ', '') || coalesce(d.recordPlace || ' ', '')
                    || coalesce(d.archivesNumber, '')), '') AS other,
            nullif(coalesce(CAST(x'FF66' AS TEXT) || v.fonds, '')
                || coalesce(CAST(x'FF74' AS TEXT) || d.typeName, '')
                || coalesce(CAST(x'FF6E' AS TEXT) || ltrim(d.codeNumber, '0'), '')
                || coalesce(CAST(x'FF6E' AS TEXT) || ltrim(d.codeNumber, '0') || d.codeNotation, ''),
                '') AS keys
            FROM searchable s JOIN version v ON v.id = s.record >> 24 LEFT JOIN document d ON d.id = s.record;
        CREATE VIRTUAL TABLE search USING fts5 (
            title, kind, code, organ, other, keys,
            content='searchSource', content_rowid='id', tokenize='luutru', columnsize=0);
        CREATE VIRTUAL TABLE searchVocabulary USING fts5vocab (search, instance);
        """

    /// Every table with rows of its own; the index and its views are made from these.
    static let tables = [
        "version", "document", "contents", "rendition", "alias", "searchable", "event", "auditRun",
        "auditFinding", "ledgerHead", "policy", "registerState", "registerCode", "tally", "place",
        "link", "batch", "renewal", "copy", "reading", "primaryStore", "incident", "incidentAct",
    ]
}
