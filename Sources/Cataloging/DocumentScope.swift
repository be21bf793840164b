import GRDB
import Records

/// Which rows are the documents of a version: those of it and the versions before that no later one describes anew.
struct DocumentScope {
    /// SQL over a document `d`.
    let condition: String
    /// The order of the documents, as SQL; the rows' own where one version describes them all.
    let order: String
    /// Whether the version is there at all.
    let isEmpty: Bool
    /// The versions' rows alone, as SQL.
    let ranges: String
    private let rows: [Int64]

    init(_ object: ObjectIdentifier, _ version: Int, _ database: Database) throws {
        let rows = try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT id FROM version WHERE uuid = ? AND version <= ? ORDER BY version"),
            arguments: [object.uuidBytes, version])
        let ranges = rows.map { row in
            let range = RecordKey.range(ofVersionRow: row)
            return "d.id BETWEEN \(range.lowerBound) AND \(range.upperBound)"
        }
        self.rows = rows
        isEmpty = rows.isEmpty
        self.ranges = "(\(rows.isEmpty ? "0" : ranges.joined(separator: " OR ")))"
        condition =
            self.ranges
            + " AND (d.until IS NULL OR d.until > \(version))"
        order =
            rows.count > 1 ? "d.id & \(RecordKey.greatestOrdinal)" : "d.id"
    }

    /// SQL for the document of one ordinal.
    func condition(ordinal: Int) throws -> String {
        let keys = try rows.map {
            String(try RecordKey(versionRow: $0, ordinal: ordinal).rowID)
        }
        return "d.id IN (\(keys.joined(separator: ", "))) AND " + condition
    }
}
