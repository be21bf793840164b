import Foundation
import GRDB
import Records

extension Catalog {
    /// The record that a text names: URN, UUID or eight of its first digits, or any code it has or had.
    package func resolve(_ text: String) throws -> Resolution {
        let given = SearchFolding.code(String(text.prefix(500)))
        guard !given.isEmpty else { return .none(nearest: []) }
        if let object = ObjectIdentifier(given), let found = try self.object(object) {
            return .dossier(object, version: found.version)
        }
        return try read { database in
            var found = try Self.aliased(given, database)
            if found.isEmpty { found = try Self.begun(given, database) }
            switch found.count {
            case 0: return .none(nearest: try Self.nearest(given, database))
            case 1:
                guard let ordinal = found[0].ordinal else {
                    return .dossier(found[0].object, version: found[0].version)
                }
                return .document(found[0].object, version: found[0].version, ordinal: ordinal)
            default: return .several(found)
            }
        }
    }

    /// Records that have, or had, a code; of each dossier those of the newest version that has it.
    static func aliased(_ code: String, _ database: Database) throws -> [RecordReference] {
        let wanted = SearchFolding.code(code)
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT v.uuid, v.version, a.record, v.current, \(VersionColumns.codes), \(DocumentColumns.codes)
                    FROM alias a JOIN version v ON v.id = a.record >> 24 LEFT JOIN document d ON d.id = a.record
                    WHERE a.code = ? ORDER BY v.uuid, v.version DESC, a.record LIMIT 200
                    """), arguments: [StableHash.alias(code)])
        var found: [RecordReference] = []
        for row in rows {
            let object = try ObjectIdentifier(uuidBytes: row[0])
            let version: Int = row[1]
            let key = RecordKey(rowID: row[2])
            let codes =
                key.ordinal == nil
                ? VersionColumns.codes(in: row, from: 4) : DocumentColumns.codes(in: row, from: 9)
            // Two codes may share an alias number by chance; only the code itself decides.
            guard codes.contains(where: { SearchFolding.code($0) == wanted }) else { continue }
            // The newest description that has the code speaks for its document.
            let isKnown = found.contains { $0.object == object && $0.ordinal == key.ordinal }
            if isKnown { continue }
            // A dossier is named in its current version, also by a code that it had before.
            let shown =
                key.ordinal == nil ? try currentVersion(of: object, database) ?? version : version
            found.append(RecordReference(object: object, version: shown, ordinal: key.ordinal))
        }
        return found
    }

    /// Dossiers whose UUID begins with at least eight digits typed.
    private static func begun(_ text: String, _ database: Database) throws -> [RecordReference] {
        let digits = uuidDigits(text)
        guard digits.count >= 8, let bounds = uuidBounds(digits) else { return [] }
        return try Row.fetchAll(
            database,
            sql:
                "SELECT uuid, version FROM version WHERE uuid BETWEEN ? AND ? AND current ORDER BY uuid LIMIT 20",
            arguments: [bounds.lower, bounds.upper]
        ).map { row in
            RecordReference(
                object: try ObjectIdentifier(uuidBytes: row[0]), version: row[1], ordinal: nil)
        }
    }

    /// Up to three dossiers' codes or identifiers that look most like the text.
    private static func nearest(_ text: String, _ database: Database) throws -> [String] {
        let around = """
            SELECT codeKey, arcFileCode, uuid FROM version WHERE current AND arcFileCode IS NOT NULL AND
            """
        var rows = try Row.fetchAll(
            database, sql: around + " codeKey >= ? ORDER BY codeKey LIMIT 100", arguments: [text])
        rows += try Row.fetchAll(
            database, sql: around + " codeKey < ? ORDER BY codeKey DESC LIMIT 100",
            arguments: [text])
        var candidates: [(distance: Int, shown: String)] = rows.map { row in
            (CodeDistance.between(text, row[0]), row[1])
        }
        let digits = uuidDigits(text)
        if digits.count >= 6, let bounds = uuidBounds(String(digits.prefix(6))) {
            let objects = try Data.fetchAll(
                database,
                sql: "SELECT DISTINCT uuid FROM version WHERE uuid BETWEEN ? AND ? LIMIT 20",
                arguments: [bounds.lower, bounds.upper])
            candidates += try objects.map { try ObjectIdentifier(uuidBytes: $0).text }
                .map { (CodeDistance.between(digits, uuidDigits($0.lowercased())), $0) }
        }
        let near = candidates.filter { $0.distance * 2 <= text.utf8.count }
            .sorted { ($0.distance, $0.shown) < ($1.distance, $1.shown) }
        return near.prefix(3).map(\.shown)
    }

    private static func currentVersion(of object: ObjectIdentifier, _ database: Database) throws
        -> Int?
    {
        try Int.fetchOne(
            database.cachedStatement(sql: "SELECT version FROM version WHERE uuid = ? AND current"),
            arguments: [object.uuidBytes])
    }

    /// The digits of a UUID or of its beginning; empty when the text is anything else.
    private static func uuidDigits(_ text: String) -> String {
        let rest = text.hasPrefix("urn:uuid:") ? text.dropFirst(9) : text[...]
        let digits = rest.filter { $0 != "-" }
        return digits.utf8.count <= 32 && digits.allSatisfy({ $0.isASCII && $0.isHexDigit })
            ? digits : ""
    }

    private static func uuidBounds(_ digits: String) -> (lower: Data, upper: Data)? {
        let rest = 32 - digits.utf8.count
        guard let lower = Hexadecimal.bytes(of: digits + String(repeating: "0", count: rest)),
            let upper = Hexadecimal.bytes(of: digits + String(repeating: "f", count: rest))
        else { return nil }
        return (Data(lower), Data(upper))
    }
}
