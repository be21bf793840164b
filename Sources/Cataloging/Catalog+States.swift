import Foundation
import GRDB
package import Records

/// A version that no later one of its dossier followed, with the entry that made it.
package struct NewestState: Hashable, Sendable {
    package let object: ObjectIdentifier
    package let version: Int
    package let sequence: Int64
}

/// Dossiers by the entries that made their newest versions.
extension Catalog {
    private static let newest = """
        event e WHERE e.act IN ('package', 'amend') AND e.sequence >= ? AND e.sequence < ?
        AND e.uuid IS NOT NULL AND e.version IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM version v WHERE v.uuid = e.uuid AND v.version > e.version)
        """

    /// The first entry of a version that was packaged here; nil when none was.
    ///
    /// Only a fresh archive takes dossiers of another one, so entries of such come before all others.
    package func firstOwnState() throws -> Int64? {
        try read { database in
            try Int64.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT sequence FROM event WHERE act IN ('package', 'amend')
                        AND instr(line, '"imported":true') = 0
                        AND instr(line, '"recovered":true') = 0 ORDER BY sequence LIMIT 1
                        """))
        }
    }

    /// How many dossiers got their newest version by an entry of a range.
    package func newestStateCount(in range: Range<Int64>) throws -> Int64 {
        try read { database in
            try Int64.fetchOne(
                database.cachedStatement(sql: "SELECT count(*) FROM " + Self.newest),
                arguments: [range.lowerBound, range.upperBound]) ?? 0
        }
    }

    /// The newest versions that entries of a range made, in the ledger's order.
    package func newestStates(in range: Range<Int64>) throws -> [NewestState] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: "SELECT e.uuid, e.version, e.sequence FROM " + Self.newest
                        + " ORDER BY e.sequence"),
                arguments: [range.lowerBound, range.upperBound]
            ).map {
                NewestState(
                    object: try ObjectIdentifier(uuidBytes: $0[0]), version: $0[1],
                    sequence: $0[2])
            }
        }
    }
}
