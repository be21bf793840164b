import GRDB

/// How much the archive holds, in the current versions of its dossiers.
package struct CatalogCounts: Hashable, Sendable {
    /// What one fonds holds; the code is empty for dossiers that name none.
    package struct Fonds: Hashable, Sendable {
        package let code: String
        package let dossiers: Int
        package let documents: Int
        package let payloadBytes: Int64
    }

    package let fonds: [Fonds]
    /// Versions of all dossiers, current and older.
    package let versions: Int
    /// Bytes of the tars of every version.
    package let tarBytes: Int64

    /// Dossiers of every fonds.
    package var dossiers: Int { fonds.reduce(0) { $0 + $1.dossiers } }
    /// Documents of every fonds.
    package var documents: Int { fonds.reduce(0) { $0 + $1.documents } }
    /// Bytes of the documents of every fonds.
    package var payloadBytes: Int64 { fonds.reduce(0) { $0 &+ $1.payloadBytes } }
}

extension Catalog {
    /// What the archive holds, in all and by fonds.
    package func counts() throws -> CatalogCounts {
        try read { database in
            let fonds = try Row.fetchAll(
                database,
                sql: """
                    SELECT fonds, sum(dossiers), sum(documents), CAST(total(payloadBytes) AS INTEGER)
                    FROM tally GROUP BY 1 ORDER BY 1
                    """)
            let all = try Row.fetchOne(
                database, sql: "SELECT count(*), CAST(total(tarBytes) AS INTEGER) FROM version")
            return CatalogCounts(
                fonds: fonds.map {
                    CatalogCounts.Fonds(
                        code: $0[0], dossiers: $0[1], documents: $0[2], payloadBytes: $0[3])
                },
                versions: all?[0] ?? 0, tarBytes: all?[1] ?? 0)
        }
    }
}
