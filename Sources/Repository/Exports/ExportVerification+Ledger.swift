import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// The ledger of an export, compared with its checkpoint and with what its card says.
extension ExportVerification {
    /// Gives what the ledger's checkpoint was compared with, where one came.
    mutating func readLedger(_ card: ExportCard, _ ending: ExportCard.Ending) throws
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
    mutating func exportedTree(_ card: ExportCard) throws -> LedgerTreeCheck? {
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
    mutating func judge(_ tree: LedgerTreeCheck) throws {
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
    func verifiers() throws -> [NoteVerifier] {
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
    mutating func readWholeLedger(
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
    mutating func readExcerpt(_ path: FilePath, _ expected: ExportCard.ExportedHead) throws
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
}
