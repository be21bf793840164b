import Foundation
import GRDB
package import Records

extension Catalog {
    /// Gives the dossiers that a store does not hold in their last version, in the order in which they were made.
    package func forEachLacking(
        _ store: ObjectIdentifier, _ body: (LackingCopy) throws -> Bool
    ) throws {
        var last: Int64 = 0
        while true {
            // In pages, so that rows may change between them.
            let page = try lacking(store, after: last, limit: 200)
            for copy in page where try !body(copy) { return }
            guard let end = page.last else { return }
            last = end.row
        }
    }

    /// A dossier that a store does not hold in its last version; nil when it does.
    package func lacking(
        _ store: ObjectIdentifier, _ object: ObjectIdentifier
    ) throws -> LackingCopy? {
        try lacking("v.uuid = ?", [store.uuidBytes, object.uuidBytes]).first
    }

    private func lacking(
        _ store: ObjectIdentifier, after row: Int64, limit: Int
    ) throws -> [LackingCopy] {
        try lacking("v.id > ? ORDER BY v.id LIMIT ?", [store.uuidBytes, row, limit])
    }

    private func lacking(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> [LackingCopy] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT v.uuid, v.version, v.inventorySHA512, v.tarBytes, v.packagedAt, v.id,
                            coalesce(c.version, 0)
                        FROM version v LEFT JOIN copy c ON c.store = ? AND c.uuid = v.uuid
                        WHERE v.current = 1 AND (c.version IS NULL OR c.version < v.version)
                            AND \(condition)
                        """), arguments: arguments
            ).map { row in
                LackingCopy(
                    object: try ObjectIdentifier(uuidBytes: row[0]), version: row[1],
                    inventory: try Digest(.sha512, stored: row[2]), bytes: row[3],
                    since: Instant(microseconds: row[4]), row: row[5], received: row[6])
            }
        }
    }

    /// How many dossiers a store holds in their last version.
    package func heldCount(_ store: ObjectIdentifier) throws -> Int {
        try read { database in
            try Int.fetchOne(
                database.cachedStatement(
                    sql: "SELECT count(*) FROM copy WHERE store = ? AND behind = 0"),
                arguments: [store.uuidBytes]) ?? 0
        }
    }

    /// What the stores said of a dossier, in the order of their identifiers.
    package func copies(of object: ObjectIdentifier) throws -> [CatalogedCopy] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT store, version, at, sequence, marks, locked FROM copy WHERE uuid = ?
                        ORDER BY store
                        """), arguments: [object.uuidBytes]
            ).map { row in
                CatalogedCopy(
                    store: try ObjectIdentifier(uuidBytes: row[0]), object: object, version: row[1],
                    at: Instant(microseconds: row[2]), sequence: row[3], marks: row[4],
                    lockedUntil: (row[5] as Int64?).map { Instant(microseconds: $0) })
            }
        }
    }

    /// Objects of a vault whose locks end before an instant, those that end first before the others.
    package func lockEnding(
        in store: ObjectIdentifier, before instant: Instant, limit: Int
    ) throws -> [ObjectIdentifier] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT uuid FROM copy WHERE store = ? AND coalesce(locked, 0) < ?
                        ORDER BY coalesce(locked, 0), uuid LIMIT ?
                        """), arguments: [store.uuidBytes, instant.microseconds, limit]
            ).map { try ObjectIdentifier(uuidBytes: $0[0]) }
        }
    }

    /// When a store last said something, as the ledger tells; nil when it never did.
    package func lastCopied(to store: ObjectIdentifier) throws -> Instant? {
        try read { database in
            try Int64.fetchOne(
                database.cachedStatement(sql: "SELECT max(at) FROM copy WHERE store = ?"),
                arguments: [store.uuidBytes]
            ).map { Instant(microseconds: $0) }
        }
    }

    /// How many dossiers lie in each set of stores, and how many of them got their last version by a time.
    ///
    /// Only what the indexes hold is read, so that it is quick with very many dossiers.
    package func holdingCounts(
        in stores: [ObjectIdentifier], madeBy ended: Instant
    ) throws -> [HoldingCount] {
        var mask = "0"
        var joins = ""
        for index in stores.indices {
            mask += " | ((c\(index).uuid IS NOT NULL) << \(index))"
            joins += """
                 LEFT JOIN copy c\(index) ON c\(index).store = ? AND c\(index).uuid = v.uuid
                    AND c\(index).behind = 0
                """
        }
        let sql = """
            SELECT \(mask) AS held, count(*), total(v.packagedAt <= ?)
            FROM version v \(joins) WHERE v.current = 1 GROUP BY held
            """
        return try read { database in
            try Row.fetchAll(
                database, sql: sql,
                arguments: [ended.microseconds] + StatementArguments(stores.map(\.uuidBytes))
            ).map { row in
                let bits: Int64 = row[0]
                let total: Double = row[2]
                return HoldingCount(
                    stores: Set(
                        stores.indices.filter { bits & (1 << Int64($0)) != 0 }.map { stores[$0] }),
                    dossiers: row[1], old: Int(total))
            }
        }
    }

    /// Gives every dossier with the stores that hold its last version, in the order in which they were made.
    package func forEachHolding(
        _ body: (ObjectIdentifier, _ since: Instant, _ stores: Set<ObjectIdentifier>) throws -> Void
    ) throws {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT v.uuid, v.packagedAt, c.store FROM version v
                    LEFT JOIN copy c ON c.uuid = v.uuid AND c.behind = 0
                    WHERE v.current = 1 ORDER BY v.id
                    """)
            var current: (object: ObjectIdentifier, since: Instant)?
            var stores: Set<ObjectIdentifier> = []
            while let row = try rows.next() {
                let object = try ObjectIdentifier(uuidBytes: row[0])
                if let known = current, known.object != object {
                    try body(known.object, known.since, stores)
                    stores = []
                }
                current = (object, Instant(microseconds: row[1]))
                if let store = row[2] as Data? {
                    stores.insert(try ObjectIdentifier(uuidBytes: store))
                }
            }
            if let known = current { try body(known.object, known.since, stores) }
        }
    }
}

