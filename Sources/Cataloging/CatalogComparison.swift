import Foundation
import GRDB
import Records

/// Compares a catalog with the one just made from the store, row by row and in any order of row numbers.
package enum CatalogComparison {
    /// Where the first catalog is not what the second says, which is the truth; at most as many as asked.
    ///
    /// The first must be writable, as SQLite checks a text index only then; nothing in it changes.
    package static func differences(
        between catalog: Catalog, and truth: Catalog, limit: Int
    ) throws -> [CatalogDifference] {
        try CatalogFailure.translating {
            var configuration = Configuration()
            configuration.busyMode = .timeout(30)
            configuration.prepareDatabase { $0.add(tokenizer: SearchTokenizer.self) }
            let queue = try DatabaseQueue(path: catalog.path, configuration: configuration)
            return try queue.inDatabase { database in
                try database.execute(
                    sql: "PRAGMA temp_store = FILE; ATTACH ? AS truth", arguments: [truth.path])
                return try RowComparison(database: database, limit: max(0, limit)).all()
            }
        }
    }
}

/// The comparison of two attached catalogs.
private struct RowComparison {
    let database: Database
    let limit: Int

    func all() throws -> [CatalogDifference] {
        try database.execute(
            sql: """
                CREATE TEMP TABLE pair (mine INTEGER PRIMARY KEY, theirs INTEGER NOT NULL UNIQUE);
                INSERT INTO temp.pair SELECT m.id, t.id FROM main.version m
                    JOIN truth.version t ON t.uuid = m.uuid AND t.version = m.version;
                """)
        var found = try versions()
        for table in ComparedTable.all where found.count < limit {
            found += try differences(in: table, .catalog, .truth)
            found += try differences(in: table, .truth, .catalog)
            found += try orphans(in: table)
        }
        if found.count < limit, try !indexFitsRows() {
            found.append(
                CatalogDifference(table: "search", key: "search", kind: .index, columns: []))
        }
        return Array(found.prefix(limit))
    }

    private func versions() throws -> [CatalogDifference] {
        let columns = VersionColumns.all.filter { $0 != "uuid" && $0 != "version" }
        let absent = """
            SELECT r.uuid, r.version, NULL, '' FROM %.version r WHERE r.id NOT IN (SELECT $ FROM temp.pair)
            """
        func side(_ schema: String, _ pair: String) -> String {
            absent.replacing("%", with: schema).replacing("$", with: pair)
        }
        return try fetch("version", .extra, side("main", "mine"))
            + fetch("version", .missing, side("truth", "theirs"))
            + fetch(
                "version", .different,
                """
                SELECT m.uuid, m.version, NULL, \(Self.changes(columns)) AS changed FROM temp.pair p
                CROSS JOIN main.version m ON m.id = p.mine CROSS JOIN truth.version t ON t.id = p.theirs
                WHERE changed <> ''
                """)
    }

    /// Rows of one side that the other has not; from the catalog's side also those that differ.
    private func differences(
        in table: ComparedTable, _ one: ComparedTable.Side, _ other: ComparedTable.Side
    ) throws -> [CatalogDifference] {
        let key = table.keyColumns.last ?? "rowid"
        let names = """
            \(Self.uuid(table, one)), \(Self.number(table, one)), \(table.detail(of: one.row))
            """
        let isCatalog = one.schema == ComparedTable.Side.catalog.schema
        let absent = try fetch(
            table.name, isCatalog ? .extra : .missing,
            "SELECT \(names), '' \(table.joined(one, other)) WHERE \(other.row).\(key) IS NULL")
        guard isCatalog, table.compared != [] else { return absent }
        let changes = try Self.changes(table.compared ?? columns(of: table))
        return absent
            + (try fetch(
                table.name, .different,
                """
                SELECT \(names), \(changes) AS changed \(table.joined(one, other))
                WHERE \(other.row).\(key) IS NOT NULL AND changed <> ''
                """))
    }

    /// Rows of a version that the catalog itself does not have.
    private func orphans(in table: ComparedTable) throws -> [CatalogDifference] {
        guard let version = table.version(of: "m") else { return [] }
        return try fetch(
            table.name, .extra,
            """
            SELECT NULL, NULL, \(table.detail(of: "m")), '' FROM main.\(table.name) m
            WHERE \(version) NOT IN (SELECT id FROM main.version)
            """)
    }

    private func indexFitsRows() throws -> Bool {
        do {
            try database.execute(
                sql: "INSERT INTO main.search (search, rank) VALUES ('integrity-check', 1)")
            return true
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            return false
        }
    }

    private func fetch(
        _ table: String, _ kind: CatalogDifference.Kind, _ sql: String
    ) throws -> [CatalogDifference] {
        try Row.fetchAll(database, sql: sql + " LIMIT ?", arguments: [limit]).map { row in
            CatalogDifference(
                table: table, key: try Self.key(row), kind: kind,
                columns: (row[3] as String).split(separator: " ").map { String($0) })
        }
    }

    private func columns(of table: ComparedTable) throws -> [String] {
        try database.columns(in: table.name, in: "main").map(\.name)
            .filter { !table.keyColumns.contains($0) }
    }

    /// The names of columns in which the two rows differ, as SQL that makes one text.
    private static func changes(_ columns: [String]) -> String {
        columns.map { column in
            let isExpression = column.hasPrefix("r.")
            let mine = isExpression ? column.replacing("r.", with: "m.") : "m." + column
            let theirs = isExpression ? column.replacing("r.", with: "t.") : "t." + column
            let name = isExpression ? "date" : column
            return "iif((\(mine)) IS (\(theirs)), '', '\(name) ')"
        }.joined(separator: " || ")
    }

    private static func uuid(_ table: ComparedTable, _ side: ComparedTable.Side) -> String {
        table.version(of: side.row).map {
            "(SELECT uuid FROM \(side.schema).version WHERE id = \($0))"
        } ?? table.object(of: side.row) ?? "NULL"
    }

    private static func number(_ table: ComparedTable, _ side: ComparedTable.Side) -> String {
        table.version(of: side.row).map {
            "(SELECT version FROM \(side.schema).version WHERE id = \($0))"
        } ?? "NULL"
    }

    private static func key(_ row: Row) throws -> String {
        var parts: [String] = []
        if let uuid = row[0] as Data?, !uuid.isEmpty {
            parts.append(try ObjectIdentifier(uuidBytes: uuid).text)
        }
        if let version = row[1] as Int? { parts.append("v\(version)") }
        switch (row[2] as DatabaseValue).storage {
        case .int64(let number) where number > 0 || parts.isEmpty: parts.append(String(number))
        case .blob(let path): parts.append(RelativePath(bytes: path).text)
        case .string(let text): parts.append(text)
        case .int64, .double, .null: break
        }
        return parts.joined(separator: " ")
    }
}
