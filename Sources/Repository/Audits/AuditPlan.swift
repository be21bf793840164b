import Cataloging
import Records

/// Which stores a run reads, and where it goes on: stores that were asked for together are one run for whoever resumes it.
struct AuditPlan {
    /// The entry with which the first of the stores began; nil before it.
    var group: Int64?
    private var last: [ObjectIdentifier?: AuditRun] = [:]

    /// Enters what killed runs had read, and finds the run to go on with.
    init(_ targets: [AuditTarget], _ request: AuditRequest, of archive: Archive) throws {
        try AuditProgress.settleAll(archive)
        guard request.isResumable else { return }
        for target in targets {
            guard let run = try archive.catalog.lastRun(of: target.store),
                run.scope == request.scopeName,
                try archive.wasDeep(run) == request.isDeep
            else { continue }
            last[target.store] = run
        }
        group = last.values.map(\.group).max()
        last = last.filter { $0.value.group == group }
        // All of it came to its end: there is nothing to go on with.
        if last.count == targets.count, last.values.allSatisfy(\.isComplete) {
            group = nil
            last = [:]
        }
    }

    /// Whether the run to go on with has read all of a store.
    func isDone(in store: ObjectIdentifier?) -> Bool { last[store]?.isComplete == true }

    /// The run over a store to go on with; nil where it begins.
    func going(in store: ObjectIdentifier?) -> AuditRun? { last[store] }
}
