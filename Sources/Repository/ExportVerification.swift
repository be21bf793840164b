import Bundles
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Reads an export whole and says whether it is what was exported: files, ledger, dossiers, seals, counts.
struct ExportVerification {
    let layout: ExportLayout
    let volume: any Volume
    let progress: (Int) throws -> Void
    /// Certificates given; without them those that the export's own ledger adopted.
    let given: SealTrust?
    private(set) var findings: [Finding] = []
    private(set) var trustFindings: [Finding] = []
    private(set) var signer: SignerFacts?
    private(set) var bytes: Int64 = 0
    private(set) var card: ExportCard?
    private(set) var survey = LedgerSurvey()
    private(set) var trusted: [Certificate] = []
    /// Files that revoke keys, as the export's own ledger adopted them.
    private(set) var revocations: [[UInt8]] = []
    private var isRevocationLost = false
    /// What is wrong with single dossiers; an import refuses these and takes the others.
    private(set) var refused: Set<ObjectIdentifier> = []
    /// Dossiers that are whole and whose seals are trusted.
    private(set) var accepted: Set<ObjectIdentifier> = []
    private var counts = ExportCounts()
    private var checkpoint: LedgerNote?
    private var stamped: StampedCheckpoint?
    private var stampRoots: [Certificate] = []
    private var trust = SealTrust([])

    init(
        _ root: FilePath, trusting given: SealTrust?, volume: any Volume,
        progress: @escaping (Int) throws -> Void
    ) {
        layout = ExportLayout(root: root)
        self.given = given
        self.volume = volume
        self.progress = progress
    }

    mutating func run() throws {
        guard let card = try readCard() else { return }
        try compareManifest()
        guard let ending = card.ending else {
            return report(.exportUnfinished, ExportLayout.cardName)
        }
        let tree = try readLedger(card, ending)
        try readPolicy()
        if let tree {
            try judge(tree)
        } else if card.scope.isEverything, try volume.status(layout.checkpoint) == nil,
            try !verifiers().isEmpty
        {
            report(.checkpointMissing, .warning, ExportLayout.checkpointName)
        }
        try readDetails()
        trust = gatheredTrust()
        if card.form == .ocfl {
            try checkObjects(ending)
        } else {
            try checkDossiers(card.form, ending)
        }
        compareCounts(ending.counts)
    }

    private mutating func report(
        _ code: FindingCode, _ severity: Finding.Severity = .error, _ subject: String,
        _ facts: [String: String] = [:]
    ) {
        findings.append(Finding(code, severity, subject: subject, facts))
    }

    mutating func report(_ code: FindingCode, _ subject: String, _ facts: [String: String] = [:]) {
        report(code, .error, subject, facts)
    }

    private mutating func readCard() throws -> ExportCard? {
        guard try volume.status(layout.card)?.kind == .file,
            let bytes = try volume.readIfSmall(layout.card, limit: ExportCard.limit),
            let card = ExportCard(bytes)
        else {
            report(.exportCardWrong, ExportLayout.cardName)
            return nil
        }
        self.card = card
        return card
    }

    private mutating func compareManifest() throws {
        guard try volume.status(layout.manifest)?.kind == .file else {
            return report(.exportFileMissing, ExportLayout.manifestName)
        }
        var comparison = try ManifestComparison(
            layout, volume: volume, buffer: WorkBuffer(count: 1 << 20), progress: progress)
        try comparison.run()
        findings += comparison.findings
        counts.files = comparison.files
        counts.bytes = comparison.bytes
        bytes = comparison.bytes
    }

