import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Before their digest ends, batches get new trees over all files, which are read again (RFC 4998 §5.2).
extension Archive {
    /// Renews the hash trees of every batch that has another digest than the one that lasts longest.
    func renewTrees(
        _ due: [Int64], _ asking: StampAsking, _ progress: (Int) -> Void
    ) throws -> [RenewalOutcome] {
        guard let plan = try rehashPlan() else { return [] }
        var reading = try RehashReading(plan, in: self)
        try reading.run(progress)
        let draft = try RehashDraft.gather(reading, in: self)
        let named = reading.progress.findings.count { $0.code == .versionNotRehashed }
        guard let draft, draft.leftOut.count == named else {
            try RehashReading.clear(in: self)
            // Nothing could be read as it was stored; else what was gathered is not what was read.
            if draft == nil, named > 0 {
                return [RenewalOutcome(due: due, findings: reading.progress.findings)]
            }
            throw ArchiveFailure(
                .evidenceDamaged, subject: "incoming/" + RehashReading.folderName,
                ["detail": "progress.json, files"])
        }
        let (stamp, refusals) = try asking.stamp(
            over: draft.root, plan.method, by: configuration.stamping.authorities)
        let findings = draft.progress.findings + refusals
        guard let stamp else {
            try draft.abandon(in: self)
            return [RenewalOutcome(due: due, findings: findings)]
        }
        try draft.store(stamp.token, in: self)
        let entry = try enter(draft, stamp.token)
        return [
            RenewalOutcome(
                due: due, entry: entry, batches: Int64(try plan.rows(in: self).count), at: stamp,
                findings: findings)
        ]
    }

    /// What is to be done: what an earlier run began, while it still fits, else all batches as they are now.
    private func rehashPlan() throws -> RehashPlan? {
        let number = (try catalog.renewals().last?.number ?? 0) + 1
        if let left = try RehashReading.left(in: self)?.plan, left.number == number {
            let again = try RehashPlan(
                number: number, batches: left.batches, left.method, started: left.started,
                in: self)
            if again == left, world.algorithms.end(of: left.method).covers(world.now().seconds) {
                return left
            }
        }
        let last = try catalog.lastBatch()?.number ?? 0
        let used = try RenewalHistory(self).method(of: 1)
        let now = world.now()
        guard let method = world.algorithms.longestLived(at: now.seconds, besides: used) else {
            return nil
        }
        let plan = try RehashPlan(
            number: number, batches: last, method, started: now, in: self)
        return try plan.rows(in: self).isEmpty ? nil : plan
    }

    /// One entry for the renewal, which is a fixity check too, and one for each thing that was found.
    @discardableResult
    private func enter(
        _ draft: RehashDraft, _ token: TimeStampToken, more: [String: JSONValue] = [:]
    ) throws -> LedgerEntry {
        let entry = try record(try rehashEntry(draft, token, more: more))
        var incidents = RunIncidents(
            self, nil, ArchiveLayout.firstStore, run: entry.sequence, first: entry.sequence)
        for finding in draft.progress.findings {
            let incident = try incidents.number(for: finding)
            try record(findingDraft(finding, run: entry.sequence, incident: incident))
        }
        _ = try incidents.end()
        try RehashReading.clear(in: self)
        return entry
    }

    private func rehashEntry(
        _ draft: RehashDraft, _ token: TimeStampToken, more: [String: JSONValue]
    ) throws -> LedgerDraft {
        let plan = draft.plan
        let leftOut = draft.leftOut
        var list: Digest?
        if !leftOut.isEmpty {
            var chance = Chance(world)
            let names = leftOut.map { JSONValue.string("\($0.object.text) v\($0.version)") }
            list = try details.keep(["leftOut": .array(names)], salt: &chance)
        }
        let facts: [String: JSONValue] = [
            "renewal": .number(plan.number), "batches": .number(plan.batches),
            "kind": .string(EvidenceRenewal.hashTree.rawValue),
            "digest": .string(plan.method.rawValue), "versions": .number(Int64(draft.versions)),
            "time": .string(Instant(seconds: token.generationTime).utcSecondsText),
            "authority": .string(String((token.signerCertificate?.subject ?? "").prefix(500))),
            "independent": .boolean(try !isTrial(token)),
            "scope": "evidence", "checked": .number(Int64(draft.versions + leftOut.count)),
            "bytes": .number(draft.progress.read),
            "damaged": .number(Int64(Set(leftOut.map(\.object)).count)),
            "findings": .number(Int64(draft.progress.findings.count)),
            "started": .string(plan.started.utcText),
        ]
        return self.draft(
            LedgerAct.renew, "digital signature generation",
            digests: [
                "leaves": draft.leaves, "files": draft.files, "stamp": Self.sha512(of: token.der),
                "profile": Self.sha512(of: Array(BatchTexts.profile.utf8)),
                "readMe": Self.sha512(of: Array(draft.readMe.utf8)),
            ], outcome: leftOut.isEmpty ? .success : .fail, details: list,
            facts: facts.merging(more) { one, _ in one })
    }

