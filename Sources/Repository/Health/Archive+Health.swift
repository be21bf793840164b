import Cataloging
import Policies
import Records

extension Archive {
    /// Looks at everything that `status` knows; it reads no bundle.
    package func health(_ copies: [OpenedCopy]? = nil) throws -> Health {
        var health = Health()
        let copies = try copies ?? openCopies()
        let status = try status(copies)
        health.note(wrong: .placesWrong, Int64(status.wrongPlaces.count))
        guard !status.isLedgerSuspect else {
            health.note(wrong: .ledgerSuspect, 1)
            return health
        }
        health.note(wrong: .checkpointWrong, Int64(status.wrongCheckpoints.count))
        health.note(wrong: .clockBehind, status.lastEntryAhead == nil ? 0 : 1)
        health.note(wrong: .openDamage, Int64(status.openDamage))
        health.note(wrong: .openIncidents, status.openIncidents)
        health.note(wrong: .overdueReports, status.overdueReports)
        health.note(
            wrong: .evidenceOverdue, Int64(try batchStandings().count(where: \.isOverdue)))
        health.note(wrong: .evidenceLapsed, status.lapsedBatches)
        health.note(wrong: .witnessContradicts, status.witness?.isContradicted == true ? 1 : 0)
        health.note(wrong: .sealKeyRevoked, status.isSealKeyRevoked ? 1 : 0)
        let certificate = status.certificateState
        health.note(wrong: .sealCertificateEnded, certificate == .ended ? 1 : 0)
        health.note(wrong: .voidSeals, status.voidSeals)
        health.note(waiting: .catalogBehind, status.catalogBehind)
        health.note(waiting: .sealCertificateEnding, certificate == .ending ? 1 : 0)
        health.note(waiting: .witnessFailed, status.witness?.hasFailed == true ? 1 : 0)
        health.note(waiting: .evidenceWaits, try overdueStamps())
        health.note(waiting: .auditsBehind, try lateAudits())
        health.note(waiting: .noticesWait, try waitingNotices())
        try lookAtStores(copies, &health)
        return health
    }

    private func lookAtStores(_ copies: [OpenedCopy], _ health: inout Health) throws {
        var (wrong, away, lacking): (Int64, Int64, Int64) = (0, 0, 0)
        for standing in try standings(of: copies) {
            switch standing.state {
            case .ready where standing.isBack || standing.isCardCovered: wrong += 1
            case .ready: lacking += Int64(standing.lacking)
            case .away: away += 1
            case .other, .ahead: wrong += 1
            }
        }
        health.note(wrong: .storesWrong, wrong)
        health.note(waiting: .storesAway, away)
        health.note(waiting: .copiesLacking, lacking)
        health.note(wrong: .copiesOverdue, Int64(try copyCounts()?.overdue ?? 0))
    }

    /// Versions that wait for a time-stamp longer than a batch may stay open, and an hour.
    private func overdueStamps() throws -> Int64 {
        let policy = configuration.stamping
        let waiting = try catalog.waitingStates()
        guard !policy.authorities.isEmpty, let since = waiting.since else { return 0 }
        let age = world.now().seconds - since.seconds
        return age > (policy.batchAgeHours + 1) * 3600 ? waiting.count : 0
    }

    /// Stores that hold dossiers which should have been read by now.
    private func lateAudits() throws -> Int64 {
        let now = world.now().microseconds
        let policy = configuration.auditPolicy
        var late: Int64 = 0
        for store in [nil] + configuration.stores.map({ Optional($0.store) }) {
            let days = Int64(policy.days(for: store, configuration))
            let limit = Instant(microseconds: now - days * 86_400_000_000)
            if try catalog.hasUnread(in: store, since: limit) { late += 1 }
        }
        return late
    }
}
