import Bundles
import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Records of another archive come into a fresh one: each gets its entry, as recovery makes it (`docs/export.md`).
struct PartImport {
    private let archive: Archive
    private let source: FilePath
    private let objects: ObjectImport
    private let progress: (Int) throws -> Void
    private var findings: [Finding] = []
    private var refused: [ObjectIdentifier] = []
    private var taken: Int64 = 0
    /// Dossiers of the export that are here now.
    private var present: Set<ObjectIdentifier> = []
    /// Whether any of them was not here before.
    private var isNew = false
    /// Whether an import has come to its end here before.
    private var hasEnded = false
    private var bytes: Int64 = 0

    init(
        _ archive: Archive, _ source: FilePath, isBare: Bool,
        progress: @escaping (Int) throws -> Void
    ) {
        self.archive = archive
        self.source = source
        self.progress = progress
        let volume = archive.world.volume
        objects = ObjectImport(
            from: ObjectStore(
                layout: isBare ? StoreLayout(bareObjects: source) : StoreLayout(root: source),
                volume: volume),
            to: archive.objects, volume: volume, progress: progress)
    }

    /// Imports the records of an export, which was verified.
    mutating func run(_ card: ExportCard, _ verification: ExportVerification) throws
        -> ImportReport
    {
        try requireFresh()
        let fatal: Set<FindingCode> = [.exportCardWrong, .exportUnfinished, .exportLedgerWrong]
        let isSound = !verification.findings.contains { fatal.contains($0.code) }
        refused = verification.refused.sorted()
        if isSound, !verification.accepted.isEmpty {
            try adopt(verification.trusted)
            try adopt(revocations: verification.revocations)
            for object in verification.accepted.sorted() {
                guard let inventory = verification.survey.inventories[object] else { continue }
                try take(object, inventory: inventory, from: card.archive)
            }
            let acts = ImportedActs(archive, from: source, of: card.archive)
            if try acts.take(of: present) { isNew = true }
            if isNew || !hasEnded {
                try recordEnd(from: card.archive, details: try acts.keepExcerpt())
            }
        }
        findings = verification.findings + verification.trustFindings + findings
        return report(
            verification.trusted,
            onlyUntrusted: !findings.containsBeyondTrust(verification.trustFindings))
    }

    /// Nothing but what an earlier run of an import brought may be here.
    private mutating func requireFresh() throws {
        let allowed = ImportedActs.travelling.union([
            LedgerAct.initialise, LedgerAct.policy, LedgerAct.importing, LedgerAct.package,
            LedgerAct.amend,
        ])
        var isFresh = true
        var hasEnded = false
        var survey = LedgerSurvey()
        _ = try archive.ledger.read { entry, _ in
            survey.take(entry)
            let act = entry.draft.act
            let facts = entry.draft.facts
            if !allowed.contains(act) { isFresh = false }
            if act == LedgerAct.importing, facts["dossiers"] != nil { hasEnded = true }
            let isOfDossier = entry.draft.object != nil
            if isOfDossier, facts["imported"] == nil, facts["recovered"] == nil {
                isFresh = false
            }
        }
        guard isFresh, survey.isAsFounded else {
            throw ArchiveFailure(.importNotFresh, subject: archive.layout.root.string)
        }
        self.hasEnded = hasEnded
    }

    /// Certificates of the old seals are adopted before the first object, so that a crash leaves nothing untrusted.
    private func adopt(_ certificates: [Certificate]) throws {
        let held = Set(try TrustAnchors.of(archive.policy).map(\.fingerprint))
        for certificate in certificates where !held.contains(certificate.fingerprint) {
            let kept = try archive.policy.keep(certificate.pem, as: .seal)
            try archive.record(
                archive.draft(
                    LedgerAct.policy, "policy assignment",
                    digests: ["policy/" + kept.name: kept.digest]))
        }
    }

    /// What the old archive revoked stays revoked here.
    private func adopt(revocations: [[UInt8]]) throws {
        let held = Set(try archive.policy.adopted(.revocation))
        for bytes in revocations where !held.contains(bytes) {
            let kept = try archive.policy.keep(bytes, as: .revocation)
            try archive.adopt(["policy/" + kept.name: kept.digest])
        }
    }

