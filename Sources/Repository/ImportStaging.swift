import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Builds the ledger, policy and details of an imported archive aside, with the entries that tell of the import.
struct ImportStaging {
    let layout: ArchiveLayout
    let store: StoreLayout
    let source: ExportLayout
    let configuration: Configuration
    let survey: LedgerSurvey
    let copy: FileCopy
    let world: World

    /// Where it is built, laid out as a store.
    static func folder(in store: StoreLayout) -> StoreLayout {
        StoreLayout(root: store.incoming.appending("import"))
    }

    func build(
        _ head: ExportCard.ExportedHead, archive: ObjectIdentifier, facts: [String: JSONValue]
    ) throws {
        let staged = Self.folder(in: store)
        try world.volume.removeTree(staged.root)
        for folder in [staged.ledger, staged.details, staged.policy] {
            try world.volume.makeDurableFolders(folder)
        }
        try stageDetails(staged)
        try stageEvidence(staged)
        let adopted = try stagePolicy(staged, archive)
        let card = try stageCard(staged, archive)
        try stageLedger(staged, head, archive, adopted, card, facts)
        for folder in [staged.ledger, staged.details, staged.policy, staged.root] {
            try world.volume.synchronizeFolder(folder)
        }
    }

    private func stageDetails(_ staged: StoreLayout) throws {
        let details = Details(folder: source.details, volume: world.volume)
        for digest in survey.details where try details.isRight(digest) {
            let name = digest.hex + ".json"
            _ = try copy.put(
                world.volume.readAll(source.details.appending(name), limit: Details.limit),
                to: staged.details.appending(name))
        }
    }

    /// The exported policy, and what this archive adds: its own seal's certificate and where its store lies.
    private func stagePolicy(_ staged: StoreLayout, _ archive: ObjectIdentifier) throws -> [String:
        Digest]
    {
        for (name, digest) in survey.policy where LedgerSurvey.isPlainName(name) {
            let path = source.policy.appending(name)
            guard try world.volume.status(path)?.kind == .file,
                let bytes = try world.volume.readIfSmall(path, limit: Configuration.limit * 4),
                PolicyStore.digest(of: bytes) == digest
            else { continue }
            _ = try copy.put(bytes, to: staged.policy.appending(name))
        }
        let policy = PolicyStore(layout: staged, volume: world.volume, archive: archive)
        var adopted: [String: Digest] = [:]
        let certificate = try world.volume.readAll(
            layout.sealCertificate, limit: Configuration.limit)
        if try !isHeld(certificate, policy) {
            let kept = try policy.keep(certificate, as: .seal)
            adopted["policy/" + kept.name] = kept.digest
        }
        let old = try policy.newest(.configuration)
        let new = try ImportedConfiguration.adapted(old, to: configuration)
        if new != old {
            let kept = try policy.keep(new, as: .configuration)
            adopted["policy/" + kept.name] = kept.digest
        }
        return adopted
    }

    /// Whether the exported archive already had this certificate: its keys were brought along.
    private func isHeld(_ certificate: [UInt8], _ policy: PolicyStore) throws -> Bool {
        try policy.files(of: .seal).contains { try policy.bytes(of: $0.name) == certificate }
    }

    private func stageCard(_ staged: StoreLayout, _ archive: ObjectIdentifier) throws -> StoreCard {
        let bytes = try world.volume.readAll(store.card, limit: 64 * 1024)
        guard let fresh = StoreCard(bytes) else {
            throw ArchiveFailure(.storeForeign, subject: store.root.string)
        }
        let card = StoreCard(
            archive: archive, store: fresh.store, epoch: survey.epoch + 1, created: fresh.created)
        _ = try copy.put(card.bytes, to: staged.card)
        return card
    }

    /// The exported ledger byte for byte, then what was done here.
    private func stageLedger(
        _ staged: StoreLayout, _ expected: ExportCard.ExportedHead, _ archive: ObjectIdentifier,
        _ adopted: [String: Digest], _ card: StoreCard, _ facts: [String: JSONValue]
    ) throws {
        do {
            _ = try copy.copy(
                source.root.appending(ExportLayout.wholeLedger), expecting: nil,
                to: staged.ledger.appending("entries.jsonl"))
        } catch FileCopy.SourceFailure.unreadable(let failure) {
            throw failure
        }
        let ledger = Ledger(folder: staged.ledger, volume: world.volume)
        var head = try ledger.read { _, _ in }
        guard head.size == expected.size, head.last == expected.last else {
            throw LedgerFailure(.inconsistent, sequence: head.count)
        }
        func append(_ draft: LedgerDraft) throws {
            head = try ledger.append(draft, archive: archive, at: world.now(), after: head).head
        }
        if !adopted.isEmpty {
            try append(draft(LedgerAct.policy, "policy assignment", digests: adopted))
        }
        var facts = facts
        facts["epoch"] = .number(card.epoch)
        facts["store"] = .string(card.store.text)
        try append(draft(LedgerAct.importing, "replication", facts: facts))
    }

    private func draft(
        _ act: String, _ event: String, digests: [String: Digest] = [:],
        facts: [String: JSONValue] = [:]
    ) -> LedgerDraft {
        LedgerDraft(
            act: act, event: event, agent: world.agent, software: Software.text,
            digests: digests, facts: facts)
    }
}

/// The configuration of an archive that was imported: the old one's, with where this one's store lies.
enum ImportedConfiguration {
    /// The old file with the lines changed that speak of this machine; other lines stay as they are.
    static func adapted(_ old: [UInt8], to fresh: Configuration) throws -> [UInt8] {
        let before = try Configuration.reading(old)
        if before.store == fresh.store, before.sealPassphraseFile == fresh.sealPassphraseFile {
            return old
        }
        let wanted = [
            "store": fresh.store, "sealPassphraseFile": fresh.sealPassphraseFile,
        ]
        var seen: Set<String> = []
        var lines: [String] = []
        let text = String(decoding: old, as: UTF8.self)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let key = wanted.keys.first(where: { line.hasPrefix($0 + ":") }) else {
                lines.append(String(line))
                continue
            }
            seen.insert(key)
            guard let value = wanted[key].flatMap({ $0 }) else { continue }
            lines.append(Self.line(key, value))
        }
        while lines.last == "" { lines.removeLast() }
        for (key, value) in wanted.sorted(by: { $0.key < $1.key }) where !seen.contains(key) {
            if let value { lines.append(line(key, value)) }
        }
        let new = Array((lines.joined(separator: "\n") + "\n").utf8)
        let read = try Configuration.reading(new)
        guard read.store == fresh.store, read.sealPassphraseFile == fresh.sealPassphraseFile
        else {
            throw ArchiveFailure(
                .configuration, subject: "luutru.yaml", ["line": "1", "detail": "store"])
        }
        return new
    }

    private static func line(_ key: String, _ value: String) -> String {
        "\(key): \(JSONValue.string(value).canonicalText)"
    }
}
