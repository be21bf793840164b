extension CatalogSchema {
    /// Incidents and the acts on them; a finding tells which incident it belongs to.
    ///
    /// `store` is empty for the store that was primary at the time; `closed` and `reported` are entries of the ledger.
    static let incidents = """
        CREATE TABLE incident (
            number INTEGER PRIMARY KEY, store BLOB NOT NULL, name TEXT NOT NULL, run INTEGER NOT NULL,
            opened INTEGER NOT NULL, deadline INTEGER NOT NULL, sequence INTEGER NOT NULL,
            closed INTEGER, unresolved INTEGER NOT NULL DEFAULT 0, reported INTEGER
        ) STRICT;
        CREATE TABLE incidentAct (
            number INTEGER NOT NULL, sequence INTEGER NOT NULL, change TEXT NOT NULL,
            way TEXT NOT NULL, PRIMARY KEY (number, sequence)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE auditFinding ADD COLUMN incident INTEGER;
        CREATE INDEX auditFinding_incident ON auditFinding (incident) WHERE incident IS NOT NULL;
        CREATE INDEX event_act ON event (act, sequence)
            WHERE act IN ('audit', 'repair', 'replicate', 'incident', 'drill', 'store');
        """
}
