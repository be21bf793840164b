import Foundation
import GRDB
package import Records

extension CatalogWriter {
    /// Adds an act of the ledger.
    package func add(_ event: CatalogedEvent) throws {
        try insert(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                event.sequence, event.at.microseconds, event.act, event.event,
                event.object?.uuidBytes,
                event.version, event.agent, event.outcome, event.details.map { Data($0.bytes) },
                event.details?.algorithm.rawValue, event.line,
            ])
    }

    /// Adds a run of fixity checks.
    package func add(_ run: AuditRun) throws {
        try insert(
            "INSERT INTO auditRun VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                run.sequence, run.startedAt.microseconds, run.finishedAt.microseconds, run.scope,
                run.checked,
                run.bytes, run.damaged, run.outcome, Catalog.key(of: run.store), run.first,
                run.isComplete,
            ])
    }

    /// Adds what a run of fixity checks found.
    package func add(_ finding: AuditFindingRow) throws {
        try insert(
            "INSERT INTO auditFinding VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                finding.sequence, finding.run, finding.object?.uuidBytes, finding.path,
                finding.code.text, Catalog.key(of: finding.store), finding.incident,
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
