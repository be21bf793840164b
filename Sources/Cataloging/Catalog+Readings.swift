import Foundation
import GRDB
package import Records

/// An object that a store holds, with when it was last read whole.
package struct ReadableCopy: Hashable, Sendable {
    package let object: ObjectIdentifier
    package let version: Int
    /// SHA-512 of the root inventory that the store must have, as the ledger says.
    package let inventory: Digest
    /// Bytes of all its tars.
    package let bytes: Int64
    /// When it was last read; nil when it never was.
    package let lastRead: Instant?
}

/// Damage that an audit found and nothing has mended yet.
package struct OpenDamage: Hashable, Sendable {
    /// The store that was read; nil for the primary one.
    package let store: ObjectIdentifier?
    /// The dossier; nil for what lies beside the dossiers.
    package let object: ObjectIdentifier?
    package let path: String
    package let code: FindingCode
    /// Whether it is an error, and not a warning.
    package let isError: Bool
    package let run: Int64
    package let sequence: Int64
}

extension Catalog {
    /// In pages: the rows change under a long run.
    private static let page = 10_000

    /// Gives what a store holds, what was read longest ago first; nil is the primary store.
    ///
    /// Those that were read in the run that began with `run`, or later, are left out, and those read since `due`.
    package func forEachReadable(
        in store: ObjectIdentifier?, notSince run: Int64?, due: Instant?,
        _ body: (ReadableCopy) throws -> Bool
    ) throws {
        let sweep = try lastSweep(of: store)
        var last: (at: Int64, row: Int64) = (.min, 0)
        while true {
            let page = try readables(store, sweep, run, due, after: last)
            for found in page where try !body(found.copy) { return }
            guard page.count == Self.page, let end = page.last else { return }
            last = (end.at, end.row)
        }
    }