    /// Gives what the ledger's checkpoint was compared with, where one came.
    private mutating func readLedger(_ card: ExportCard, _ ending: ExportCard.Ending) throws
        -> LedgerTreeCheck?
    {
        var tree = try exportedTree(card)
        let name = card.scope.isEverything ? ExportLayout.wholeLedger : ExportLayout.excerpt
        let path = layout.root.appending(name)
        guard try volume.status(layout.ledger)?.kind == .folder,
            try volume.status(path)?.kind == .file
        else {
            report(.exportFileMissing, name)
            return nil
        }
        do {
            let isRight =
                card.scope.isEverything
                ? try readWholeLedger(ending.ledger, &tree) : try readExcerpt(path, ending.ledger)
            if !isRight {
                report(.exportLedgerWrong, name, ["line": String(counts.entries)])
            }
        } catch let failure as LedgerFailure {
            report(.exportLedgerWrong, name, ["line": String(failure.sequence + 1)])
        }
        if let wrong = survey.firstWrong {
            report(.exportLedgerWrong, name, ["line": String(wrong + 1)])
        }
        if survey.archives != [card.archive] {
            report(.exportLedgerWrong, name, ["line": "1"])
        }
        return tree
    }

    /// The tree that the checkpoint of a whole ledger is compared with; nil when none came.
    private mutating func exportedTree(_ card: ExportCard) throws -> LedgerTreeCheck? {
        guard card.scope.isEverything, try volume.status(layout.checkpoint) != nil else {
            return nil
        }
        guard let note = try LedgerNote.read(layout.checkpoint, volume),
            note.checkpoint.origin == card.archive.text
        else {
            report(.checkpointWrong, ExportLayout.checkpointName)
            return nil
        }
        checkpoint = note
        var marks = [
            LedgerTreeCheck.Mark(name: ExportLayout.checkpointName, checkpoint: note.checkpoint)
        ]
        switch try StampedCheckpoint.read(StoreLayout(root: layout.root), volume) {
        case .none: break
        case .damaged(let detail):
            report(.checkpointStampWrong, ExportLayout.stampName, ["detail": detail])
        case .whole(let pair):
            stamped = pair
            marks.append(
                .init(name: ExportLayout.stampedName, checkpoint: pair.note.checkpoint))
        }
        return LedgerTreeCheck(marks: marks, tiles: nil, tileSize: 0)
    }

    /// Whether the checkpoint was signed by a key that the ledger adopted, over these entries.
    private mutating func judge(_ tree: LedgerTreeCheck) throws {
        let verifiers = try verifiers().map { LedgerVerifier(verifier: $0) }
        if checkpoint?.isSigned(byOneOf: verifiers) != true {
            report(.checkpointWrong, ExportLayout.checkpointName)
        }
        if stamped?.note.isSigned(byOneOf: verifiers) == false {
            report(.checkpointWrong, ExportLayout.stampedName)
        }
        if let problem = stamped?.problem(stampRoots) {
            report(.checkpointStampWrong, ExportLayout.stampName, ["detail": problem])
        }
        for mark in tree.wrong + tree.beyond {
            report(.ledgerInconsistent, mark.name, ["entry": String(mark.checkpoint.size)])
        }
    }

    /// The keys of checkpoints that the ledger adopted.
    private func verifiers() throws -> [NoteVerifier] {
        let names = survey.policy.keys.filter { PolicyFile("policy/" + $0)?.kind == .ledger }
        return try names.compactMap { name in
            let path = layout.policy.appending(name)
            guard try volume.status(path)?.kind == .file else { return nil }
            return try volume.readIfSmall(path, limit: Configuration.limit).flatMap {
                NoteVerifier(String(decoding: $0, as: UTF8.self).trimmed)
            }
        }
    }

    /// The whole ledger must end exactly where the card says.
    private mutating func readWholeLedger(
        _ expected: ExportCard.ExportedHead, _ tree: inout LedgerTreeCheck?
    ) throws -> Bool {
        var survey = LedgerSurvey()
        let ledger = Ledger(folder: layout.ledger, volume: volume)
        let head = try ledger.read { entry, _ in
            survey.take(entry)
            try tree?.take(Array(entry.line.utf8))
        }
        self.survey = survey
        counts.entries = head.count
        let size = try volume.status(layout.root.appending(ExportLayout.wholeLedger))?.size
        return head.size == expected.size && head.count == expected.count
            && head.last == expected.last && size == head.size
    }

