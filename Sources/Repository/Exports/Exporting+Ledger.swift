import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Ledger, details and policy of an export.
extension Exporting {
    /// Reads the ledger up to where it ended when the export began; damage is a finding, and the rest still leaves.
    func surveyLedger() throws -> LedgerSurvey {
        var survey = LedgerSurvey()
        let objects = selection.objects
        try forEachEntry { entry in
            if belongs(entry, objects) { survey.take(entry) }
        }
        return survey
    }

    private func belongs(_ entry: LedgerEntry, _ objects: Set<ObjectIdentifier>) -> Bool {
        if selection.scope.isEverything { return true }
        let act = entry.draft.act
        return act == LedgerAct.initialise || act == LedgerAct.policy
            || entry.draft.object.map { objects.contains($0) } == true
    }

    private func forEachEntry(_ body: (LedgerEntry) throws -> Void) throws {
        let pinned = selection.head
        var last: Digest?
        do {
            _ = try archive.ledger.read { entry, head in
                guard entry.sequence < pinned.count else { return }
                try archive.world.stopIfInterrupted()
                last = head.last
                try body(entry)
            }
            guard last == pinned.last else {
                return reportLedger(.ledgerInconsistent, pinned.count)
            }
        } catch let failure as LedgerFailure {
            reportLedger(
                failure.reason == .shrunk
                    ? .ledgerShrunk
                    : failure.reason == .inconsistent ? .ledgerInconsistent : .ledgerEntryWrong,
                failure.sequence)
        }
    }

    private func reportLedger(_ code: FindingCode, _ sequence: Int64) {
        let finding = Finding(code, subject: "ledger/entries.jsonl", ["entry": "\(sequence)"])
        if !findings.contains(finding) { findings.append(finding) }
    }

    /// The whole ledger byte for byte, or the lines that concern what leaves.
    func copyLedger(_ survey: LedgerSurvey) throws {
        let volume = archive.world.volume
        try volume.makeFolders(layout.ledger)
        guard selection.scope.isEverything else { return try writeExcerpt() }
        let source = archive.objects.layout.ledger.appending("entries.jsonl")
        guard try volume.status(source) != nil else { return }
        // Paths come in the order of their bytes.
        try copyCheckpoint()
        let target = layout.root.appending(ExportLayout.wholeLedger)
        do {
            let copied = try copy.copy(
                volume.open(source), at: 0, size: selection.head.size, expecting: nil, to: target)
            try manifest.add(RelativePath(ExportLayout.wholeLedger), copied)
        } catch FileCopy.SourceFailure.unreadable(let failure) {
            try FileUnreadable.stopUnlessRot(failure)
            return findings.append(
                Finding(
                    .fileUnreadable, subject: ExportLayout.wholeLedger,
                    ["reason": failure.errno.description]))
        }
        manifest.count { $0.entries = selection.head.count }
        fileDone()
    }

    /// What was signed over the entries that leave; nothing when more has been signed since the export began.
    private func copyCheckpoint() throws {
        let path = archive.objects.layout.checkpoint
        guard let note = try LedgerNote.read(path, archive.world.volume) else {
            guard try archive.world.volume.status(path) != nil else { return }
            return findings.append(
                Finding(.checkpointWrong, subject: ExportLayout.checkpointName))
        }
        guard note.checkpoint.size <= selection.head.count else { return }
        try put(note.note.bytes, as: ExportLayout.checkpointName)
        switch try StampedCheckpoint.read(archive.objects.layout, archive.world.volume) {
        case .none: return
        case .damaged(let detail):
            findings.append(
                Finding(
                    .checkpointStampWrong, subject: ExportLayout.stampName, ["detail": detail]))
        case .whole(let stamped) where stamped.note.checkpoint.size <= selection.head.count:
            try put(stamped.note.note.bytes, as: ExportLayout.stampedName)
            try put(stamped.token.der, as: ExportLayout.stampName)
        case .whole: return
        }
    }

    private func writeExcerpt() throws {
        let draft = try FileDraft(aside: layout.aside, volume: archive.world.volume)
        let objects = selection.objects
        var count: Int64 = 0
        try forEachEntry { entry in
            guard belongs(entry, objects) else { return }
            try draft.append(Array(entry.line.utf8) + [0x0A])
            count += 1
        }
        let copied = try draft.finish(as: layout.root.appending(ExportLayout.excerpt))
        try manifest.add(RelativePath(ExportLayout.excerpt), copied)
        manifest.count { $0.entries = count }
        fileDone()
    }

    /// Details that the entries name; one that is gone may have been erased by a decision.
    func copyDetails(_ survey: LedgerSurvey) throws {
        let volume = archive.world.volume
        let names = survey.details.map { $0.hex + ".json" }.sorted()
        for name in names {
            let source = archive.objects.layout.details.appending(name)
            guard try volume.status(source) != nil else {
                findings.append(Finding(.detailsFileWrong, .warning, subject: "details/" + name))
                continue
            }
            guard let bytes = try rotTolerant(source, limit: Details.limit),
                Hexadecimal.text(of: Cryptography.Hasher.digest(.sha256, of: bytes)) + ".json"
                    == name
            else {
                findings.append(Finding(.detailsFileWrong, subject: "details/" + name))
                continue
            }
            try put(bytes, as: "details/" + name)
            manifest.count { $0.details += 1 }
        }
    }

    /// Every policy file that an entry adopted.
    func copyPolicy(_ survey: LedgerSurvey) throws {
        let volume = archive.world.volume
        let names = survey.policy.keys.filter { LedgerSurvey.isPlainName($0) }
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            let source = archive.objects.layout.policy.appending(name)
            guard try volume.status(source) != nil else {
                findings.append(Finding(.policyFileMissing, subject: "policy/" + name))
                continue
            }
            guard let bytes = try rotTolerant(source, limit: Configuration.limit * 4),
                PolicyStore.digest(of: bytes) == survey.policy[name]
            else {
                findings.append(Finding(.policyFileWrong, subject: "policy/" + name))
                continue
            }
            try put(bytes, as: "policy/" + name)
            manifest.count { $0.policy += 1 }
        }
    }

    /// A file's bytes; nil when this one file cannot be read.
    private func rotTolerant(_ path: FilePath, limit: Int) throws -> [UInt8]? {
        do {
            return try archive.world.volume.readAll(path, limit: limit)
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            return nil
        }
    }
}
