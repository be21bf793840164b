import Foundation
import GRDB
package import Records

extension Catalog {
    /// A version of a dossier; without a number the current one.
    package func object(_ object: ObjectIdentifier, version: Int? = nil) throws -> CatalogedVersion?
    {
        let condition = version == nil ? "v.current" : "v.version = ?"
        return try read { database in
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql:
                        "SELECT \(VersionColumns.selection) FROM version v WHERE v.uuid = ? AND \(condition)"
                ),
                arguments: version.map { [object.uuidBytes, $0] } ?? [object.uuidBytes])
            return try row.map { try VersionColumns.version(in: $0) }
        }
    }

    /// Whether there is a row for any version of a dossier.
    package func holds(_ object: ObjectIdentifier) throws -> Bool {
        try read { database in
            try Bool.fetchOne(
                database.cachedStatement(sql: "SELECT 1 FROM version WHERE uuid = ?"),
                arguments: [object.uuidBytes]) ?? false
        }
    }

    /// Every version of a dossier, the oldest first.
    package func versions(of object: ObjectIdentifier) throws -> [CatalogedVersion] {
        try read { database in
            try Row.fetchAll(
                database,
                sql:
                    "SELECT \(VersionColumns.selection) FROM version v WHERE v.uuid = ? ORDER BY v.version",
                arguments: [object.uuidBytes]
            ).map { try VersionColumns.version(in: $0) }
        }
    }

    /// Dossiers by code, in their current versions, beginning after one already shown.
    package func list(
        fonds: String?, after last: CatalogedVersion?, limit: Int
    ) throws -> [CatalogedVersion] {
        let spellings = try fonds.map { try self.spellings(ofFonds: $0) } ?? []
        var condition = "v.current"
        var arguments: StatementArguments = []
        if let last {
            condition += " AND (v.codeKey, v.uuid) > (?, ?)"
            arguments += [SearchFolding.code(last.dossier.code), last.object.uuidBytes]
        }
        // A piece for each spelling, so that the index of fonds gives each in order and nothing is sorted.
        let piece = "SELECT v.id, v.codeKey, v.uuid FROM version v WHERE \(condition)"
        let pieces =
            fonds == nil ? [piece] : spellings.map { _ in piece + " AND v.fonds = ?" }
        let each =
            fonds == nil
            ? arguments : spellings.reduce(StatementArguments()) { $0 + arguments + [$1] }
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(VersionColumns.selection) FROM (
                        \(pieces.joined(separator: " UNION ALL ")) ORDER BY codeKey, uuid LIMIT ?) f
                    CROSS JOIN version v ON v.id = f.id ORDER BY f.codeKey, f.uuid
                    """, arguments: each + [max(0, limit)]
            ).map { try VersionColumns.version(in: $0) }
        }
    }

    /// Where the paper of a dossier `v` is, as SQL: where it was last put, else where its description says.
    static let place =
        "coalesce((SELECT p.location FROM place p WHERE p.uuid = v.uuid), v.location)"

    /// The dossiers that have no archive code and this title, in the order of their identifiers.
    package func dossiersWithoutCode(titled title: String) throws -> [ObjectIdentifier] {
        try read { database in
            try Data.fetchAll(
                database,
                sql: """
                    SELECT uuid FROM version WHERE codeKey = '' AND coalesce(arcFileCode, '') = ''
                    AND title = ? AND current ORDER BY uuid
                    """, arguments: [title]
            ).map { try ObjectIdentifier(uuidBytes: $0) }
        }
    }

    /// The dossier that has, or in an earlier version had, exactly this archive code.
    package func existing(code: String) throws -> ObjectIdentifier? {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql:
                    "SELECT uuid, arcFileCode FROM version WHERE codeKey = ? ORDER BY uuid, version",
                arguments: [SearchFolding.code(code)])
            return try rows.first { ($0[1] as String?) == code }.map {
                try ObjectIdentifier(uuidBytes: $0[0])
            }
        }
    }

    /// Gives each document of a version in its order.
    package func documents(
        of object: ObjectIdentifier, version: Int, _ body: (CatalogedDocument) throws -> Void
    ) throws {
        try read { database in
            let scope = try DocumentScope(object, version, database)
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(DocumentColumns.selection) FROM document d WHERE \(scope.condition)
                    ORDER BY \(scope.order)
                    """)
            while let row = try rows.next() { try body(DocumentColumns.document(in: row)) }
        }
    }

    /// Gives each document that two versions hold differently, as the one and as the other has it.
    package func changedDocuments(
        of object: ObjectIdentifier, between one: Int, and other: Int,
        _ body: (CatalogedDocument?, CatalogedDocument?) throws -> Void
    ) throws {
        try read { database in
            let scopes = try [one, other].map { try DocumentScope(object, $0, database) }
            // Only rows that one of the two has and the other has not can differ.
            let ids = try Int64.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT d.id & \(RecordKey.greatestOrdinal) FROM document d
                    WHERE ((\(scopes[0].condition)) <> (\(scopes[1].condition))) AND \(Self.within(scopes))
                    ORDER BY 1
                    """)
            for ordinal in ids {
                let found = try scopes.map { scope in
                    try Self.documents(
                        scope.condition(ordinal: Int(ordinal)), [], database
                    ).first
                }
                try body(found[0], found[1])
            }
        }
    }

    /// The rows that either of two scopes may have, so that others are not looked at.
    private static func within(_ scopes: [DocumentScope]) -> String {
        "(" + scopes.map(\.ranges).joined(separator: " OR ") + ")"
    }

    /// The version that described a document as it stands in another.
    package func describingVersion(
        ofDocument ordinal: Int, of object: ObjectIdentifier, version: Int
    ) throws -> Int? {
        try read { database in
            let scope = try DocumentScope(object, version, database)
            return try Int.fetchOne(
                database,
                sql: """
                    SELECT v.version FROM document d JOIN version v ON v.id = d.id >> 24
                    WHERE \(scope.condition(ordinal: ordinal))
                    """)
        }
    }

    /// The files that were made from documents, up to a version, in the order in which they came.
    package func renditions(of object: ObjectIdentifier, version: Int) throws
        -> [CatalogedRendition]
    {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT r.*, v.version FROM rendition r JOIN version v ON v.id = r.version
                    WHERE v.uuid = ? AND v.version <= ? ORDER BY v.version, r.path
                    """, arguments: [object.uuidBytes, version]
            ).map { row in
                guard (row[5] as Int64) >= 0, (row[6] as Int64) >= 0 else {
                    throw CatalogFailure(.damaged)
                }
                return CatalogedRendition(
                    path: RelativePath(bytes: row[1] as Data), representation: row[2],
                    code: row[3], originalName: row[4], tarVersion: row[10], offset: row[5],
                    size: row[6], sha256: try Digest(.sha256, stored: row[7]), mimeType: row[8],
                    puid: row[9])
            }
        }
    }

    /// The file of a version's tar that has exactly this name.
    package func entry(
        of object: ObjectIdentifier, version: Int, path: RelativePath
    ) throws -> CatalogedEntry? {
        try read { database in
            guard let row = try Self.row(of: object, version, database) else { return nil }
            let pages = try Data.fetchCursor(
                database, sql: "SELECT entries FROM contents WHERE version = ? ORDER BY page",
                arguments: [row])
            var found: CatalogedEntry?
            while found == nil, let page = try pages.next() {
                try EntryPage.forEach(in: page) { entry in
                    if entry.path == path { found = entry }
                    return found == nil
                }
            }
            return found
        }
    }

    static func row(of object: ObjectIdentifier, _ version: Int, _ database: Database) throws
        -> Int64?
    {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM version WHERE uuid = ? AND version = ?"),
            arguments: [object.uuidBytes, version])
    }
}
