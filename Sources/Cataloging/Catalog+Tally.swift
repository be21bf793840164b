import Foundation
import GRDB
package import Records

/// A folded code, and for an inventory the fonds within which it is a name.
package struct CodeHolder: Hashable, Sendable {
    package let key: String
    package let fonds: ObjectIdentifier?

    package init(key: String, fonds: ObjectIdentifier?) {
        self.key = key
        self.fonds = fonds
    }
}

extension Catalog {
    /// How much stands in a fonds, by inventory and series as its dossiers name them.
    package func tally(fonds code: String, inventory: String? = nil) throws -> [TallyLine] {
        let spellings = try spellings(ofFonds: code)
        return try read { database in
            try spellings.flatMap { spelling in
                try Row.fetchAll(
                    database.cachedStatement(
                        sql: """
                            SELECT * FROM tally
                            WHERE fonds = ?1 AND (?2 IS NULL OR inventoryKey = ?2)
                            ORDER BY inventory, series
                            """),
                    arguments: [spelling, inventory.map { SearchFolding.code($0) }]
                ).map { TallyLine($0) }
            }
        }
    }

    /// How much stands in everything, by fonds, inventory and series as the dossiers name them.
    package func tally() throws -> [TallyLine] {
        try read { database in
            let rows = try Row.fetchCursor(
                database, sql: "SELECT * FROM tally ORDER BY fonds, inventory, series")
            var lines: [TallyLine] = []
            while let row = try rows.next() { lines.append(TallyLine(row)) }
            return lines
        }
    }

    /// What has or had each folded code of a register, by the fonds that inventories belong to.
    package func unitsByCode(_ register: Register) throws -> [CodeHolder: Int64] {
        try read { database in
            var units: [CodeHolder: Int64] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql:
                    "SELECT codeKey, above, min(unit) FROM registerCode WHERE register = ? GROUP BY 1, 2",
                arguments: [register.rawValue])
            while let row = try rows.next() {
                let above: Data = row[1]
                let fonds = above.isEmpty ? nil : try ObjectIdentifier(uuidBytes: above)
                units[CodeHolder(key: row[0], fonds: fonds)] = row[2]
            }
            return units
        }
    }

    /// Gives the dossiers of just this fonds, inventory and series, by code, each with where its paper is.
    package func forEachDossier(
        in line: TallyLine, _ body: (CatalogedVersion, _ place: String?) throws -> Void
    ) throws {
        try read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT \(VersionColumns.selection), \(Self.place) FROM version v
                        WHERE v.current AND coalesce(v.fonds, '') = ? AND coalesce(v.inventory, '') = ?
                        AND coalesce(v.series, '') = ? ORDER BY v.codeKey, v.uuid
                        """), arguments: [line.fonds, line.inventory, line.series])
            while let row = try rows.next() {
                try body(try VersionColumns.version(in: row), row[VersionColumns.all.count])
            }
        }
    }

    /// Where the paper of a dossier is since the last act that moved it.
    package func place(of object: ObjectIdentifier) throws -> CatalogedPlace? {
        try read { database in
            try Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT location, reason, at, sequence FROM place WHERE uuid = ?"),
                arguments: [object.uuidBytes]
            ).map {
                CatalogedPlace(
                    object: object, location: $0[0], reason: $0[1],
                    at: Instant(microseconds: $0[2]), sequence: $0[3])
            }
        }
    }

    /// How much came with an accession of any of these codes.
    package func tally(accessions codes: [String]) throws -> TallyLine {
        try read { database in
            let marks = codes.map { _ in "?" }.joined(separator: ", ")
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT '', '', '', '', '', '', count(*), coalesce(sum(documentCount), 0),
                    CAST(total(payloadBytes) AS INTEGER)
                    FROM version WHERE current AND accession IN (\(marks))
                    """, arguments: StatementArguments(codes))
            guard let row else { throw CatalogFailure(.damaged) }
            return TallyLine(row)
        }
    }
}

extension TallyLine {
    fileprivate init(_ row: Row) {
        self.init(
            fonds: row[0], inventory: row[1], series: row[2],
            keys: Keys(fonds: row[3], inventory: row[4], series: row[5]), dossiers: row[6],
            documents: row[7], payloadBytes: row[8])
    }
}
