import Evidence
import Files
import Records
import Storage

/// A reading of the whole ledger as a tree, and what it is compared with.
struct TreeComparison {
    var check: LedgerTreeCheck
    /// The store's checkpoint; nil when there is none that this archive signed.
    let signed: Checkpoint?
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
        if let kept = try ledgerKeys.lastSigned() { _ = take("keys/checkpoint", kept) }
        for (name, note) in given { _ = take(name, note) }
        return TreeComparison(
            check: LedgerTreeCheck(
                marks: marks, tiles: signed == nil ? nil : tiles, tileSize: signed?.size ?? 0),
            signed: signed, findings: findings)
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
        guard isWriter else { return }
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
