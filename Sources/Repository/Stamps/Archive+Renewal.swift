import Cataloging
import Cryptography
import Evidence
import Files
package import Records
import Storage
import SystemPackage

/// What became of a renewal.
package struct RenewalOutcome: Sendable {
    /// Batches whose time has come.
    package let due: [Int64]
    /// The renewal's number; nil when nothing was stamped.
    package let renewal: Int64?
    /// How many batches its token covers.
    package let batches: Int64
    package let at: Instant?
    package let authority: String
    package let isIndependent: Bool
    package let findings: [Finding]
}

/// Time-stamps are renewed before they end: one token over the tokens of all batches (RFC 4998 §5.2).
extension Archive {
    /// Renews all batches when one is due, or when told to; a dry run only says which are.
    package func renewStamps(isDryRun: Bool, isForced: Bool) throws -> RenewalOutcome {
        let standings = try batchStandings()
        let due = standings.filter(\.isOverdue).map(\.batch)
        func outcome(_ findings: [Finding]) -> RenewalOutcome {
            RenewalOutcome(
                due: due, renewal: nil, batches: 0, at: nil, authority: "", isIndependent: false,
                findings: findings)
        }
        guard !standings.isEmpty, !isDryRun, isForced || !due.isEmpty else { return outcome([]) }
        guard !configuration.stamping.authorities.isEmpty else {
            throw ArchiveFailure(.noAuthority, subject: layout.configuration.string)
        }
        let (roots, missing) = try adoptStampRoots()
        let draft = try evidence {
            try RenewalDraft(
                (catalog.renewals().last?.number ?? 0) + 1, upTo: Int64(standings.count), in: self)
        }
        let asking = StampAsking(world: world, layout: layout, roots: roots)
        let (stamp, refusals) = try asking.stamp(
            over: draft.root, by: configuration.stamping.authorities)
        guard let stamp else { return outcome(missing + refusals) }
        try draft.store(stamp.token, in: self)
        let entry = try record(try renewalDraft(draft, stamp.token))
        let isIndependent = entry.draft.facts["independent"] == true
        let own =
            isIndependent
            ? [] : [Finding(.stampNotIndependent, .information, subject: stamp.authority.name)]
        return RenewalOutcome(
            due: due, renewal: draft.number, batches: draft.batches,
            at: Instant(seconds: stamp.token.generationTime),
            authority: entry.draft.facts["authority"]?.stringValue ?? "",
            isIndependent: isIndependent, findings: missing + refusals + own)
    }

    /// What the ledger says of a renewal.
    private func renewalDraft(
        _ draft: RenewalDraft, _ token: TimeStampToken, more: [String: JSONValue] = [:]
    ) throws -> LedgerDraft {
        let facts: [String: JSONValue] = [
            "renewal": .number(draft.number), "batches": .number(draft.batches),
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
            let batches = try catalog.lastBatch()?.number ?? 0
            let leaves = try world.volume.readAll(place.leaves, limit: 1 << 28)
            let count = Int64(leaves.count(where: { $0 == 0x0A }))
            guard (1...max(1, batches)).contains(count) else { return nil }
            let draft = try RenewalDraft(number, upTo: count, in: self)
            let token = try TimeStampToken(
                der: world.volume.readAll(place.stamp, limit: TimeStampToken.largest))
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
                (place.leaves, renewal.leaves), (place.stamp, renewal.stamp),
                (place.readMe, renewal.readMe),
                (place.profile, Self.sha512(of: Array(BatchTexts.profile.utf8))),
            ] where try Self.sha512(of: world.volume.readAll(path, limit: 1 << 28)) != digest {
                return path.lastComponent?.string
            }
            let draft = try RenewalDraft(renewal.number, upTo: renewal.batches, in: self)
            guard Self.sha512(of: draft.leaves) == renewal.leaves else { return "leaves" }
            let token = try TimeStampToken(
                der: world.volume.readAll(place.stamp, limit: TimeStampToken.largest))
            guard token.imprint == draft.root else { return "leaves, stamps/0001.tst" }
            let check = token.check(at: token.generationTime, roots: roots)
            return check.problems.first?.fault.rawValue
        } catch let problem as TimeStampProblem {
            return problem.fault.rawValue
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return failure.path.lastComponent?.string ?? ""
        }
    }

    /// The stamps of the renewals that cover a batch, each over all tokens before it.
    func renewingStamps(of batch: Int64) throws -> [ArchiveTimeStamp] {
        let chains = try TokenChains(self)
        let tokens = try chains.tokens(of: batch)
        return try chains.renewals.filter { $0.batches >= batch }.enumerated().map {
            index, renewal in
            let draft = try RenewalDraft(renewal.number, upTo: renewal.batches, in: self)
            let earlier = tokens.prefix(index + 1).map { DigestMethod.sha512.digest(of: $0.der) }
            return try LeafGroup(earlier, .sha512).stamp(
                path: draft.tree.path(for: Int(batch) - 1), token: renewal.token)
        }
    }

    /// Lets work on stored evidence fail with what is wrong with it.
    private func evidence<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let problem as TimeStampProblem {
            throw ArchiveFailure(
                .evidenceDamaged, subject: "evidence", ["detail": problem.fault.rawValue])
        }
    }
}
