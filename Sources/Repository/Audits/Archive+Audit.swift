import Auditing
import Cataloging
import Files
import Records
import Storage
import SystemPackage

extension Archive {
    /// Reads what is asked for in every store that is there; findings are entered as they are found.
    package func audit(
        _ request: AuditRequest, progress: @escaping (Int) throws -> Void
    ) throws -> AuditReport {
        var chosen: [ObjectIdentifier] = []
        if case .objects(let names) = request.scope {
            chosen = try names.map { try dossier(named: $0, version: nil) }
        }
        let (targets, away) = try auditTargets(request.stores)
        var absent = away
        var plan = try AuditPlan(targets, request, of: self)
        var left = request
        var reports: [StoreAuditReport] = []
        for target in targets {
            let earlier = try plan.going(in: target.store).map {
                try EarlierParts(of: $0, catalog)
            }
            // What the run found there counts, though nothing is left to read.
            guard !plan.isDone(in: target.store) else {
                reports.append(.read(target.name, earlier))
                continue
            }
            let held = try chosen.isEmpty ? [] : held(chosen, in: target)
            // A dossier that a copy store never took is no finding of that store.
            if !chosen.isEmpty, held.isEmpty { continue }
            // The budget is that of all stores together; those that it leaves out wait for the next run.
            guard left.mostBytes.map({ $0 > 0 }) ?? true, !left.isTimeOver() else {
                reports.append(.left(target.name, earlier))
                continue
            }
            let kept = try keptReadings(for: left, in: target, plan)
            let session = AuditSession(
                target, left, held,
                try objectAudit(target, left, progress) { kept?.readings(of: $0) ?? [:] }, kept,
                of: self)
            plan.group = try session.run(in: plan) { try beside(target) }
            absent += session.absence.map { [$0] } ?? []
            left.mostBytes = left.mostBytes.map { max(0, $0 - session.result.bytes) }
            reports.append(session.result.going(on: earlier))
        }
        return AuditReport(
            stores: reports, absent: absent, isNamed: !request.stores.isEmpty)
    }

    /// What is gone on with: readings of the run that is resumed, or, where what is due is read, of a third of the days
    /// that are promised; a run that begins reads everything. Nil where a run's end cannot fall into a file.
    private func keptReadings(
        for request: AuditRequest, in target: AuditTarget, _ plan: AuditPlan
    ) throws -> KeptReadings? {
        guard request.isCuttable else { return nil }
        var limit = plan.going(in: target.store)?.startedAt ?? Instant(microseconds: .max)
        if case .due = request.scope {
            // The dossier counts as read when its reading ends: a third of its days may lie between.
            let days = configuration.auditPolicy.days(for: target.store, configuration)
            limit = min(limit, Instant(seconds: world.now().seconds - Int64(days) * 86_400 / 3))
        }
        return try KeptReadings(target.store, self, notBefore: limit)
    }

    /// Whether a failure is the end that somebody asked for.
    static func isStop(_ failure: any Error) -> Bool {
        (failure as? ArchiveFailure)?.reason == .interrupted
    }

    /// The same for everything, or for some dossiers, without limits.
    package func audit(_ ids: [String], progress: @escaping (Int) -> Void) throws -> AuditReport {
        try audit(AuditRequest(ids.isEmpty ? .everything : .objects(ids)), progress: progress)
    }

    private func held(
        _ chosen: [ObjectIdentifier], in target: AuditTarget
    ) throws -> [ObjectIdentifier] {
        guard let store = target.store else { return chosen }
        return try chosen.filter { object in
            try catalog.copies(of: object).contains { $0.store == store }
        }
    }

