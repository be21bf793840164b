import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Time-stamps are renewed before they end: one token over the tokens of all batches (RFC 4998 §5.2).
extension Archive {
    /// Renews what is due, or all when told to; a dry run only says what is due.
    package func renewEvidence(
        _ request: RenewalRequest, progress: (Int) -> Void
    ) throws -> [RenewalOutcome] {
        let standings = try batchStandings()
        let due = standings.filter(\.isOverdue)
        let wanted = request.isForced ? standings : due
        let nothing = [RenewalOutcome(due: wanted.map(\.batch), findings: [])]
        let left = try RehashReading.left(in: self)
        guard !standings.isEmpty, !request.isDryRun,
            request.isForced || !due.isEmpty || left != nil
        else { return nothing }
        guard !configuration.stamping.authorities.isEmpty else {
            throw ArchiveFailure(.noAuthority, subject: layout.configuration.string)
        }
        let (roots, missing) = try adoptStampRoots()
        let asking = StampAsking(world: world, layout: layout, roots: roots)
        return try evidence {
            var outcomes: [RenewalOutcome] = []
            let isEnding = due.contains { $0.renewal == EvidenceRenewal.hashTree.rawValue }
            let isAsked = request.isHashTree && (request.isForced || !due.isEmpty)
            if isEnding || isAsked || left != nil {
                outcomes += try renewTrees(due.map(\.batch), asking, progress)
            }
            // Trees that nothing asks for yet do not keep tokens from being renewed in time.
            if !isEnding || outcomes.allSatisfy(\.isDone) {
                let isAll =
                    request.isForced && !request.isHashTree
                    && outcomes.allSatisfy { !$0.isDone }
                outcomes += try renewTimeStamps(
                    of: outcomes.isEmpty ? standings : batchStandings(), isAll: isAll, asking,
                    after: outcomes.first?.renewal)
            }
            let first = outcomes.first ?? RenewalOutcome(due: due.map(\.batch), findings: [])
            let late = standings.filter(\.hasEnded).map {
                Self.lapse(of: $0.batch, at: world.now())
            }
            return [first.with(missing + late)] + outcomes.dropFirst()
        }
    }

    /// One token for each digest that batches have: usually one for all of them.
    private func renewTimeStamps(
        of standings: [BatchStanding], isAll: Bool, _ asking: StampAsking, after rehash: Int64?
    ) throws -> [RenewalOutcome] {
        let history = try RenewalHistory(self)
        // What was stamped a moment ago is not stamped again, however soon it ends.
        let due = standings.filter(\.isOverdue).map(\.batch).filter { batch in
            rehash == nil || history.covering(batch).last?.number != rehash
        }
        let chosen = isAll ? standings.map(\.batch) : due
        let methods = Set(chosen.map { history.method(of: $0) })
        return try DigestMethod.allCases.filter(methods.contains).map { method in
            let draft = try RenewalDraft(
                (catalog.renewals().last?.number ?? 0) + 1, upTo: Int64(standings.count),
                method, in: self)
            let (stamp, refusals) = try asking.stamp(
                over: draft.root, method, by: configuration.stamping.authorities)
            guard let stamp else { return RenewalOutcome(due: due, findings: refusals) }
            try draft.store(stamp.token, in: self)
            let entry = try record(try renewalDraft(draft, stamp.token))
            return RenewalOutcome(
                due: due, entry: entry, batches: draft.covered, at: stamp, findings: refusals)
        }
    }

    /// What the ledger says of a renewal.
    private func renewalDraft(
        _ draft: RenewalDraft, _ token: TimeStampToken, more: [String: JSONValue] = [:]
    ) throws -> LedgerDraft {
        let facts: [String: JSONValue] = [
            "renewal": .number(draft.number), "batches": .number(draft.batches),
            "kind": .string(EvidenceRenewal.timeStamp.rawValue),
            "digest": .string(draft.tree.method.rawValue),
            "time": .string(Instant(seconds: token.generationTime).utcSecondsText),
            "authority": .string(String((token.signerCertificate?.subject ?? "").prefix(500))),
            "independent": .boolean(try !isTrial(token)),
        ]
        return self.draft(
            LedgerAct.renew, "digital signature generation",
            digests: [
                "leaves": Self.sha512(of: draft.leaves), "stamp": Self.sha512(of: token.der),
                "profile": Self.sha512(of: Array(BatchTexts.profile.utf8)),
                "readMe": Self.sha512(of: Array(draft.readMe.utf8)),
            ], facts: facts.merging(more) { one, _ in one })
    }

