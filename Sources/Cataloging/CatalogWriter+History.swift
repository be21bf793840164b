import Foundation
import GRDB
package import Records

extension CatalogWriter {
    /// Adds an act of the ledger.
    package func add(_ event: CatalogedEvent) throws {
        try CatalogFailure.translating {
            events.put(event.sequence)
            events.put(event.at.microseconds)
            events.put(event.act)
            events.put(event.event)
            events.put(event.object?.uuid)
            events.put(event.version.map { Int64($0) })
            events.put(event.agent)
            events.put(event.outcome)
            events.put(event.details?.bytes)
            events.put(event.details?.algorithm.rawValue)
            events.put(event.line)
            try events.endRow()
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