    /// No line of an excerpt may stand behind the end that the card names.
    private mutating func readExcerpt(_ path: FilePath, _ expected: ExportCard.ExportedHead) throws
        -> Bool
    {
        var survey = LedgerSurvey()
        var count: Int64 = 0
        var isInside = true
        try LedgerExcerpt.read(volume.open(path)) { entry in
            survey.take(entry)
            count += 1
            if entry.sequence >= expected.count { isInside = false }
        }
        self.survey = survey
        counts.entries = count
        return isInside
    }

    private mutating func readPolicy() throws {
        trusted = given?.certificates ?? []
        for name in survey.policy.keys.sorted() {
            let path = layout.policy.appending(name)
            guard LedgerSurvey.isPlainName(name), try volume.status(path)?.kind == .file else {
                report(.policyFileMissing, "policy/" + name)
                noteLost(name)
                continue
            }
            guard let bytes = try volume.readIfSmall(path, limit: Configuration.limit * 4),
                PolicyStore.digest(of: bytes) == survey.policy[name]
            else {
                report(.policyFileWrong, "policy/" + name)
                noteLost(name)
                continue
            }
            if PolicyFile("policy/" + name)?.kind == .revocation { revocations.append(bytes) }
            if let register = PolicyFile("policy/" + name)?.kind.register,
                RegisterEntry(register, reading: bytes) == nil
            {
                report(.policyFileWrong, "policy/" + name)
            }
            if PolicyFile("policy/" + name)?.kind == .stampRoots {
                stampRoots += (try? Certificate.reading(pem: bytes)) ?? []
            }
            if given == nil, name.hasPrefix("seal-"), name.hasSuffix(".crt") {
                trusted += (try? Certificate.reading(pem: bytes)) ?? []
            }
        }
        let names = try names(in: layout.policy)
        for name in names where survey.policy[name] == nil {
            report(.policyFileUnadopted, "policy/" + name)
        }
        counts.policy = Int64(names.count)
    }

    private mutating func noteLost(_ name: String) {
        if PolicyFile("policy/" + name)?.kind == .revocation { isRevocationLost = true }
    }

    /// Keys that the export's own ledger revokes, and those that whoever checks knows of.
    private func gatheredTrust() -> SealTrust {
        let store = SealTime(store: StoreLayout(root: layout.root), volume: volume) {
            [stampRoots] in stampRoots
        }
        var since: [String: Instant] = [:]
        var isUnknown = isRevocationLost
        for bytes in revocations {
            guard let found = KeyRevocation(bytes) else {
                isUnknown = true
                continue
            }
            since[found.fingerprint] = min(since[found.fingerprint] ?? found.since, found.since)
        }
        for certificate in trusted {
            guard let known = given?.revoked.revocation(of: certificate.fingerprint) else {
                continue
            }
            since[certificate.fingerprint] = min(since[certificate.fingerprint] ?? known, known)
        }
        return SealTrust(
            trusted,
            revoked: RevokedKeys(since: since, isUnknown: isUnknown) {
                try store.provenBefore($0, version: $1, $2)
            })
    }

    private mutating func readDetails() throws {
        for digest in survey.details.map(\.hex).sorted()
        where try volume.status(layout.details.appending(digest + ".json")) == nil {
            report(.detailsFileWrong, .warning, "details/\(digest).json")
        }
        let details = Details(folder: layout.details, volume: volume)
        let names = try names(in: layout.details)
        for name in names {
            guard let digest = Digest(.sha256, hex: name.prefix(64)),
                name == digest.hex + ".json", survey.details.contains(digest),
                try details.isRight(digest)
            else {
                report(.detailsFileWrong, "details/" + name)
                continue
            }
        }
        counts.details = Int64(names.count)
    }

    /// The names in a flat folder that may be missing.
    private func names(in folder: FilePath) throws -> [String] {
        guard try volume.status(folder)?.kind == .folder else { return [] }
        return try volume.list(folder).map(\.name.string)
    }

    private mutating func compareCounts(_ expected: ExportCounts) {
        let pairs = [
            ("dossiers", expected.dossiers, counts.dossiers),
            ("files", expected.files, counts.files), ("bytes", expected.bytes, counts.bytes),
            ("details", expected.details, counts.details),
            ("policy", expected.policy, counts.policy),
            ("entries", expected.entries, counts.entries),
        ]
        for (what, said, found) in pairs where said != found {
            report(
                .exportCountsWrong, ExportLayout.cardName,
                ["what": what, "expected": String(said), "found": String(found)])
        }
    }
}

