import Auditing
import Cataloging
import Evidence
import Files
import Records
import Storage

/// One run over one store: what is found is entered as it is found, and what was read when the run ends.
final class AuditSession {
    private let archive: Archive
    private let target: AuditTarget
    private let request: AuditRequest
    private let audit: any ObjectAudit
    private let chosen: [ObjectIdentifier]
    private let progress: AuditProgress
    /// Nil where its end cannot fall into a file.
    private let kept: KeptReadings?
    private(set) var result: StoreAuditReport
    /// That the store left before all of it was read; nil where it did not.
    private(set) var absence: Finding?
    private var began: Int64 = 0
    private var first: Int64 = 0
    private var group: Int64 = 0
    private var started: Instant
    private var read: [ObjectIdentifier] = []
    private var damaged: Set<ObjectIdentifier> = []
    private var isStopped = false
    private var incidents: RunIncidents?

    init(
        _ target: AuditTarget, _ request: AuditRequest, _ chosen: [ObjectIdentifier],
        _ audit: any ObjectAudit, _ kept: KeptReadings? = nil, of archive: Archive
    ) {
        self.kept = kept
        self.archive = archive
        self.target = target
        self.request = request
        self.chosen = chosen
        self.audit = audit
        progress = AuditProgress(target.store, archive)
        result = StoreAuditReport(store: target.name)
        started = archive.world.now()
    }

    private var scope: String { request.scopeName }
    /// Whether findings are only told: a ledger whose entries are suspect takes nothing more.
    private var isMute: Bool { archive.areEntriesSuspect }

    /// Reads the store; `beside` finds what is wrong beside the dossiers. Gives the group that the run belongs to.
    func run(in plan: AuditPlan, beside: () throws -> [Finding]) throws -> Int64 {
        let going = plan.going(in: target.store)
        try begin(after: going, group: plan.group)
        do {
            if chosen.isEmpty {
                let isLookedAt = try going != nil && isBesideRead(since: first)
                if !isLookedAt { try look(beside) }
                try readAll()
            } else {
                // A ledger that is not what was signed is told whatever was asked for.
                if target.store == nil, archive.isLedgerBroken {
                    for finding in try archive.ledgerFindings() { try enter(finding) }
                }
                try readChosen()
            }
            // Nothing strange is found on a disk that left, either.
            try target.requireAnswer()
            try end(isComplete: !isStopped)
            return group
        } catch is ReadingCut {
            try end(isComplete: false)
            return group
        } catch let failure {
            if let absence = archive.absence(after: failure, of: target) {
                // What was read before it left counts, and nothing that is missing since.
                self.absence = absence
                try end(isComplete: false)
                return group
            }
            if let refusal = archive.refusal(failure, by: target) {
                // A copy that may not be read hides no other store.
                try enter(refusal)
                try end(isComplete: false)
                return group
            }
            // What was read counts, however the run ended; the first failure is the one to tell.
            do { try end(isComplete: false) } catch { throw failure }
            throw failure
        }
    }

    private func begin(after going: AuditRun?, group known: Int64?) throws {
        var facts: [String: JSONValue] = ["scope": .string(scope)]
        if request.isDeep { facts["deep"] = true }
        if let store = target.store { facts["copy"] = .string(store.text) }
        if let going { facts["resumes"] = .number(going.first) }
        guard !isMute else {
            (began, first, group) = (archive.head.count, going?.first ?? archive.head.count, 0)
            return
        }
        let entry = try archive.record(
            archive.draft(LedgerAct.auditBegin, "fixity check", facts: facts))
        began = entry.sequence
        first = going?.first ?? began
        group = known ?? began
        started = going?.startedAt ?? entry.at
        incidents = RunIncidents(archive, target.store, target.name, run: began, first: first)
        try progress.begin(
            run: began, first: first, group: group, scope: scope, isDeep: request.isDeep,
            started: started)
    }

    private func isBesideRead(since run: Int64) throws -> Bool {
        try archive.catalog.wasBesideRead(in: target.store, since: run)
    }

    private var hasLooked = false

    private func look(_ beside: () throws -> [Finding]) throws {
        let findings = try beside() + audit.rootFindings()
        if !findings.isEmpty { try target.requireAnswer() }
        for finding in findings {
            try archive.world.stopIfInterrupted()
            try enter(finding)
        }
        hasLooked = true
        if !isMute { try progress.noteBeside() }
    }

    private func readAll() throws {
        let isAll = scope == AuditRun.everything
        try inWindow { window in try readDrawn(&window) }
        guard isAll, !isStopped else { return }
        try audit.forEachStray { stray in
            let found = try archive.judge(stray, by: audit, in: target)
            // A copy has it whole and has only not given its word for it yet.
            if let object = stray.object, found.findings.isEmpty { read.append(object) }
            try take(found, of: stray.object)
        }
    }

