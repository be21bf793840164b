import Cataloging
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// A reading of the whole ledger as a tree, and what it is compared with.
struct TreeComparison {
    var check: LedgerTreeCheck
    /// The store's checkpoint; nil when there is none that this archive signed.
    let signed: Checkpoint?
    /// The stamped checkpoint, where it is one.
    let stamped: StampedCheckpoint?
    /// What was wrong before an entry was read.
    let findings: [Finding]
}

/// Compares the ledger with its tiles and with every checkpoint that is known (`docs/ledger.md`).
extension Archive {
    /// Prepares a reading; checkpoints from outside are compared too, each with the name it is told by.
    func treeCheck(with given: [(name: String, note: LedgerNote)]) throws -> TreeComparison {
        let verifiers = try ledgerVerifiers()
        var findings: [Finding] = []
        var marks: [LedgerTreeCheck.Mark] = []
        func take(_ name: String, _ note: LedgerNote) -> Bool {
            guard note.checkpoint.origin == configuration.archive.text,
                note.isSigned(byOneOf: verifiers)
            else {
                findings.append(Finding(.checkpointWrong, subject: name))
                return false
            }
            marks.append(.init(name: name, checkpoint: note.checkpoint))
            return true
        }
        var signed: Checkpoint?
        let path = objects.layout.checkpoint
        if let note = try LedgerNote.read(path, world.volume) {
            if take("ledger/checkpoint", note) { signed = note.checkpoint }
        } else if try world.volume.status(path) != nil {
            findings.append(Finding(.checkpointWrong, subject: "ledger/checkpoint"))
        }
        if let kept = try LedgerNote.read(layout.lastCheckpoint, world.volume) {
            _ = take("keys/checkpoint", kept)
        } else if try world.volume.status(layout.lastCheckpoint) != nil {
            findings.append(Finding(.checkpointWrong, subject: "keys/checkpoint"))
        } else if signed != nil {
            // Without it a store that was rolled back can be told only from outside.
            findings.append(Finding(.checkpointMissing, .warning, subject: "keys/checkpoint"))
        }
        for (name, note) in given { _ = take(name, note) }
        if let file = witnessFile, let note = try witnessNote(file, &findings) {
            _ = take(file.string, note)
        }
        let stamped = try stampedCheckpoint(&findings)
        if let stamped { _ = take("ledger/checkpoint.stamped", stamped.note) }
        return TreeComparison(
            check: LedgerTreeCheck(
                marks: marks, tiles: signed == nil ? nil : tiles, tileSize: signed?.size ?? 0),
            signed: signed, stamped: stamped, findings: findings)
    }

    /// What the witness was shown last; nil where its mount is away or nothing was shown yet.
    private func witnessNote(_ file: FilePath, _ findings: inout [Finding]) throws -> LedgerNote? {
        do throws(FileFailure) {
            guard try world.volume.status(file) != nil else { return nil }
            if let note = try LedgerNote.read(file, world.volume) { return note }
            findings.append(Finding(.checkpointWrong, subject: file.string))
        } catch {
            findings.append(
                Finding(
                    .witnessFile, .warning, subject: file.string,
                    ["detail": error.errno.description]))
        }
        return nil
    }

    private func stampedCheckpoint(_ findings: inout [Finding]) throws -> StampedCheckpoint? {
        func wrong(_ detail: String, _ severity: Finding.Severity = .error) {
            findings.append(
                Finding(
                    .checkpointStampWrong, severity, subject: "ledger/checkpoint.tst",
                    ["detail": detail]))
        }
        switch try StampedCheckpoint.read(objects.layout, world.volume) {
        case .none:
            // A run that was cut off leaves the same, so that it is no proof of tampering.
            if try wasStamped() { wrong("checkpoint.tst: –", .warning) }
            return nil
        case .damaged(let detail):
            wrong(detail)
            return nil
        case .whole(let stamped):
            do {
                if let problem = stamped.problem(try stampRoots()) { wrong(problem) }
            } catch is LedgerFailure {
                // The ledger's own findings tell of it.
            }
            return stamped
        }
    }

    /// Whether the last entry of a witness tells of a stamp.
    private func wasStamped() throws -> Bool {
        guard let last = try catalog.lastEvent(act: LedgerAct.witness) else { return false }
        return try JSONValue(parsing: last.line.utf8)["digests"]?["stamp"] != nil
    }

    /// What a reading found, after its last entry.
    func treeFindings(of tree: TreeComparison) throws -> [Finding] {
        var findings = tree.findings
        for mark in tree.check.wrong {
            let isSame = mark.checkpoint.size == tree.signed?.size
            findings.append(
                Finding(
                    isSame ? .ledgerFork : .ledgerInconsistent, subject: mark.name,
                    ["entry": String(mark.checkpoint.size)]))
        }
        for mark in tree.check.beyond {
            findings.append(
                Finding(
                    .ledgerShrunk, subject: mark.name, ["entry": String(mark.checkpoint.size)]))
        }
        if let first = tree.check.firstDamaged, findings.isEmpty {
            try remakeTiles()
            findings.append(
                Finding(
                    .ledgerTreeDamaged, .warning, subject: "ledger/tile", ["entry": String(first)]))
        }
        return findings
    }

    /// Tiles are made of the entries: where those are as they were signed, the tiles are made again.
    private func remakeTiles() throws {
        guard isWriter, wrongPlaces.isEmpty else { return }
        var tree = GrowingTree(tiles)
        let signed = try LedgerNote.read(objects.layout.checkpoint, world.volume)?.checkpoint.size
        _ = try ledger.read { entry, _ in
            guard entry.sequence < signed ?? 0 else { return }
            try tree.append(Array(entry.line.utf8))
        }
        try tree.close()
        self.tree = nil
    }
}
