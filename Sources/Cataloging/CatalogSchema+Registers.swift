import GRDB

/// Tables of the registers, of what stands in them, and of where the paper is.
extension CatalogSchema {
    /// `unit` is the number of the first file of a fonds, inventory or accession; `since` is empty for "always".
    static let registers = """
        CREATE TABLE policy (
            file TEXT PRIMARY KEY, kind TEXT NOT NULL, number INTEGER NOT NULL, sequence INTEGER NOT NULL,
            offset INTEGER NOT NULL, digest BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX policy_kind ON policy (kind, number);
        CREATE TABLE registerState (
            file TEXT PRIMARY KEY, register TEXT NOT NULL, unit INTEGER NOT NULL, number INTEGER NOT NULL,
            uuid BLOB, since TEXT NOT NULL, code TEXT NOT NULL, name TEXT, state TEXT, above BLOB,
            json TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX registerState_unit ON registerState (register, unit, since, number);
        CREATE INDEX registerState_uuid ON registerState (register, uuid);
        CREATE TABLE registerCode (
            register TEXT NOT NULL, codeKey TEXT NOT NULL, above BLOB NOT NULL, unit INTEGER NOT NULL,
            code TEXT NOT NULL, PRIMARY KEY (register, codeKey, above, unit, code)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX registerCode_unit ON registerCode (register, unit);
        CREATE TABLE tally (
            fonds TEXT NOT NULL, inventory TEXT NOT NULL, series TEXT NOT NULL, fondsKey TEXT NOT NULL,
            inventoryKey TEXT NOT NULL, seriesKey TEXT NOT NULL, dossiers INTEGER NOT NULL,
            documents INTEGER NOT NULL, payloadBytes INTEGER NOT NULL,
            PRIMARY KEY (fonds, inventory, series)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tally_fonds ON tally (fondsKey);
        CREATE INDEX version_arrangement ON version (
            coalesce(fonds, ''), coalesce(inventory, ''), coalesce(series, ''), codeKey, uuid) WHERE current;
        CREATE INDEX version_accession ON version (accession) WHERE accession IS NOT NULL;
        CREATE TABLE place (
            uuid BLOB PRIMARY KEY, location TEXT, reason TEXT, at INTEGER NOT NULL, sequence INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// What is searched, with the place of the paper as the last act says it.
    static let placedSource = """
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
                    || coalesce(v.accession || ' ', '') || coalesce(p.location || ' ', v.location || ' ', '')
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
            FROM searchable s JOIN version v ON v.id = s.record >> 24 LEFT JOIN document d ON d.id = s.record
            LEFT JOIN place p ON p.uuid = v.uuid;
        """
}
