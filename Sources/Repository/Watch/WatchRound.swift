import Cataloging
import Policies
import Records
package import SystemPackage

/// Does what is due, each duty as a command of its own that holds the lock only while it works.
package final class WatchRound {
    private let root: FilePath
    private let world: World
    /// Makes what keeps an audit below so many bytes a second.
    private let pace: @Sendable (Int64?) -> (Int) -> Void
    private var last: [WatchPolicy.Duty: Int64] = [:]

    package init(
        _ root: FilePath, in world: World, pace: @escaping @Sendable (Int64?) -> (Int) -> Void
    ) {
        self.root = root
        self.world = world
        self.pace = pace
    }

    /// Does everything that is due now; what each duty came to goes out as it ends.
    ///
    /// Another command that works in the archive is no failure: what is left is done in the next round.
    package func run(_ tell: (WatchOutcome) -> Void) throws {
        for duty in WatchPolicy.Duty.allCases {
            if world.isInterrupted() { return }
            guard let (policy, reason) = try due(duty) else { continue }
            let outcome = perform(duty, policy, because: reason)
            tell(outcome)
            if outcome.failure?.status == .locked { return }
        }
    }

    /// How things stand is read anew before each duty, for the one before may have changed it.
    private func due(
        _ duty: WatchPolicy.Duty
    ) throws -> (WatchPolicy, WatchPolicy.Reason)? {
        let archive = try Archive.open(root, in: world, for: .reading)
        let policy = archive.watchPolicy
        var standing = try archive.watchStanding()
        standing.lastAuditTry = last[.audit]
        standing.lastSync = last[.sync]
        standing.lastNotice = last[.notify]
        standing.lastRepair = last[.repair]
        standing.lastStamp = last[.stamp]
        standing.lastRenewal = last[.renew]
        return policy.reason(for: duty, standing).map { (policy, $0) }
    }

    private func perform(
        _ duty: WatchPolicy.Duty, _ policy: WatchPolicy, because reason: WatchPolicy.Reason
    ) -> WatchOutcome {
        let started = world.now()
        func outcome(
            _ status: ExitStatus, _ facts: [String: Int64] = [:], _ findings: [Finding] = [],
            _ failure: FailureReport? = nil
        ) -> WatchOutcome {
            WatchOutcome(
                duty: duty, reason: reason, started: started, ended: world.now(), status: status,
                facts: facts, findings: findings, failure: failure)
        }
        do {
            let work = try writing(duty, policy)
            // Only what is left waits an hour; what comes next is done at once. An audit waits, for a
            // run over one dossier hides that the whole was read.
            last[duty] = work.isStillDue || duty == .audit ? world.now().seconds : nil
            return outcome(work.status, work.facts, work.findings)
        } catch {
            let report = FailureReport(describing: error)
            // Who is locked out tries again in the next round, who failed in an hour.
            if report.status != .locked, report.status != .interrupted {
                last[duty] = world.now().seconds
            }
            return outcome(report.status, [:], [], report)
        }
    }

    private func writing(
        _ duty: WatchPolicy.Duty, _ policy: WatchPolicy
    ) throws -> WatchWork {
        let archive = try Archive.open(root, in: world, for: .auditing)
        do {
            var work = try work(duty, policy, in: archive)
            try archive.finish()
            if let witness = try archive.witnessIfDue() { work.findings += witness.findings }
            work.isStillDue = try policy.reason(for: duty, archive.watchStanding()) != nil
            return work
        } catch {
            archive.finishAfterFailure()
            throw error
        }
    }

    private func work(
        _ duty: WatchPolicy.Duty, _ policy: WatchPolicy, in archive: Archive
    ) throws -> WatchWork {
        switch duty {
        case .audit: try audit(policy, in: archive)
        case .notify: try notify(in: archive)
        case .repair: try repair(in: archive)
        case .stamp: try stamp(in: archive)
        case .renew: try renew(in: archive)
        case .sync: try sync(in: archive)
        }
    }

    private func audit(_ policy: WatchPolicy, in archive: Archive) throws -> WatchWork {
        var request = AuditRequest(.due)
        // What the window before left is gone on with.
        request.isResuming = true
        if policy.window != nil, let end = policy.windowEnd(at: world.now().seconds) {
            let now = world.now
            request.isTimeOver = { now().seconds >= end }
        }
        let wait = pace(archive.auditRate)
        let report = try archive.audit(request) { wait($0) }
        return WatchWork(
            report.findings.containsErrors ? .findings : report.isComplete ? .done : .incomplete,
            [
                "checked": Int64(report.checked), "bytes": report.bytes,
                "damaged": Int64(report.damaged), "findings": Int64(report.findings.count),
            ], report.findings)
    }

    private func notify(in archive: Archive) throws -> WatchWork {
        let outcome = try archive.notifyIncidents()
        return WatchWork(
            outcome.findings.isEmpty ? .done : .incomplete, ["sent": Int64(outcome.sent.count)],
            outcome.findings)
    }

    private func repair(in archive: Archive) throws -> WatchWork {
        let report = try archive.repair([], isDryRun: false) { _ in }
        return WatchWork(
            report.hasLoss ? .findings : report.isComplete ? .done : .incomplete,
            [
                "repaired": Int64(report.items.count(where: { $0.ending == .repaired })),
                "lost": Int64(report.items.count(where: { $0.ending == .noCopy })),
                "away": Int64(report.items.count(where: { $0.ending == .copyAway })),
            ], report.findings)
    }

    private func stamp(in archive: Archive) throws -> WatchWork {
        guard let outcome = try archive.stampIfDue() else { return WatchWork(.done) }
        return WatchWork(
            outcome.hasFailed ? .incomplete : .done,
            ["versions": outcome.stamped?.versions ?? 0, "waiting": outcome.waiting],
            outcome.findings)
    }

    private func renew(in archive: Archive) throws -> WatchWork {
        let outcomes = try archive.renewEvidence(RenewalRequest(), progress: { _ in })
        let done = outcomes.count(where: \.isDone)
        return WatchWork(
            done == 0 ? .incomplete : .done, ["renewals": Int64(done)],
            outcomes.flatMap(\.findings))
    }

    private func sync(in archive: Archive) throws -> WatchWork {
        let reports = try archive.syncStores([]) { _ in }
        let findings = reports.flatMap(\.findings)
        return WatchWork(
            findings.containsErrors
                ? .findings : reports.allSatisfy(\.isComplete) ? .done : .incomplete,
            [
                "taken": Int64(reports.reduce(0) { $0 + $1.taken }),
                "bytes": reports.reduce(0) { $0 + $1.bytes },
                "lacking": Int64(reports.reduce(0) { $0 + $1.lacking }),
            ], findings)
    }
}

/// What one duty did.
private struct WatchWork {
    let status: ExitStatus
    let facts: [String: Int64]
    var findings: [Finding]
    /// Whether the work left something for which it is due; syncing, due by the clock, always does.
    var isStillDue = true

    init(_ status: ExitStatus, _ facts: [String: Int64] = [:], _ findings: [Finding] = []) {
        self.status = status
        self.facts = facts
        self.findings = findings
    }
}