    private mutating func take(
        _ object: ObjectIdentifier, inventory: Digest, from origin: ObjectIdentifier?
    ) throws {
        try archive.world.stopIfInterrupted()
        let faults = try objects.take(object, inventory: inventory)
        guard faults.isEmpty else {
            findings += faults
            return refused.append(object)
        }
        let entered = try archive.catalog.object(object)?.version ?? 0
        let versions = try archive.objects.inventory(of: object).0.versions.count
        if entered == versions {
            present.insert(object)
            return taken += 1
        }
        let check = try StoredObject(
            object, in: archive.objects, volume: archive.world.volume,
            trusting: SealTrust.of(archive.policy), inventory: inventory
        ).check(progress: progress)
        guard check.verdict == .valid, let held = check.inventory else {
            findings += check.findings
            return refused.append(object)
        }
        var facts: [String: JSONValue] = ["imported": true]
        if let origin { facts["from"] = .string(origin.text) }
        bytes += try archive.recordStates(of: object, held, inventory, after: entered, facts: facts)
        taken += 1
        present.insert(object)
        isNew = true
    }

    private func recordEnd(from origin: ObjectIdentifier?, details: Digest?) throws {
        var facts: [String: JSONValue] = [
            "dossiers": .number(taken), "refused": .number(Int64(refused.count)),
        ]
        if let origin { facts["from"] = .string(origin.text) }
        try archive.record(
            archive.draft(LedgerAct.importing, "transfer", details: details, facts: facts))
    }

    private func report(_ trusted: [Certificate], onlyUntrusted: Bool) -> ImportReport {
        ImportReport(
            archive: archive.configuration.archive, isWhole: false, isDone: taken > 0,
            dossiers: taken,
            bytes: bytes, entries: archive.head.count, refused: refused.sorted(),
            fingerprints: trusted.map(\.fingerprint),
            findings: findings + refused.sorted().map { Finding(.importRefused, subject: $0.text) },
            isOnlyUntrusted: onlyUntrusted)
    }
}

extension PartImport {
    /// Imports the objects of a bare OCFL root, trusted by the certificates given alone.
    mutating func run(trusting trusted: [Certificate]) throws -> ImportReport {
        try requireFresh()
        let volume = archive.world.volume
        findings += try RootInspection.findings(of: objects.source, volume: volume)
        var accepted: [(ObjectIdentifier, Digest)] = []
        var distrust: [Finding] = []
        var found: [(ObjectIdentifier?, FilePath)] = []
        try objects.source.forEachObject { found.append(($0, $1)) }
        for (object, folder) in found {
            guard let object, folder == objects.source.folder(of: object) else {
                let name = object?.text ?? folder.lastComponent?.string ?? ""
                findings.append(Finding(.objectUnexpected, subject: name))
                continue
            }
            let check = try StoredObject(
                object, in: objects.source, volume: volume, trusting: SealTrust(trusted),
                inventory: nil
            ).check(progress: progress)
            if check.verdict == .valid, let digest = check.inventoryDigest {
                accepted.append((object, digest))
            } else {
                refused.append(object)
                if check.verdict == .untrusted {
                    distrust += check.findings
                } else {
                    findings += check.findings
                }
            }
        }
        if !accepted.isEmpty { try adopt(trusted) }
        for (object, inventory) in accepted { try take(object, inventory: inventory, from: nil) }
        if isNew || !hasEnded, taken > 0 { try recordEnd(from: nil, details: nil) }
        let isOnlyUntrusted = !findings.containsErrors && !distrust.isEmpty
        findings += distrust
        return report(trusted, onlyUntrusted: isOnlyUntrusted)
    }
}

extension [Finding] {
    /// Whether an error stands among them that is not one of trust.
    fileprivate func containsBeyondTrust(_ distrust: [Finding]) -> Bool {
        let known = Set(distrust)
        return contains { $0.severity == .error && !known.contains($0) }
    }
}
