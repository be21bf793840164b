import GRDB
package import Records

extension Catalog {
    /// The document of a version that an ordinal, code, entry name or original name means; exactly, else folded.
    package func document(
        of object: ObjectIdentifier, version: Int, matching text: String
    ) throws -> DocumentMatch {
        try read { database in
            let scope = try DocumentScope(object, version, database)
            guard !scope.isEmpty else { return .none }
            if let ordinal = Int(text), ordinal > 0, ordinal <= RecordKey.greatestOrdinal,
                let found = try Self.documents(
                    scope.condition(ordinal: ordinal), [], database
                ).first
            {
                return .one(found)
            }
            var found = try Self.documents(
                "d.id IN (SELECT record FROM alias WHERE code = ?) AND " + scope.condition,
                [StableHash.alias(text)], database
            ).filter { $0.codes.contains { SearchFolding.code($0) == SearchFolding.code(text) } }
            if found.isEmpty {
                found = try Self.documents(
                    scope.condition
                        + " AND (d.entryPath = CAST(? AS BLOB) OR d.originalName = ?)",
                    [text, text], database)
            }
            if found.isEmpty { found = try Self.foldedNames(text, scope, database) }
            return found.count == 1 ? .one(found[0]) : found.isEmpty ? .none : .several(found)
        }
    }

    private static func foldedNames(
        _ text: String, _ scope: DocumentScope, _ database: Database
    ) throws -> [CatalogedDocument] {
        let wanted = SearchFolding.fold(text)
        let names = try Row.fetchCursor(
            database,
            sql: """
                SELECT id, originalName, CAST(entryPath AS TEXT) FROM document d
                WHERE \(scope.condition)
                """)
        var found: [Int64] = []
        while found.count < severalLimit, let row = try names.next() {
            let path = RelativePath(row[2])
            let candidates: [String] = [row[1], path.text, path.name]
            if candidates.contains(where: { SearchFolding.fold($0) == wanted }) {
                found.append(row[0])
            }
        }
        return try found.flatMap { try documents("d.id = ?", [$0], database) }
    }

    static func documents(
        _ condition: String, _ arguments: StatementArguments, _ database: Database
    ) throws -> [CatalogedDocument] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT \(DocumentColumns.selection) FROM document d WHERE \(condition)
                    ORDER BY d.id LIMIT \(severalLimit)
                    """), arguments: arguments
        ).map { try DocumentColumns.document(in: $0) }
    }

    /// A name that fits more documents than these is no name.
    private static let severalLimit = 20
}