    /// A renewal that a crash left without its entry gets it when its token verifies, else it is set aside.
    func finishRenewal() throws {
        try finishRehash()
        let number = (try catalog.renewals().last?.number ?? 0) + 1
        let place = RenewalDraft.place(number, in: objects.layout.evidence)
        guard try world.volume.status(place.folder) != nil else { return }
        guard let (draft, token) = try provenRenewal(number, at: place) else {
            return try setAside(place, as: "evidence-" + RenewalDraft.name(number))
        }
        try record(try renewalDraft(draft, token, more: ["recovered": true]))
        recovered.append("evidence/" + RenewalDraft.name(number))
    }

    private func provenRenewal(
        _ number: Int64, at place: BatchLayout
    ) throws -> (RenewalDraft, TimeStampToken)? {
        do {
            let leaves = try world.volume.readAll(place.leaves, limit: 1 << 28)
            let token = try TimeStampToken(
                der: world.volume.readAll(place.stamp, limit: TimeStampToken.largest))
            guard let method = token.method else { return nil }
            let draft = try RenewalDraft(
                number, upTo: catalog.lastBatch()?.number ?? 0, method, in: self)
            guard draft.leaves == leaves, token.imprint == draft.root,
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
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return nil
        }
    }

    /// What of a renewal is not as it was entered; nil when all of it is.
    func fault(of renewal: CatalogedRenewal, _ roots: [Certificate]) throws -> String? {
        let place = RenewalDraft.place(renewal.number, in: objects.layout.evidence)
        do {
            for (path, digest) in [
                (place.stamp, renewal.stamp), (place.readMe, renewal.readMe),
                (place.profile, Self.sha512(of: Array(BatchTexts.profile.utf8))),
            ] where try Self.sha512(of: world.volume.readAll(path, limit: 1 << 24)) != digest {
                return path.lastComponent?.string
            }
            let token = try TimeStampToken(
                der: world.volume.readAll(place.stamp, limit: TimeStampToken.largest))
            guard let method = token.method, method.rawValue == renewal.digest else {
                return "stamps/0001.tst"
            }
            if let fault = try treeFault(of: renewal, at: place, token, method) { return fault }
            let check = token.check(at: token.generationTime, roots: roots)
            return check.problems.first?.fault.rawValue
        } catch let fault as LeavesReader.Fault {
            return "leaves:\(fault.line)"
        } catch let problem as TimeStampProblem {
            return problem.fault.rawValue
        } catch let problem as EvidenceProblem {
            return problem.fault.rawValue
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return failure.path.lastComponent?.string ?? ""
        }
    }

    private func treeFault(
        of renewal: CatalogedRenewal, at place: BatchLayout, _ token: TimeStampToken,
        _ method: DigestMethod
    ) throws -> String? {
        if let rehash = renewal.rehash {
            return try rehashFault(of: renewal, rehash, at: place, token, method)
        }
        let leaves = try world.volume.readAll(place.leaves, limit: 1 << 28)
        guard Self.sha512(of: leaves) == renewal.leaves else { return "leaves" }
        let draft = try RenewalDraft(renewal.number, upTo: renewal.batches, method, in: self)
        guard draft.leaves == leaves else { return "leaves" }
        return token.imprint == draft.root ? nil : "leaves, stamps/0001.tst"
    }

    /// Lets work on stored evidence fail with what is wrong with it.
    private func evidence<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let problem as TimeStampProblem {
            throw damaged(problem.fault.rawValue)
        } catch let problem as EvidenceProblem {
            throw damaged(problem.fault.rawValue)
        } catch let fault as LeavesReader.Fault {
            throw damaged("leaves:\(fault.line)")
        }
    }

    private func damaged(_ detail: String) -> ArchiveFailure {
        ArchiveFailure(.evidenceDamaged, subject: "evidence", ["detail": detail])
    }
}