/// The dossiers of an export, each judged with its bundles and seals.
extension ExportVerification {
    private mutating func checkObjects(_ ending: ExportCard.Ending) throws {
        let store = ObjectStore(layout: StoreLayout(root: layout.root), volume: volume)
        let rootFindings = try RootInspection.findings(of: store, volume: volume)
        findings += rootFindings
        var unseen = survey.inventories
        if try volume.status(layout.objects)?.kind == .folder {
            var found: [(ObjectIdentifier?, FilePath)] = []
            try store.forEachObject { found.append(($0, $1)) }
            for (object, folder) in found {
                guard let object, folder == store.folder(of: object),
                    let inventory = unseen.removeValue(forKey: object)
                else {
                    let name = object?.text ?? folder.lastComponent?.string ?? ""
                    report(.objectWithoutEntry, name)
                    continue
                }
                try check(object, in: store, inventory)
            }
        }
        reportUnseen(unseen.keys.sorted(), ending)
    }

    private mutating func check(
        _ object: ObjectIdentifier, in store: ObjectStore, _ inventory: Digest
    ) throws {
        let stored = StoredObject(
            object, in: store, volume: volume, trusting: trust, inventory: inventory)
        let check: StoredObject.Check
        do {
            check = try stored.check(progress: progress)
        } catch let failure as FileFailure {
            // One file that cannot be read must not hide what is the matter with the others.
            try FileUnreadable.stopUnlessRot(failure)
            refused.insert(object)
            return report(
                .fileUnreadable, object.text + "/" + (failure.path.lastComponent?.string ?? ""),
                ["reason": failure.errno.description])
        }
        counts.dossiers += 1
        signer = signer ?? check.signer
        guard check.verdict != .valid else {
            accepted.insert(object)
            findings += check.findings
            return
        }
        refused.insert(object)
        if check.verdict == .untrusted {
            trustFindings += check.findings
        } else {
            findings += check.findings
        }
    }

    private mutating func checkDossiers(
        _ form: ExportRequest.Form, _ ending: ExportCard.Ending
    ) throws {
        var unseen = survey.sums
        let isThere = try volume.status(layout.dossiers)?.kind == .folder
        for entry in isThere ? try volume.list(layout.dossiers) : [] {
            let place = layout.dossiers.appending(entry.name)
            guard entry.kind == .folder, let object = try object(in: place),
                let sums = unseen.removeValue(forKey: object)
            else {
                report(.exportFileExtra, "dossiers/" + entry.name.string)
                continue
            }
            try check(object, in: place, sums, form)
            counts.dossiers += 1
        }
        reportUnseen(unseen.keys.sorted(), ending)
    }

    private mutating func check(
        _ object: ObjectIdentifier, in place: FilePath, _ sums: [Digest],
        _ form: ExportRequest.Form
    ) throws {
        var check = UnpackedCheck(
            object, in: place, expecting: sums, form: form, volume: volume, trusting: trust)
        do {
            try check.run()
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            report(
                .fileUnreadable, object.text + "/" + (failure.path.lastComponent?.string ?? ""),
                ["reason": failure.errno.description])
        }
        findings += check.findings
        trustFindings += check.trustFindings
        signer = signer ?? check.signer
    }

    /// The dossier whose files lie in a folder, by the names they have.
    private func object(in folder: FilePath) throws -> ObjectIdentifier? {
        for entry in try volume.list(folder) {
            let stem = entry.name.string.split(separator: ".").first ?? ""
            if let object = ObjectIdentifier(stem) { return object }
        }
        return nil
    }

    private mutating func reportUnseen(
        _ objects: [ObjectIdentifier], _ ending: ExportCard.Ending
    ) {
        let excused = Set(ending.missing.map(\.object))
        for object in objects {
            report(
                .exportDossierMissing, excused.contains(object) ? .warning : .error, object.text)
        }
    }
}