/// Which store a promotion made the primary one.
package struct CatalogedPrimary: Hashable, Sendable {
    package let store: ObjectIdentifier
    package let epoch: Int64
    /// The entry that tells of it.
    package let sequence: Int64

    package init(store: ObjectIdentifier, epoch: Int64, sequence: Int64) {
        self.store = store
        self.epoch = epoch
        self.sequence = sequence
    }
}

extension Catalog {
    /// The store that was made the primary one last; nil where the first one still is.
    package var primaryStore: CatalogedPrimary? {
        get throws {
            try read { database in
                try Row.fetchOne(
                    database.cachedStatement(sql: "SELECT store, epoch, sequence FROM primaryStore")
                ).map { row in
                    CatalogedPrimary(
                        store: try ObjectIdentifier(uuidBytes: row[0]), epoch: row[1],
                        sequence: row[2])
                }
            }
        }
    }
}

extension CatalogWriter {
    /// Notes which store is the primary one from now on; nil for the one that an import came into.
    package func setPrimary(_ primary: CatalogedPrimary?) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(sql: "DELETE FROM primaryStore").execute()
            guard let primary else { return }
            try database.cachedStatement(sql: "INSERT INTO primaryStore VALUES (0, ?, ?, ?)")
                .execute(arguments: [primary.store.uuidBytes, primary.epoch, primary.sequence])
        }
    }

    /// Puts marks of an object's files beside those that are known; a file has its last one.
    package func addMarks(
        _ marks: [String: String], of object: ObjectIdentifier, in store: ObjectIdentifier
    ) throws {
        try CatalogFailure.translating {
            guard let known = try self.marks(of: object, in: store) else { return }
            try database.cachedStatement(
                sql: "UPDATE copy SET marks = ? WHERE store = ? AND uuid = ?"
            ).execute(arguments: [
                JSONValue.object(
                    known.merging(marks.mapValues { .string($0) }) { _, new in new }
                ).canonicalText, store.uuidBytes, object.uuidBytes,
            ])
        }
    }

    private static func merged(_ known: [String: JSONValue], _ marks: String?) -> String? {
        guard let marks, let new = (try? JSONValue(parsing: marks.utf8))?.objectValue else {
            return nil
        }
        return JSONValue.object(known.merging(new) { _, new in new }).canonicalText
    }

    /// Notes until when everything of an object in a vault is locked.
    package func setLock(
        of object: ObjectIdentifier, in store: ObjectIdentifier, until instant: Instant
    ) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: "UPDATE copy SET locked = ? WHERE store = ? AND uuid = ?"
            ).execute(arguments: [
                instant.microseconds, store.uuidBytes, object.uuidBytes,
            ])
        }
    }

    /// The marks that are known of an object's files; nil when the store holds none of it.
    private func marks(
        of object: ObjectIdentifier, in store: ObjectIdentifier
    ) throws -> [String: JSONValue]? {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT marks FROM copy WHERE store = ? AND uuid = ?"),
            arguments: [store.uuidBytes, object.uuidBytes])
        guard let row else { return nil }
        guard let text = row[0] as String?, let value = try? JSONValue(parsing: text.utf8) else {
            return [:]
        }
        return value.objectValue ?? [:]
    }

    /// Adds a store's word, in the place of an earlier one, whose marks stay where the new one names none.
    package func add(_ copy: CatalogedCopy) throws {
        try CatalogFailure.translating {
            let known = try marks(of: copy.object, in: copy.store) ?? [:]
            try database.cachedStatement(
                sql: """
                    INSERT INTO copy VALUES (?1, ?2, ?3, ?4, ?5,
                        coalesce((SELECT max(version) FROM version WHERE uuid = ?2), 0) > ?3, ?6, ?7)
                    ON CONFLICT (store, uuid) DO UPDATE SET version = excluded.version,
                        at = excluded.at, sequence = excluded.sequence, behind = excluded.behind,
                        marks = coalesce(excluded.marks, marks),
                        locked = min(coalesce(excluded.locked, locked), coalesce(locked, excluded.locked))
                    """
            ).execute(arguments: [
                copy.store.uuidBytes, copy.object.uuidBytes, copy.version, copy.at.microseconds,
                copy.sequence, Self.merged(known, copy.marks), copy.lockedUntil?.microseconds,
            ])
        }
    }

    /// Notes that a dossier has a version that no copy store has said it holds.
    package func markCopiesBehind(of object: ObjectIdentifier) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(sql: "UPDATE copy SET behind = 1 WHERE uuid = ?")
                .execute(arguments: [object.uuidBytes])
        }
    }

    /// Forgets what a store said: it left, or came anew.
    package func forgetCopies(in store: ObjectIdentifier) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(sql: "DELETE FROM copy WHERE store = ?")
                .execute(arguments: [store.uuidBytes])
        }
    }
}
