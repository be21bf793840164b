import Foundation
import GRDB
package import Records

extension Catalog {
    /// The adopted policy files of a kind, in the order of their numbers.
    package func policyFiles(kind: String) throws -> [CatalogedPolicy] {
        try policy("kind = ? ORDER BY number", [kind])
    }

    /// The last adopted policy file of a kind.
    package func lastPolicyFile(kind: String) throws -> CatalogedPolicy? {
        try policy("kind = ? ORDER BY number DESC LIMIT 1", [kind]).first
    }

    /// Whether the catalog was made before it indexed policy, and has not seen the ledger's since.
    package var lacksPolicy: Bool {
        get throws {
            try read { database in
                try Bool.fetchOne(
                    database,
                    sql: """
                        SELECT NOT EXISTS (SELECT 1 FROM policy)
                        AND EXISTS (SELECT 1 FROM event WHERE act = 'policy')
                        """) ?? false
            }
        }
    }

    private func policy(_ condition: String, _ arguments: StatementArguments) throws
        -> [CatalogedPolicy]
    {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql:
                        "SELECT file, kind, number, sequence, offset, digest FROM policy WHERE "
                        + condition), arguments: arguments
            ).map {
                CatalogedPolicy(
                    file: $0[0], kind: $0[1], number: $0[2], sequence: $0[3], offset: $0[4],
                    digest: try Digest(.sha256, stored: $0[5]))
            }
        }
    }

    /// What has, or had, a code in a register; inventories only of a fonds, where one is given.
    package func units(
        _ register: Register, code: String, fonds: ObjectIdentifier? = nil
    ) throws -> [Int64] {
        try read { database in
            let scope = fonds == nil ? "" : " AND above = ?"
            let key: StatementArguments = [register.rawValue, SearchFolding.code(code)]
            return try Int64.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT DISTINCT unit FROM registerCode WHERE register = ? AND codeKey = ?\(scope)
                        ORDER BY unit LIMIT 100
                        """), arguments: fonds.map { key + [$0.uuidBytes] } ?? key)
        }
    }

    /// What has an identifier in a register.
    package func unit(_ register: Register, id: ObjectIdentifier) throws -> Int64? {
        try read { database in
            try Int64.fetchOne(
                database.cachedStatement(
                    sql: "SELECT min(+unit) FROM registerState WHERE register = ? AND uuid = ?"),
                arguments: [register.rawValue, id.uuidBytes])
        }
    }

    /// Names of the files whose states of a register stand in the catalog.
    package func stateFiles(_ register: Register) throws -> Set<String> {
        try read { database in
            try String.fetchSet(
                database, sql: "SELECT file FROM registerState WHERE register = ?",
                arguments: [register.rawValue])
        }
    }

    /// Every state of a fonds, inventory or accession, in the order of adoption.
    package func states(_ register: Register, unit: Int64) throws -> [RegisteredState] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT file, json FROM registerState WHERE register = ? AND unit = ?
                        ORDER BY number
                        """), arguments: [register.rawValue, unit]
            ).map { row in
                let json: String = row[1]
                guard let entry = RegisterEntry(register, reading: Array(json.utf8)) else {
                    throw CatalogFailure(.damaged)
                }
                return RegisteredState(unit: unit, file: row[0], entry: entry)
            }
        }
    }

    /// The lines of a register as they stood on a day, by code.
    package func lines(_ register: Register, asOf day: CivilDate) throws -> [RegisterLine] {
        try read { database in
            // SQLite takes the file from the row that has the greatest value.
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT s.unit, s.uuid, s.code, coalesce(s.name, ''), coalesce(s.state, ''),
                        s.above, \(Self.series) FROM (
                            SELECT file, max(since || printf('%012d', number)) FROM registerState
                            WHERE register = ? AND since <= ? GROUP BY unit) f
                        CROSS JOIN registerState s ON s.file = f.file ORDER BY s.code, s.unit
                        """), arguments: [register.rawValue, day.isoText])
            var lines: [RegisterLine] = []
            while let row = try rows.next() {
                lines.append(
                    RegisterLine(
                        unit: row[0],
                        id: try (row[1] as Data?).map { try ObjectIdentifier(uuidBytes: $0) },
                        code: row[2], name: row[3], state: row[4],
                        above: try (row[5] as Data?).map { try ObjectIdentifier(uuidBytes: $0) },
                        series: Self.series(row[6])))
            }
            return lines
        }
    }

    /// Codes and names of an inventory's series as one text, as SQL: reading each file's JSON here would take longer.
    private static let series = """
        iif(instr(s.json, '"series":'), (SELECT group_concat((value ->> 'code') || char(31)
            || (value ->> 'name'), char(30)) FROM json_each(s.json, '$.series')), NULL)
        """

    private static func series(_ text: String?) -> [Series] {
        (text ?? "").utf8.split(separator: 30).map { item in
            let parts = item.split(separator: 31, maxSplits: 1, omittingEmptySubsequences: false)
            return Series(
                code: String(Substring(parts[0])),
                name: parts.count > 1 ? String(Substring(parts[1])) : "")
        }
    }

    /// Every code of a register, those of earlier days too, to find the one that was meant.
    package func codes(_ register: Register, fonds: ObjectIdentifier? = nil) throws -> [String] {
        try read { database in
            let scope = fonds == nil ? "" : " AND above = ?"
            let key: StatementArguments = [register.rawValue]
            return try String.fetchAll(
                database,
                sql:
                    "SELECT DISTINCT code FROM registerCode WHERE register = ?\(scope) LIMIT 20000",
                arguments: fonds.map { key + [$0.uuidBytes] } ?? key)
        }
    }

    /// Every spelling of a fonds' codes that dossiers use; the code itself when no fonds has it.
    package func spellings(ofFonds code: String) throws -> [String] {
        try read { database in
            let found = try String.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT DISTINCT fonds FROM tally WHERE fondsKey = ?1 OR fondsKey IN (
                            SELECT codeKey FROM registerCode WHERE register = 'fonds' AND unit IN (
                                SELECT unit FROM registerCode WHERE register = 'fonds' AND codeKey = ?1))
                        ORDER BY fonds LIMIT \(Self.mostSpellings)
                        """), arguments: [SearchFolding.code(code)])
            return found.isEmpty ? [code] : found
        }
    }

    /// A fonds is not written in more ways than these; SQLite takes at most 500 pieces of one question.
    private static let mostSpellings = 400

    /// The days after one on which anything in a register changed or will change.
    package func changes(of register: Register, after since: String) throws -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                sql:
                    "SELECT DISTINCT since FROM registerState WHERE register = ? AND since > ? ORDER BY 1",
                arguments: [register.rawValue, since])
        }
    }

    /// The fonds above a fonds on a day.
    package func parent(of fonds: ObjectIdentifier, since day: String) throws -> ObjectIdentifier? {
        try read { database in
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT above FROM registerState WHERE register = 'fonds' AND since <= ? AND unit =
                            (SELECT min(+unit) FROM registerState WHERE register = 'fonds' AND uuid = ?)
                        ORDER BY since DESC, number DESC LIMIT 1
                        """), arguments: [day, fonds.uuidBytes])
            return try (row?[0] as Data?).map { try ObjectIdentifier(uuidBytes: $0) }
        }
    }
}
