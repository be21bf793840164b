import Evidence
import Files
import Records
import Storage

/// Whether the ledger that stands here grew out of what was signed before (`evidence.md` §5).
extension Archive {
    /// The keys that signed, or may have signed, checkpoints of this archive.
    func ledgerVerifiers() throws -> [NoteVerifier] {
        let adopted = try policy.adopted(.ledger).compactMap { bytes in
            NoteVerifier(String(decoding: bytes, as: UTF8.self).trimmed)
        }
        guard let own = try ledgerKeys.key() else { return adopted }
        let verifier = try ledgerKeys.verifier(of: own)
        return adopted.contains(verifier) ? adopted : adopted + [verifier]
    }

    /// Refuses to write where the ledger is not the one that was signed last: a disk rolled back cannot sign a fork.
    func proveCheckpoint() throws {
        let kept = try ledgerKeys.lastSigned()
        let stored = try LedgerNote.read(objects.layout.checkpoint, world.volume)
        guard kept?.note != stored?.note else { return try requireLength(kept) }
        try requireLength(kept)
        let verifiers = try ledgerVerifiers()
        var marks: [LedgerTreeCheck.Mark] = []
        for (name, note) in [("keys/checkpoint", kept), ("ledger/checkpoint", stored)] {
            guard let note, note.isSigned(byOneOf: verifiers) else { continue }
            marks.append(.init(name: name, checkpoint: note.checkpoint))
        }
        // A run that ended between the two notes, or a store that came from elsewhere: the entries decide.
        var check = LedgerTreeCheck(marks: marks, tiles: nil, tileSize: 0)
        _ = try ledger.read { entry, _ in try check.take(Array(entry.line.utf8)) }
        if let wrong = check.wrong.first { throw suspect("LOG_FORK \(wrong.checkpoint.size)") }
        if let beyond = check.beyond.first {
            throw suspect("LOG_TREE_SHRUNK \(beyond.checkpoint.size)")
        }
        isCheckpointBehind = true
    }

    private func requireLength(_ kept: LedgerNote?) throws {
        guard let kept, kept.checkpoint.size > head.count else { return }
        throw suspect("LOG_TREE_SHRUNK \(kept.checkpoint.size)")
    }
}
