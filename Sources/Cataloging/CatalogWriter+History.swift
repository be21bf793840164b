import Foundation
import GRDB
package import Records

extension CatalogWriter {
    /// Adds an act of the ledger.
    package func add(_ event: CatalogedEvent) throws {
        try CatalogFailure.translating {
            try events.add { row in
                row.put(event.sequence)
                row.put(event.at.microseconds)
                row.put(event.act)
                row.put(event.event)
                row.put(event.object?.uuid)
                row.put(event.version.map { Int64($0) })
                row.put(event.agent)
                row.put(event.outcome)
                row.put(event.details?.bytes)
                row.put(event.details?.algorithm.rawValue)
                row.put(event.line)
            }
        }
    }

    /// Adds a run of fixity checks.
    package func add(_ run: AuditRun) throws {
        try insert(
            "INSERT INTO auditRun VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                run.sequence, run.startedAt.microseconds, run.finishedAt.microseconds, run.scope,
                run.checked,
                run.bytes, run.damaged, run.outcome, Catalog.key(of: run.store), run.first,
                run.isComplete, run.group,
            ])
    }

    /// Adds what a run of fixity checks found.
    package func add(_ finding: AuditFindingRow) throws {
        try insert(
            "INSERT INTO auditFinding VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                finding.sequence, finding.run, finding.object?.uuidBytes, finding.path,
                finding.code.text, Catalog.key(of: finding.store), finding.isError,
                finding.incident,
            ])
    }

    /// Says how much of the ledger the catalog now knows.
    package func setLedgerHead(size: Int64, count: Int64, last: Digest) throws {
        try insert(
            "INSERT OR REPLACE INTO ledgerHead VALUES (1, ?, ?, ?)",
            [size, count, Data(last.bytes)])
    }

    private func insert(_ sql: String, _ arguments: StatementArguments) throws {
        try CatalogFailure.translating {
            try database.cachedStatement(sql: sql).execute(arguments: arguments)
        }
    }
}
