import Foundation
import GRDB
package import Records

extension CatalogWriter {
    /// Adds a link; the same one that holds already is not added twice.
    package func add(_ given: CatalogedLink) throws {
        let target = given.link.target
        let key: String
        var isCode = false
        switch target {
        case .record(let object, document: _): key = object.text
        case .outside(let text): key = text
        case .code(let text):
            key = text
            isCode = true
        }
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: """
                    INSERT INTO link SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL WHERE NOT EXISTS (
                    SELECT 1 FROM link WHERE uuid = ?1 AND ordinal = ?2 AND kind = ?3 AND target = ?4
                    AND until IS NULL)
                    """
            ).execute(arguments: [
                given.object.uuidBytes, given.ordinal ?? 0, given.link.kind.rawValue, target.text,
                given.sequence, SearchFolding.code(key), isCode, given.at.microseconds,
            ])
        }
    }

    /// Ends a link that holds.
    package func end(
        _ link: Link, of object: ObjectIdentifier, ordinal: Int?, at: Instant, sequence: Int64
    ) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(
                sql: """
                    UPDATE link SET until = ?, ended = ?
                    WHERE uuid = ? AND ordinal = ? AND kind = ? AND target = ? AND until IS NULL
                    """
            ).execute(arguments: [
                at.microseconds, sequence, object.uuidBytes, ordinal ?? 0, link.kind.rawValue,
                link.target.text,
            ])
        }
    }
}
