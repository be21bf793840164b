import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Versions that wait go into a batch under one time-stamp (`docs/evidence.md`).
extension Archive {
    /// Closes the open batch now; what is wrong with an authority is a warning, and the versions go on waiting.
    package func stamp() throws -> StampOutcome {
        guard !configuration.stamping.authorities.isEmpty else {
            throw ArchiveFailure(.noAuthority, subject: layout.configuration.string)
        }
        let waiting = try catalog.waitingStates().count
        guard waiting > 0 else { return StampOutcome(stamped: nil, waiting: 0, findings: []) }
        let (roots, findings) = try adoptStampRoots()
        var draft = try BatchDraft(self)
        guard try draft.gather() else {
            return StampOutcome(stamped: nil, waiting: waiting, findings: findings)
        }
        let asking = StampAsking(world: world, layout: layout, roots: roots)
        let (stamp, refusals) = try asking.stamp(
            over: draft.root, .sha512, by: configuration.stamping.authorities)
        guard let stamp else {
            try draft.abandon()
            return StampOutcome(stamped: nil, waiting: waiting, findings: findings + refusals)
        }
        try draft.store(stamp.token)
        let entry = try record(try stampDraft(draft, stamp.token))
        let isIndependent = stamp.authority != .trial
        let own =
            isIndependent
            ? [] : [Finding(.stampNotIndependent, .information, subject: stamp.authority.name)]
        return StampOutcome(
            stamped: StampOutcome.Stamped(
                batch: draft.number, versions: Int64(draft.count),
                at: Instant(seconds: stamp.token.generationTime),
                authority: entry.draft.facts["authority"]?.stringValue ?? "",
                isIndependent: isIndependent),
            waiting: try catalog.waitingStates().count, findings: findings + refusals + own)
    }

    /// Closes the open batch when its number or age asks for it; nil when it does not, or nobody could stamp.
    package func stampIfDue() throws -> StampOutcome? {
        let policy = configuration.stamping
        guard !policy.authorities.isEmpty else { return nil }
        let waiting = try catalog.waitingStates()
        guard let since = waiting.since else { return nil }
        let age = world.now().seconds - since.seconds
        guard waiting.count >= policy.batchCount || age >= policy.batchAgeHours * 3600 else {
            return nil
        }
        return try stamp()
    }

    /// How the evidence of all versions stands.
    package func evidenceStanding() throws -> EvidenceStanding {
        let waiting = try catalog.waitingStates()
        let batches = try catalog.batches()
        let renewals = try catalog.renewals()
        let isOwn = batches.contains { batch in
            !batch.isIndependent
                && !renewals.covering(batch.number).contains(where: \.isIndependent)
        }
        let state: EvidenceStanding.State =
            configuration.stamping.authorities.isEmpty && batches.isEmpty
            ? .none : waiting.count > 0 ? .pending : isOwn ? .notIndependent : .stamped
        return EvidenceStanding(
            state: state, waiting: waiting.count, since: waiting.since,
            batches: Int64(batches.count))
    }

    /// What the ledger says of a batch; the same words are made again when recovery completes one.
    func stampDraft(
        _ draft: BatchDraft, _ token: TimeStampToken, more: [String: JSONValue] = [:]
    ) throws -> LedgerDraft {
        let isIndependent = try !isTrial(token)
        let readMe = BatchTexts.readMe(versions: draft.count, root: draft.root)
        let digests = [
            "leaves": draft.leaves, "stamp": Self.sha512(of: token.der),
            "readMe": Self.sha512(of: Array(readMe.utf8)),
            "profile": Self.sha512(of: Array(BatchTexts.profile.utf8)),
        ]
        let facts: [String: JSONValue] = [
            "batch": .number(draft.number), "first": .number(draft.first),
            "last": .number(draft.last), "versions": .number(Int64(draft.count)),
            "time": .string(Instant(seconds: token.generationTime).utcSecondsText),
            "authority": .string(String((token.signerCertificate?.subject ?? "").prefix(500))),
            "independent": .boolean(isIndependent),
        ]
        return self.draft(
            LedgerAct.stamp, "digital signature generation",
            digests: digests,
            facts: facts.merging(more) { one, _ in one })
    }

    static func sha512(of bytes: [UInt8]) -> Digest {
        return Digest(sha512: Hasher.digest(.sha512, of: bytes))
    }

    /// Whether a token is the archive's own authority's.
    func isTrial(_ token: TimeStampToken) throws -> Bool {
        if token.policy == TrialAuthority.policy { return true }
        guard let certificate = token.signerCertificate,
            try world.volume.status(layout.trialCertificate)?.kind == .file
        else { return false }
        let own = try Certificate.reading(
            pem: world.volume.readAll(layout.trialCertificate, limit: Configuration.limit))
        return own.contains { $0.der == certificate.der }
    }
}
