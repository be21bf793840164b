import Foundation
import GRDB
package import Records

/// What readings and findings come to when a store comes, leaves, or takes the place of another.
extension CatalogWriter {
    /// A store that came or left was read by nobody; damage that was found in it is closed by the entry that says so.
    package func forgetReadings(of store: ObjectIdentifier, entered sequence: Int64) throws {
        try CatalogFailure.translating {
            let key = Catalog.key(of: store)
            try execute("DELETE FROM reading WHERE store = ?", [key])
            try execute("UPDATE auditRun SET complete = 0 WHERE store = ?", [key])
            try execute(
                """
                INSERT INTO reading SELECT store, coalesce(uuid, x''), -1, ? FROM auditFinding
                    WHERE store = ? GROUP BY 1, 2
                """, [sequence, key])
        }
    }

    /// The primary store becomes a copy and the copy the primary one: what was found in each goes with it.
    ///
    /// Runs over everything say nothing any more of what came into the store since; what they closed stays closed.
    package func exchange(primary: ObjectIdentifier, copy: ObjectIdentifier) throws {
        try CatalogFailure.translating {
            let leading = Catalog.key(of: nil)
            let (old, new) = (Catalog.key(of: primary), Catalog.key(of: copy))
            for key in [leading, new] {
                try keepClosed(key)
                try execute("UPDATE auditRun SET complete = 0 WHERE store = ?", [key])
            }
            try execute("DELETE FROM reading WHERE store = ?", [old])
            for table in ["reading", "auditRun", "auditFinding", "incident"] {
                let sql = "UPDATE \(table) SET store = ? WHERE store = ?"
                try execute(sql, [old, leading])
                try execute(sql, [leading, new])
            }
        }
    }

    /// Notes a reading after each finding that is closed, before those that are open.
    private func keepClosed(_ key: Data) throws {
        try execute(
            """
            INSERT INTO reading SELECT f.store, coalesce(f.uuid, x''), -1, max(f.run) + 1
                FROM auditFinding f WHERE f.store = ? AND NOT \(Catalog.isOpenDamage) GROUP BY 1, 2
                ON CONFLICT (store, uuid) DO UPDATE SET run = max(run, excluded.run)
            """, [key])
    }

    private func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
