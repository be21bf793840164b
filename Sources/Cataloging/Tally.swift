import GRDB
import Records

/// How much stands in each fonds, inventory and series, summed as dossiers come, so that nobody counts a million.
struct Tally {
    private let more: Statement
    private let less: Statement
    private let none: Statement
    private let old: Statement

    init(_ database: Database) throws {
        more = try database.cachedStatement(
            sql: """
                INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)
                ON CONFLICT DO UPDATE SET dossiers = dossiers + 1,
                documents = documents + excluded.documents,
                payloadBytes = payloadBytes + excluded.payloadBytes
                """)
        less = try database.cachedStatement(
            sql: """
                UPDATE tally SET dossiers = dossiers - 1, documents = documents - ?,
                payloadBytes = payloadBytes - ? WHERE fonds = ? AND inventory = ? AND series = ?
                """)
        none = try database.cachedStatement(
            sql:
                "DELETE FROM tally WHERE fonds = ? AND inventory = ? AND series = ? AND dossiers <= 0"
        )
        old = try database.cachedStatement(
            sql: """
                SELECT documentCount, payloadBytes, coalesce(fonds, ''), coalesce(inventory, ''),
                coalesce(series, '') FROM version WHERE id = ?
                """)
    }

    /// Counts a dossier's current version.
    func add(_ given: CatalogedVersion) throws {
        let arrangement = given.dossier.arrangement
        try add(
            fonds: arrangement[.fonds, default: ""],
            inventory: arrangement[.inventory, default: ""],
            series: arrangement[.series, default: ""], documents: given.documentCount,
            payload: given.payloadBytes)
    }

    /// No longer counts a version that another has taken the place of.
    func remove(versionRow: Int64) throws {
        guard let row = try Row.fetchOne(old, arguments: [versionRow]) else { return }
        let (documents, bytes): (Int, Int64) = (row[0], row[1])
        let (fonds, inventory, series): (String, String, String) = (row[2], row[3], row[4])
        try less.execute(arguments: [documents, bytes, fonds, inventory, series])
        try none.execute(arguments: [fonds, inventory, series])
    }

    /// Counts every dossier of a catalog made before there were sums.
    static func fill(_ database: Database) throws {
        let tally = try Tally(database)
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT coalesce(fonds, ''), coalesce(inventory, ''), coalesce(series, ''),
                documentCount, payloadBytes FROM version WHERE current
                """)
        while let row = try rows.next() {
            try tally.add(
                fonds: row[0], inventory: row[1], series: row[2], documents: row[3],
                payload: row[4])
        }
    }

    private func add(
        fonds: String, inventory: String, series: String, documents: Int, payload: Int64
    ) throws {
        try more.execute(arguments: [
            fonds, inventory, series, SearchFolding.code(fonds), SearchFolding.code(inventory),
            SearchFolding.code(series), documents, payload,
        ])
    }
}