    func objectAudit(
        _ target: AuditTarget, _ request: AuditRequest,
        _ progress: @escaping (Int) throws -> Void,
        kept: @escaping (ObjectIdentifier) -> [String: FileReading] = { _ in [:] }
    ) throws -> any ObjectAudit {
        let trust = try trustIfProvable()
        let isKnown: (ObjectIdentifier) throws -> Bool = { [catalog] object in
            guard let store = target.store else { return try catalog.knows(object) }
            return try catalog.copies(of: object).contains { $0.store == store }
        }
        let budget = BudgetEnd(request)
        let stopping: (Int) throws -> Void = { [world] count in
            try progress(count)
            try world.stopIfInterrupted()
            try budget.note(count)
        }
        let disk = target.volume ?? world.volume
        let plain: any ObjectAudit =
            switch target.reader {
            case .root(let root):
                StoreAudit(
                    objects: root, volume: disk, trusted: trust.certificates,
                    revoked: trust.revoked, isKnown: isKnown, kept: kept, progress: stopping)
            case .remote(let store):
                RemoteAudit(
                    store, trusted: trust.certificates, revoked: trust.revoked, isKnown: isKnown,
                    marks: { [self] in try marks(of: $0, in: target.store) }, kept: kept,
                    progress: stopping)
            }
        guard request.isDeep else { return plain }
        return DeepAudit(
            plain, target.reader, on: disk, trusting: trust, progress: stopping)
    }

    /// What is wrong beside the dossiers of a store.
    func beside(_ target: AuditTarget) throws -> [Finding] {
        guard let copy = target.copy else { return try besideFindings() }
        let mark = try target.store.flatMap { try copyMark(of: $0) }
        return try cardFindings(of: target)
            + CopyBeside(copy, target.name, mark, self).findings()
    }

    /// Reads what stands in a store and of which the ledger does not tell that it holds it.
    ///
    /// What a sync that was cut short left in a copy counts for nothing (invariant O1), and is no damage.
    func judge(
        _ stray: AuditedPlace, by audit: any ObjectAudit, in target: AuditTarget
    ) throws -> ObjectAuditResult {
        let found = try audit.inspect(stray, inventory: nil)
        guard let object = stray.object else { return found }
        let isOfSync =
            try target.store != nil && audit.place(of: object).folder == stray.folder
            && catalog.knows(object)
        guard isOfSync else {
            return ObjectAuditResult(
                bytes: found.bytes,
                findings: [Finding(.objectWithoutEntry, subject: stray.subject)] + found.findings,
                isDamaged: found.isDamaged)
        }
        guard found.findings.containsErrors else { return found }
        let note = Finding(
            .copyUnfinished, .warning, subject: stray.subject, ["store": target.name])
        return ObjectAuditResult(bytes: found.bytes, findings: [note], isDamaged: false)
    }

    /// A failure as the leaving of a copy: its disk or server is not there any more, or is another one; nil for every other.
    ///
    /// Nothing is damaged by that, so no entry tells of it; the next run goes on with the store.
    func absence(after failure: any Error, of target: AuditTarget) -> Finding? {
        guard let entry = configuration.stores.first(where: { $0.store == target.store }) else {
            return nil
        }
        if entry.location.isBucket { return departure(failure, of: entry) }
        switch failure {
        case let failure as CopyStoreFailure where failure.reason == .away:
            return finding(of: failure, entry)
        case let failure as FileFailure where !isOfCopy(failure, entry): return nil
        case is FileFailure, is StorageFailure:
            do {
                try target.requireAnswer()
                return nil
            } catch {
                return finding(of: error, entry)
            }
        default: return nil
        }
    }

    /// A failure as a finding of the copy whose disk does not let this account read; nil for every other.
    func refusal(_ failure: any Error, by target: AuditTarget) -> Finding? {
        guard let failure = failure as? FileFailure,
            [Errno.permissionDenied, .notPermitted].contains(failure.errno),
            let entry = configuration.stores.first(where: { $0.store == target.store }),
            isOfCopy(failure, entry)
        else { return nil }
        let name = failure.path.lastComponent?.string ?? ""
        return Finding(
            .fileUnreadable, subject: name,
            ["file": name, "reason": failure.errno.description])
    }

    /// A failure as a finding of the bucket whose server left, or refuses, while it was read; nil for every other.
    private func departure(_ failure: any Error, of entry: StoreEntry) -> Finding? {
        // What ends the program comes out of a reader as a failure of its own, too.
        guard !isInterrupted else { return nil }
        switch failure {
        case is CopyStoreFailure: return finding(of: failure, entry)
        case let failure as FileFailure
        where [Errno.hostIsDown, .networkUnreachable].contains(failure.errno):
            return entry.finding(.copyStoreAway, .warning, failure.errno.description)
        default: return nil
        }
    }
}
