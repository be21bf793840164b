import Foundation
import GRDB
package import Records

extension CatalogWriter {
    /// Adds a policy file that an entry adopted; one adopted again is what the later entry says.
    package func add(_ policy: CatalogedPolicy) throws {
        try execute(
            "INSERT OR REPLACE INTO policy VALUES (?, ?, ?, ?, ?, ?)",
            [
                policy.file, policy.kind, policy.number, policy.sequence, policy.offset,
                Data(policy.digest.bytes),
            ])
    }

    /// Adds the state that an adopted file of a register says.
    package func add(_ entry: RegisterEntry, file: String, number: Int) throws {
        try CatalogFailure.translating {
            let register = entry.register.rawValue
            let unit = try unit(of: entry, file: file) ?? Int64(number)
            let above = (entry.values[.parent] ?? entry.values[.fonds]).flatMap {
                ObjectIdentifier($0)
            }
            try execute(
                "INSERT OR REPLACE INTO registerState VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    file, register, unit, number, entry.id?.uuidBytes, entry.since, entry.code,
                    entry.values[.name] ?? entry.values[.transferredBy], entry.values[.state],
                    above?.uuidBytes, entry.json.canonicalText,
                ])
            let scope = entry.register == .inventory ? above?.uuidBytes ?? Data() : Data()
            for code in entry.codes {
                try execute(
                    "INSERT OR IGNORE INTO registerCode VALUES (?, ?, ?, ?, ?)",
                    [register, SearchFolding.code(code), scope, unit, code])
            }
        }
    }

    /// Adds where the paper of a dossier was put, which search finds from now on.
    package func add(_ place: CatalogedPlace) throws {
        let uuid = place.object.uuidBytes
        try CatalogFailure.translating {
            let row = try Int64.fetchOne(
                database.cachedStatement(sql: "SELECT id FROM version WHERE uuid = ? AND current"),
                arguments: [uuid])
            let key = try row.map { try RecordKey(versionRow: $0, ordinal: 0) }
            try places.change(key) {
                try execute(
                    "INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?)",
                    [uuid, place.location, place.reason, place.at.microseconds, place.sequence])
            }
        }
    }

    /// What an entry is a state of: what has its identifier, else what the file before it says.
    private func unit(of entry: RegisterEntry, file: String) throws -> Int64? {
        let register = entry.register.rawValue
        // With the sign SQLite looks up the identifier instead of walking every unit to the smallest.
        if let id = entry.id,
            let unit = try Int64.fetchOne(
                database.cachedStatement(
                    sql:
                        "SELECT min(+unit) FROM registerState WHERE register = ? AND uuid = ? AND file <> ?"
                ), arguments: [register, id.uuidBytes, file])
        {
            return unit
        }
        guard let before = entry.replaces else { return nil }
        return try Int64.fetchOne(
            database.cachedStatement(
                sql:
                    "SELECT unit FROM registerState WHERE file = ? AND register = ? AND uuid IS NULL"
            ), arguments: [before, register])
    }

    private func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(sql: sql).execute(arguments: arguments)
        }
    }
}
