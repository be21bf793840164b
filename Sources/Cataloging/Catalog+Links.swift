import Foundation
import GRDB
package import Records

extension Catalog {
    private static let selection =
        "SELECT uuid, ordinal, kind, target, sequence, at, until FROM link "

    /// Links that a dossier or its documents have to others, the oldest first.
    package func links(of object: ObjectIdentifier) throws -> [CatalogedLink] {
        try links("WHERE uuid = ? ORDER BY sequence, ordinal, kind, target", [object.uuidBytes])
    }

    /// Links that lead to a dossier or its documents: by its identifier, or by a code that names it.
    package func links(to object: ObjectIdentifier, codes: [String]) throws -> [CatalogedLink] {
        var found = try links(toKey: SearchFolding.code(object.text), isCode: false)
        guard try holdsLinksByCode else { return found }
        for code in Set(codes.map { SearchFolding.code($0) }).sorted() {
            found += try links(toKey: code, isCode: true)
        }
        return found
    }

    /// Links to something elsewhere, by the identifier it has there.
    package func links(toOutside text: String) throws -> [CatalogedLink] {
        try links(toKey: SearchFolding.code(text), isCode: false)
    }

    /// Whether any link names a code of a record that was not here when the link was made.
    package var holdsLinksByCode: Bool {
        get throws {
            try read { database in
                try Bool.fetchOne(
                    database, sql: "SELECT EXISTS (SELECT 1 FROM link WHERE isCode)") ?? false
            }
        }
    }

    /// Every link that holds, a page at a time, after the one given.
    package func heldLinks(after last: CatalogedLink?, limit: Int) throws -> [CatalogedLink] {
        guard let last else {
            return try links(
                "WHERE until IS NULL ORDER BY uuid, ordinal, kind, target, sequence LIMIT ?",
                [limit])
        }
        return try links(
            """
            WHERE until IS NULL AND (uuid, ordinal, kind, target, sequence) > (?, ?, ?, ?, ?)
            ORDER BY uuid, ordinal, kind, target, sequence LIMIT ?
            """,
            [
                last.object.uuidBytes, last.ordinal ?? 0, last.link.kind.rawValue,
                last.link.target.text, last.sequence, limit,
            ])
    }

    /// Every code that a dossier and its documents have or had.
    package func codes(of object: ObjectIdentifier) throws -> [String] {
        try read { database in
            let uuid = object.uuidBytes
            var codes = try Row.fetchAll(
                database, sql: "SELECT \(VersionColumns.codes) FROM version v WHERE v.uuid = ?",
                arguments: [uuid]
            ).flatMap { VersionColumns.codes(in: $0, from: 0) }
            let documents = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(DocumentColumns.codes) FROM version v JOIN document d
                    ON d.id BETWEEN v.id << 24 AND (v.id << 24) + 16777215 WHERE v.uuid = ?
                    """, arguments: [uuid])
            while let row = try documents.next() {
                codes += DocumentColumns.codes(in: row, from: 0)
            }
            return codes
        }
    }

    private func links(toKey key: String, isCode: Bool) throws -> [CatalogedLink] {
        try links(
            "WHERE targetKey = ? AND isCode = ? ORDER BY uuid, ordinal, kind, sequence",
            [key, isCode])
    }

    private func links(_ condition: String, _ arguments: StatementArguments) throws
        -> [CatalogedLink]
    {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(sql: Self.selection + condition), arguments: arguments
            ).map { row in
                guard let kind = Link.Kind(rawValue: row[2]), let target = LinkTarget(row[3]),
                    (row[1] as Int) >= 0
                else { throw CatalogFailure(.damaged) }
                return CatalogedLink(
                    object: try ObjectIdentifier(uuidBytes: row[0]),
                    ordinal: (row[1] as Int) == 0 ? nil : row[1],
                    link: Link(kind, to: target), sequence: row[4],
                    at: Instant(microseconds: row[5]),
                    until: (row[6] as Int64?).map { Instant(microseconds: $0) })
            }
        }
    }
}