    /// A hash-tree renewal that a crash left without its entry gets it when all of it verifies.
    func finishRehash() throws {
        let number = (try catalog.renewals().last?.number ?? 0) + 1
        let left = try RehashReading.left(in: self)
        if (left?.plan.number ?? 0) < number { try RehashReading.clear(in: self) }
        let place = RenewalDraft.place(number, in: objects.layout.evidence)
        guard try world.volume.status(place.files) != nil else { return }
        guard let (draft, token) = try provenRehash(number, at: place, left) else {
            return try setAside(place, as: "evidence-" + RenewalDraft.name(number))
        }
        try enter(draft, token, more: ["recovered": true])
        recovered.append("evidence/" + RenewalDraft.name(number))
    }

    private func provenRehash(
        _ number: Int64, at place: BatchLayout, _ left: RehashProgress?
    ) throws -> (RehashDraft, TimeStampToken)? {
        do {
            let token = try TimeStampToken(
                der: world.volume.readAll(place.stamp, limit: TimeStampToken.largest))
            guard let method = token.method else { return nil }
            let batches = try left?.plan.batches ?? catalog.lastBatch()?.number ?? 0
            let plan = try RehashPlan(
                number: number, batches: batches, method,
                started: left?.plan.started ?? world.now(), in: self)
            let progress = left.flatMap { $0.plan == plan ? $0 : nil } ?? RehashProgress(plan)
            guard let draft = try compared(progress, at: place), token.imprint == draft.root,
                try world.volume.readAll(place.readMe, limit: 1 << 16)
                    == Array(draft.readMe.utf8),
                try world.volume.readAll(place.profile, limit: 1 << 16)
                    == Array(BatchTexts.profile.utf8)
            else { return nil }
            let check = token.check(at: world.now().seconds, roots: try stampRoots())
            return check.problems.isEmpty ? (draft, token) : nil
        } catch is TimeStampProblem {
            return nil
        } catch is EvidenceProblem {
            return nil
        } catch is LeavesReader.Fault {
            return nil
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return nil
        }
    }

    /// The renewal as its files and the batches make it; nil where `leaves` says something else.
    private func compared(
        _ progress: RehashProgress, at place: BatchLayout
    ) throws -> RehashDraft? {
        var leaves = LeavesReader(try world.volume.open(place.leaves), progress.plan.method)
        var isRight = true
        let draft = try RehashDraft(progress, files: place.files, in: self) { leaf in
            if isRight { isRight = try leaves.next() == leaf }
        }
        guard isRight, try leaves.next() == nil else { return nil }
        return draft
    }

    /// What of a hash-tree renewal's leaves is not as it was entered.
    func rehashFault(
        of renewal: CatalogedRenewal, _ rehash: CatalogedRenewal.Rehash, at place: BatchLayout,
        _ token: TimeStampToken, _ method: DigestMethod
    ) throws -> String? {
        let plan = try RehashPlan(
            number: renewal.number, batches: renewal.batches, method, started: renewal.at,
            in: self)
        do {
            guard let draft = try compared(RehashProgress(plan), at: place) else {
                return "leaves, files"
            }
            if draft.files != rehash.files { return "files" }
            if draft.leaves != renewal.leaves { return "leaves" }
            return token.imprint == draft.root ? nil : "leaves, stamps/0001.tst"
        } catch let fault as LeavesReader.Fault {
            return "leaves, files:\(fault.line)"
        }
    }
}
