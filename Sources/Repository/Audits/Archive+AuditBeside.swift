import Auditing
import Bundles
import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// What an audit looks at beside the dossiers of the primary store.
extension Archive {
    /// Findings of ledger, policy, details, batches and keys.
    func besideFindings() throws -> [Finding] {
        let primary = DirectoryStore(root: objects.layout.root, volume: world.volume)
        let found =
            try ledgerFindings() + policyFindings() + readMeFindings(in: primary)
            + strangeFiles(in: primary) + batchFindings() + keyFindings() + announcementFindings()
        return try primary.wrongPlaces().map(\.finding) + found
    }

    /// Certificates that the ledger adopted; none where its chain is broken, which is a finding of its own.
    func trustIfProvable() throws -> SealTrust {
        do {
            return try SealTrust.of(policy)
        } catch is LedgerFailure {
            return SealTrust([])
        }
    }

    /// What the ledger says of a finding of a run.
    func findingDraft(
        _ finding: Finding, run: Int64, store: ObjectIdentifier? = nil, incident: Int64? = nil
    ) -> LedgerDraft {
        var facts: [String: JSONValue] = [
            "run": .number(run), "code": .string(finding.code.text),
            "path": .string(finding.pathPart),
        ]
        if let store { facts["copy"] = .string(store.text) }
        if let incident { facts["incident"] = .number(incident) }
        return draft(
            LedgerAct.auditFinding, "fixity check",
            object: ObjectIdentifier(finding.objectPart),
            outcome: finding.severity == .error ? .fail : .warning, facts: facts)
    }

    /// Reads the whole ledger, not only what is new.
    func ledgerFindings() throws -> [Finding] {
        do {
            var findings: [Finding] = []
            var carded: LedgerEntry?
            var tree = try treeCheck(with: [])
            let end = try ledger.read { entry, _ in
                try tree.check.take(Array(entry.line.utf8))
                findings += try compare(entry)
                if entry.draft.facts["store"] != nil, entry.draft.facts["epoch"] != nil {
                    carded = entry
                }
            }
            findings += compare(card, with: carded)
            let ofTree = try treeFindings(of: tree)
            // What does not fit what was signed is told, and nothing is signed over it.
            if ofTree.containsErrors { isLedgerBroken = true }
            findings += ofTree
            // Another run may write while a reader looks.
            if isWriter ? end != head : end.size < head.size {
                findings.append(
                    Finding(
                        .ledgerInconsistent, subject: "ledger/entries.jsonl",
                        ["entry": "\(end.count)"]))
            }
            return findings
        } catch let failure as LedgerFailure {
            let code: FindingCode =
                failure.reason == .shrunk
                ? .ledgerShrunk
                : failure.reason == .inconsistent ? .ledgerInconsistent : .ledgerEntryWrong
            return [
                Finding(code, subject: "ledger/entries.jsonl", ["entry": "\(failure.sequence)"])
            ]
        }
    }

    /// Compares what an entry says with the catalog, the store's card and the store (invariant C2).
    /// The store's card says what the last entry that speaks of it says: `init`, or an `import` of a whole archive.
    private func compare(_ card: StoreCard, with entry: LedgerEntry?) -> [Finding] {
        guard let entry else { return [] }
        let facts = entry.draft.facts
        guard
            facts["store"]?.stringValue != card.store.text
                || facts["epoch"]?.numberValue != card.epoch
        else { return [] }
        return [Finding(.storeCardWrong, subject: "store.json", ["entry": "\(entry.sequence)"])]
    }

    private func compare(_ entry: LedgerEntry) throws -> [Finding] {
        let draft = entry.draft
        guard [LedgerAct.package, LedgerAct.amend].contains(draft.act),
            let object = draft.object, let version = draft.version
        else { return [] }
        func isOther() throws -> Bool {
            try catalog.object(object, version: version)?.inventorySHA512
                != draft.digests["inventory"]
        }
        guard try isOther() else { return [] }
        // Beside a writer the catalog may not have had the entry yet: both are asked in one state of it.
        let isIndexed = try catalog.reading {
            try isOther() && entry.sequence < catalog.ledgerHead?.count ?? 0
        }
        guard isWriter || isIndexed else { return [] }
        let isThere = try world.volume.status(objects.folder(of: object)) != nil
        return [Finding(.catalogRowMissing, subject: object.text, ["table": "version"])]
            + (isThere ? [] : [Finding(.objectMissing, subject: object.text)])
    }

