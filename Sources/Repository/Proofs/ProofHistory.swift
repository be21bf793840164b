import Cataloging
import Evidence
import Records
import Retrieval

/// How often a dossier was read whole and compared, out of the ledger's audits (`fixity.json`).
enum ProofHistory {
    static func of(
        _ object: ObjectIdentifier, since: Instant, _ archive: Archive
    ) throws -> ProofChecks {
        let runs = try archive.catalog.auditRuns(limit: .max).reversed()
        var told: [ProofChecks.Run] = []
        for run in runs where run.finishedAt >= since && run.store == nil {
            guard try covers(run, object, archive) else { continue }
            let codes = try archive.catalog.auditFindings(of: run)
                .filter { $0.object == object }.map(\.code.text)
            told.append(
                ProofChecks.Run(
                    entry: run.sequence, at: run.finishedAt.wholeSecond,
                    isWhole: run.scope == AuditRun.everything && run.isComplete, findings: codes))
        }
        return ProofChecks(runs: told)
    }

    /// A run over everything, or over objects that its details name.
    private static func covers(
        _ run: AuditRun, _ object: ObjectIdentifier, _ archive: Archive
    ) throws -> Bool {
        if run.scope == AuditRun.everything && run.isComplete { return true }
        guard
            let digest = try archive.catalog.events(from: run.sequence, limit: 1).first?.details
        else { return false }
        do {
            let objects = try archive.details.content(digest)?["objects"]?.arrayValue ?? []
            return objects.contains(.string(object.text))
        } catch is LedgerFailure {
            // Details that were erased or damaged tell nothing, so the run is not counted.
            return false
        }
    }
}