    /// Reads what the store holds, of a sample what is drawn, and at least one dossier.
    private func readDrawn(_ window: inout AuditWindow) throws {
        let lot = lots()
        var hasDrawn = false
        var spare: (lot: UInt64, copy: ReadableCopy)?
        try archive.catalog.forEachReadable(
            in: target.store, notSince: first, due: dueBefore()
        ) { copy in
            guard request.shard?.holds(copy.object) ?? true else { return true }
            let drawn = lot(copy.object)
            guard drawn % 1000 < request.perMille ?? 1000 else {
                if drawn < spare?.lot ?? .max { spare = (drawn, copy) }
                return true
            }
            hasDrawn = true
            return try window.begin(copy.object, inventory: copy.inventory, judge: judge)
        }
        // A sample without a dossier of the store would say that nothing is wrong, and have read nothing.
        guard !hasDrawn, let copy = spare?.copy else { return }
        _ = try window.begin(copy.object, inventory: copy.inventory, judge: judge)
    }

    private func readChosen() throws {
        try inWindow { window in
            for object in chosen {
                let inventory = try archive.catalog.inventoryDigest(of: object)
                guard try window.begin(object, inventory: inventory, judge: judge) else { break }
            }
        }
    }

    /// Reads dossiers side by side; where the run is stopped, those that were read whole are judged.
    private func inWindow(_ body: (inout AuditWindow) throws -> Void) throws {
        var window = AuditWindow(audit, request, archive.world)
        do {
            try body(&window)
            try window.finish(judge: judge)
        } catch let failure where failure is ReadingCut || Archive.isStop(failure) {
            do { try window.finishRead(judge: judge, leave: leave) } catch { throw failure }
            throw failure
        }
        isStopped = window.isStopped
    }

    /// What a run that was stopped had read of a dossier is not read again by the one that goes on.
    private func leave(_ object: ObjectIdentifier, _ readings: [String: FileReading]) {
        kept?.keep(readings, of: object, since: started)
    }

    private func judge(_ object: ObjectIdentifier, _ found: ObjectAuditResult) throws {
        try take(found, of: object)
        kept?.forget(object)
        read.append(object)
        if !isMute { try progress.note(object) }
    }

    private func take(_ found: ObjectAuditResult, of object: ObjectIdentifier?) throws {
        // Damage is what a store has that is there; on a disk that left everything would be missing.
        if !found.findings.isEmpty { try target.requireAnswer() }
        result.checked += 1
        result.bytes += found.bytes
        if let object, found.isDamaged { damaged.insert(object) }
        for finding in found.findings { try enter(finding) }
    }

    private func enter(_ finding: Finding) throws {
        result.findings.append(finding)
        guard !isMute else { return }
        let incident = try incidents?.number(for: finding)
        try archive.record(
            archive.findingDraft(finding, run: began, store: target.store, incident: incident))
        try archive.checkpointIfDue()
    }

    /// The lot of each dossier in a sample, drawn anew for each run; without one all have the same.
    private func lots() -> (ObjectIdentifier) -> UInt64 {
        guard request.perMille != nil else { return { _ in 0 } }
        let seed = archive.world.random()
        return { object in
            object.uuid.reduce(seed) { ($0 &* 0x100_0000_01B3) ^ UInt64($1) } >> 20
        }
    }

    private func dueBefore() throws -> Instant? {
        guard case .due = request.scope else { return nil }
        return try archive.dueLimit(in: target.store)
    }

    private func end(isComplete: Bool) throws {
        result.isComplete = isComplete
        result.damaged = damaged.count
        guard !isMute else { return }
        let isListed = !(isComplete && scope == AuditRun.everything)
        try AuditProgress.enter(isListed ? read : [], archive) { detail, isLast in
            endDraft(isComplete, detail, isLast: isLast)
        }
        result.incidents = try incidents?.end() ?? []
        try kept?.save()
        try progress.remove()
    }

    private func endDraft(_ isComplete: Bool, _ detail: Digest?, isLast: Bool) -> LedgerDraft {
        var facts: [String: JSONValue] = [
            "scope": .string(scope), "checked": .number(Int64(result.checked)),
            "bytes": .number(result.bytes), "damaged": .number(Int64(damaged.count)),
            "findings": .number(Int64(result.findings.count)),
            "started": .string(started.utcText), "begin": .number(began), "first": .number(first),
            "group": .number(group), "complete": .boolean(isComplete && isLast),
            "beside": .boolean(hasLooked),
        ]
        if request.isDeep { facts["deep"] = true }
        if let store = target.store { facts["copy"] = .string(store.text) }
        return archive.draft(
            LedgerAct.audit, "fixity check",
            outcome: result.findings.containsErrors ? .fail : .success, details: detail,
            facts: facts)
    }
}
