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

    /// The exported policy, and what this archive adds: its own keys' public halves and where its store lies.
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
        func add(_ bytes: [UInt8], _ kind: PolicyStore.Kind) throws {
            let kept = try policy.keep(bytes, as: kind)
            adopted["policy/" + kept.name] = kept.digest
        }
        // The seal's own certificate alone: those behind it in the file vouch for strangers too.
        let certificate =
            try Certificate.reading(
                pem: world.volume.readAll(layout.sealCertificate, limit: Configuration.limit)
            ).first?.pem ?? []
        if try !isHeld(certificate, .seal, policy) { try add(certificate, .seal) }
        let keys = LedgerKeys(layout, origin: archive, volume: world.volume)
        let verifier = try keys.adoptable(keys.keyOrNew())
        if try !isHeld(verifier, .ledger, policy) { try add(verifier, .ledger) }
        let old = try policy.newest(.configuration)
        let new = try ImportedConfiguration.adapted(old, to: configuration)
        if new != old { try add(new, .configuration) }
        return adopted
    }

    /// Whether the exported archive already had this key: its keys were brought along.
    private func isHeld(_ bytes: [UInt8], _ kind: PolicyStore.Kind, _ policy: PolicyStore) throws
        -> Bool
    {
        try policy.files(of: kind).contains { try policy.bytes(of: $0.name) == bytes }
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
            // What was signed over there is what the first checkpoint here must be consistent with.
            if try world.volume.status(source.checkpoint) != nil {
                _ = try copy.copy(source.checkpoint, expecting: nil, to: staged.checkpoint)
            }
            let stamped = StoreLayout(root: source.root)
            if try world.volume.status(stamped.checkpointStamp) != nil {
                _ = try copy.copy(
                    stamped.stampedCheckpoint, expecting: nil, to: staged.stampedCheckpoint)
                _ = try copy.copy(
                    stamped.checkpointStamp, expecting: nil, to: staged.checkpointStamp)
            }
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
        guard
            before.store != fresh.store || before.sealTexts != fresh.sealTexts
                || !before.stores.isEmpty
        else { return old }
        // The copies are those of the archive that was exported: two archives never write to one store.
        let new = Configuration.edited(
            Configuration.edited(old, from: before.stores, to: []),
            fresh.sealTexts.merging(["store": fresh.store]) { one, _ in one })
        let read = try Configuration.reading(new)
        guard read.store == fresh.store, read.sealTexts == fresh.sealTexts, read.stores.isEmpty
        else {
            throw ArchiveFailure(
                .configuration, subject: "luutru.yaml", ["line": "1", "detail": "store"])
        }
        return new
    }
}