    /// Whether people still find how to read a store by hand.
    func readMeFindings(in store: any CopyStore) throws -> [Finding] {
        let name = StoreReadMe.name
        let wrong = [Finding(.storeReadMeWrong, .warning, subject: name)]
        let text = Array(StoreReadMe.text.utf8)
        do {
            guard try store.size(of: name) == Int64(text.count) else { return wrong }
            return try store.bytes(of: name, limit: text.count) == text ? [] : wrong
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return wrong
        }
    }

    /// What stands in a store's own folders and belongs to nothing.
    func strangeFiles(in store: any CopyStore) throws -> [Finding] {
        let layout = StoreLayout(root: "/")
        let known = Set(
            (layout.folders + [layout.readMe, layout.card, layout.recovered, layout.evidence])
                .compactMap { $0.lastComponent?.string })
        var strange: [String] = []
        try store.forEachName { name in
            // Every mounted disk has `lost+found`.
            guard !known.contains(name), name != "lost+found" else { return }
            if try holdsAnything(name, store) { strange.append(name) }
        }
        try store.forEachName(in: "ledger") { name in
            // What a killed writer left aside is replaced by the next one.
            if !StoreLayout.ledgerNames.contains(name), !name.hasSuffix(".aside") {
                strange.append("ledger/" + name)
            }
        }
        return try (strange + strangeDetails(in: store)).map {
            Finding(.storeExtraFile, .warning, subject: $0)
        }
    }

    /// Names in `details/` that no details file has; the folder may hold very many.
    private func strangeDetails(in store: any CopyStore) throws -> [String] {
        var strange: [String] = []
        try store.forEachEntry(in: "details") { name, isFile in
            guard !isFile || !StoreLayout.isDetailsName(name) else { return }
            let path = "details/" + name
            if try holdsAnything(path, store) { strange.append(path) }
        }
        return strange.sorted()
    }

    /// Some object stores go on listing a folder whose last file is gone.
    private func holdsAnything(_ name: String, _ store: any CopyStore) throws -> Bool {
        guard store is BucketStore, try store.size(of: name) == nil else { return true }
        var isHeld = false
        try store.forEachFile(below: name) { _ in isHeld = true }
        return isHeld
    }

    /// Compares every adopted policy file and every details file with the digest that the ledger names.
    private func policyFindings() throws -> [Finding] {
        do {
            return try adoptedFileFindings { name, isThere in
                Finding(isThere ? .policyFileWrong : .policyFileMissing, subject: name)
            } + policy.unadopted().map { Finding(.policyFileUnadopted, subject: "policy/" + $0) }
        } catch is LedgerFailure {
            // The ledger's own findings tell of it; what follows the break adopts nothing.
            return []
        }
    }

    /// Says so where the last audit found a dossier damaged, since its bytes are not read again now.
    func damageFindings(of object: ObjectIdentifier) throws -> [Finding] {
        guard let run = try catalog.lastAudit(of: object),
            try catalog.auditFindings(of: run).contains(where: { $0.object == object })
        else { return [] }
        return [
            Finding(
                .dossierDamaged, .warning, subject: object.text,
                ["at": run.finishedAt.vietnamText])
        ]
    }
}

extension Finding {
    /// The object's identifier at the beginning of the subject, or nothing.
    var objectPart: String { String(subject.prefix { $0 != "/" }) }

    /// The subject without the object's identifier, at most 1,000 bytes of it.
    var pathPart: String {
        let path =
            ObjectIdentifier(objectPart) == nil
            ? Substring(subject) : subject.dropFirst(objectPart.count + 1)
        return String(path.prefix(250))
    }
}
