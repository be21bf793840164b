import Foundation
import GRDB
package import Records

/// A record that has, or had, a code which the archive gave it.
package struct HeldCode: Hashable, Sendable {
    package let object: ObjectIdentifier
    /// The document's position; nil for the dossier itself.
    package let ordinal: Int?
    /// The code as it is written there.
    package let code: String
}

extension Catalog {
    /// Another record that a code names already: one that writes it just so before one that writes it alike.
    ///
    /// Codes that others gave, a paper file's or a document's number, may repeat and hold nothing.
    package func holder(
        ofCode code: String, but object: ObjectIdentifier?, document ordinal: Int?
    ) throws -> HeldCode? {
        let wanted = SearchFolding.code(code)
        guard !wanted.isEmpty else { return nil }
        return try read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT v.uuid, a.record, v.arcFileCode, v.organId, v.fileCatalog,
                            v.fileNotation, d.docCode
                        FROM alias a JOIN version v ON v.id = a.record >> 24
                        LEFT JOIN document d ON d.id = a.record
                        WHERE a.code = ? ORDER BY v.uuid, v.version DESC, a.record
                        """), arguments: [StableHash.alias(code)])
            var alike: HeldCode?
            while let row = try rows.next() {
                let key = RecordKey(rowID: row[1])
                let holder = try ObjectIdentifier(uuidBytes: row[0])
                guard holder != object || key.ordinal != ordinal else { continue }
                let given = Self.given(in: row, isDocument: key.ordinal != nil)
                let found = given.filter { SearchFolding.code($0) == wanted }
                guard let first = found.first(where: { $0 == code }) ?? found.first else {
                    continue
                }
                let one = HeldCode(object: holder, ordinal: key.ordinal, code: first)
                if first == code { return one }
                alike = alike ?? one
            }
            return alike
        }
    }

    private static func given(in row: Row, isDocument: Bool) -> [String] {
        if isDocument { return [row[6] as String?].compactMap { $0 } }
        let parts = (3...5).compactMap { row[$0] as String? }
        let submission = parts.count == 3 ? parts.joined(separator: ".") : nil
        return [row[2] as String?, submission].compactMap { $0 }
    }
}
