import Cataloging
import Policies
import Records

extension Archive {
    var watchPolicy: WatchPolicy {
        WatchPolicy(
            window: configuration.auditPolicy.window, repairsItself: configuration.repairsItself)
    }

    /// What the watch decides by, as far as the catalog knows it.
    func watchStanding() throws -> WatchPolicy.Standing {
        var standing = WatchPolicy.Standing(now: world.now().seconds)
        standing.lastAudit = try lastWholeAudit()
        standing.hasStores = !configuration.stores.isEmpty
        standing.waitingNotices = try waitingNotices()
        for store in [nil] + configuration.stores.map({ Optional($0.store) }) {
            standing.openDamage += try catalog.openDamageCount(in: store)
        }
        let stamping = configuration.stamping
        if !stamping.authorities.isEmpty {
            let waiting = try catalog.waitingStates()
            let age = waiting.since.map { standing.now - $0.seconds } ?? 0
            standing.isStampDue =
                waiting.count >= stamping.batchCount
                || waiting.count > 0 && age >= stamping.batchAgeHours * 3600
            standing.isRenewalDue = try batchStandings().contains(where: \.isOverdue)
        }
        return standing
    }

    /// When the last run over everything or what was due came to its end in the primary store.
    private func lastWholeAudit() throws -> Int64? {
        guard let run = try catalog.lastRun(of: nil), run.isComplete,
            [AuditRun.everything, AuditRun.due].contains(run.scope)
        else { return nil }
        return run.finishedAt.seconds
    }
}