    private func readables(
        _ store: ObjectIdentifier?, _ sweep: (at: Int64, run: Int64)?, _ run: Int64?,
        _ due: Instant?, after last: (at: Int64, row: Int64)
    ) throws -> [(copy: ReadableCopy, at: Int64, row: Int64)] {
        let from =
            store == nil
            ? "version v"
            : """
            version w JOIN copy c ON c.store = :store AND c.uuid = w.uuid
                JOIN version v ON v.uuid = c.uuid AND v.version = c.version
            """
        let current = store == nil ? "v" : "w"
        // What came into the store after a reading was not read by it.
        let since = store == nil ? "v.packagedAt" : "c.at"
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM (
                        SELECT v.uuid AS uuid, v.version AS version, v.inventorySHA512 AS inventory,
                            (SELECT sum(tarBytes) FROM version t
                                WHERE t.uuid = v.uuid AND t.version <= v.version) AS bytes,
                            max(iif(r.at >= \(since), r.at, -1),
                                iif(\(since) <= :sweep, :sweep, -1)) AS at,
                            \(current).id AS row
                        FROM \(from) LEFT JOIN reading r ON r.store = :store AND r.uuid = v.uuid
                        WHERE \(current).current = 1 AND coalesce(r.run, -1) < :run)
                    WHERE (at, row) > (:at, :after) AND at < :due ORDER BY at, row LIMIT :limit
                    """,
                arguments: [
                    "store": Self.key(of: store), "sweep": sweep?.at ?? -1, "run": run ?? .max,
                    "at": last.at, "after": last.row,
                    "due": due?.microseconds ?? .max, "limit": Self.page,
                ]
            ).map { row in
                let at: Int64 = row[4]
                return (
                    ReadableCopy(
                        object: try ObjectIdentifier(uuidBytes: row[0]), version: row[1],
                        inventory: try Digest(.sha512, stored: row[2]), bytes: row[3] ?? 0,
                        lastRead: at < 0 ? nil : Instant(microseconds: at)), at, row[5]
                )
            }
        }
    }

    /// Whether a store holds a dossier that was made before a moment and not read since then.
    package func hasUnread(in store: ObjectIdentifier?, since limit: Instant) throws -> Bool {
        let sweep = try lastSweep(of: store)?.at ?? -1
        let since = store == nil ? "v.packagedAt" : "c.at"
        let from =
            store == nil
            ? "version v"
            : "copy c JOIN version v ON c.store = :store AND v.uuid = c.uuid AND v.version = c.version"
        return try read { database in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT 1 FROM \(from)
                        LEFT JOIN reading r ON r.store = :store AND r.uuid = v.uuid
                    WHERE \(since) < :limit AND iif(r.at >= \(since), r.at, -1) < :limit
                        AND iif(\(since) <= :sweep, :sweep, -1) < :limit
                        \(store == nil ? "AND v.current = 1" : "") LIMIT 1
                    """,
                arguments: [
                    "store": Self.key(of: store), "limit": limit.microseconds, "sweep": sweep,
                ]) != nil
        }
    }

    /// The last run over everything of a store that came to its end: when it began, and its first entry.
    func lastSweep(of store: ObjectIdentifier?) throws -> (at: Int64, run: Int64)? {
        try read { database in
            try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT startedAt, first FROM auditRun
                        WHERE store = ? AND scope = 'all' AND complete = 1
                        ORDER BY first DESC LIMIT 1
                        """), arguments: [Self.key(of: store)]
            ).map { (at: $0[0] as Int64, run: $0[1] as Int64) }
        }
    }

    /// Whether what lies beside the dossiers of a store was looked at in a run, or a later one.
    package func wasBesideRead(in store: ObjectIdentifier?, since run: Int64) throws -> Bool {
        try read { database in
            try Int64.fetchOne(
                database.cachedStatement(
                    sql: "SELECT run FROM reading WHERE store = ? AND uuid = x'' AND run >= ?"),
                arguments: [Self.key(of: store), run]) != nil
        }
    }

    /// Whether a place of a store was read or mended again, after a moment and an entry, and nothing is wrong there now.
    ///
    /// What was found there before is history; without an object, the place is what lies beside the dossiers.
    package func isSettled(
        _ object: ObjectIdentifier?, in store: ObjectIdentifier?, after instant: Instant,
        entry: Int64
    ) throws -> Bool {
        let place: StatementArguments = [
            "store": Self.key(of: store), "uuid": object?.uuidBytes,
            "place": object?.uuidBytes ?? Data(), "at": instant.microseconds, "entry": entry,
        ]
        return try read { database in
            try Bool.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT (EXISTS (SELECT 1 FROM reading r WHERE r.store = :store
                                AND r.uuid = :place AND r.at > :at AND r.run >= :entry)
                            OR EXISTS (SELECT 1 FROM auditRun s WHERE s.store = :store
                                AND s.scope = 'all' AND s.complete = 1
                                AND s.startedAt > :at AND s.first >= :entry))
                            AND NOT EXISTS (SELECT 1 FROM auditFinding f
                                WHERE f.store = :store AND f.uuid IS :uuid AND f.error = 1
                                    AND \(Self.isOpenDamage))
                        """), arguments: place) ?? false
        }
    }

    /// The last run over a store, whether it came to its end or not.
    package func lastRun(of store: ObjectIdentifier?) throws -> AuditRun? {
        try runs("store = ? ORDER BY sequence DESC LIMIT 1", [Self.key(of: store)]).first
    }

    /// Whether nothing has closed what a finding `f` tells of, as SQL.
    static let isOpenDamage = """
        (f.run >= coalesce((SELECT max(first) FROM auditRun a
                WHERE a.store = f.store AND a.scope = 'all' AND a.complete = 1), 0)
            AND NOT EXISTS (SELECT 1 FROM reading r WHERE r.store = f.store
                AND r.uuid = coalesce(f.uuid, x'') AND r.run > f.run))
        """

    /// Gives damage that is still open, in the order in which it was found.
    ///
    /// It is closed when a later run, or a repair, read the same object of the same store again, or a later run
    /// over everything came to its end.
    package func forEachOpenDamage(_ body: (OpenDamage) throws -> Void) throws {
        let found = try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT f.store, f.uuid, f.path, f.code, f.run, f.sequence, f.error
                    FROM auditFinding f WHERE \(Self.isOpenDamage) ORDER BY f.sequence
                    """
            ).map { row in
                OpenDamage(
                    store: try Self.store(of: row[0]),
                    object: try (row[1] as Data?).map { try ObjectIdentifier(uuidBytes: $0) },
                    path: row[2], code: FindingCode(row[3]), isError: row[6], run: row[4],
                    sequence: row[5])
            }
        }
        for damage in found { try body(damage) }
    }
}

extension Catalog {
    /// Whether any version of any dossier has a tar with this SHA-512.
    package func holdsTar(_ sha512: Digest) throws -> Bool {
        try read { database in
            try Int.fetchOne(
                database, sql: "SELECT 1 FROM version WHERE tarSHA512 = ? LIMIT 1",
                arguments: [Data(sha512.bytes)]) != nil
        }
    }

    /// The dossiers with damage that is still open, and the places, each in its store; warnings do not count.
    package func openDamageCount() throws -> (dossiers: Int, places: Int) {
        var dossiers: Set<ObjectIdentifier> = []
        var places: Set<[ObjectIdentifier?]> = []
        try forEachOpenDamage { damage in
            guard damage.isError else { return }
            places.insert([damage.store, damage.object])
            if let object = damage.object { dossiers.insert(object) }
        }
        return (dossiers.count, places.count)
    }
}

extension CatalogWriter {
    /// Notes that an object of a store was read in a run; without an object, what lies beside the dossiers.
    package func addReading(
        of object: ObjectIdentifier?, in store: ObjectIdentifier?, at instant: Instant, run: Int64
    ) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: """
                    INSERT INTO reading VALUES (?1, ?2, ?3, ?4) ON CONFLICT (store, uuid)
                    DO UPDATE SET at = max(at, ?3), run = max(run, ?4)
                    """
            ).execute(arguments: [
                Catalog.key(of: store), object?.uuidBytes ?? Data(), instant.microseconds, run,
            ])
        }
    }
}
