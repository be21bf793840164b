import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Whether the ledger that stands here grew out of what was signed before (`evidence.md` §5).
extension Archive {
    /// The keys that signed, or may have signed, checkpoints of this archive.
    func ledgerVerifiers() throws -> [LedgerVerifier] {
        var found: [LedgerVerifier] = try policy.adopted(.ledger).compactMap { bytes in
            NoteVerifier(String(decoding: bytes, as: UTF8.self).trimmed).map { .init(verifier: $0) }
        }
        let revoked = Set(try policy.revocations().map(\.fingerprint))
        if found.contains(where: { revoked.contains($0.verifier.fingerprint) }) {
            let successions = try ledgerKeySuccessions()
            for index in found.indices where revoked.contains(found[index].verifier.fingerprint) {
                found[index].largest = successions.dropFirst(index + 1).first ?? 0
            }
        }
        // Before the first is adopted, the key at hand signs; afterwards it vouches for nothing by itself.
        guard found.isEmpty, let own = try ledgerKeys.key() else { return found }
        return [.init(verifier: try ledgerKeys.verifier(of: own))]
    }

    /// Numbers of the entries that adopted the ledger's keys, one after the other.
    private func ledgerKeySuccessions() throws -> [Int64] {
        var numbers: [Int64] = []
        do {
            _ = try ledger.read { entry, _ in
                guard entry.draft.act == LedgerAct.policy,
                    entry.draft.digests.keys.contains(where: { PolicyFile($0)?.kind == .ledger })
                else { return }
                numbers.append(entry.sequence)
            }
        } catch is LedgerFailure {
            // That the ledger is broken is told by who reads it; a revoked key vouches for less then.
            return numbers
        }
        return numbers
    }

    /// Refuses to write where the ledger is not the one that was signed last: a disk rolled back cannot sign a fork.
    func proveCheckpoint() throws {
        // Told before any work is done: what stands there could not be replaced, or hides what was signed.
        let stand = objects.layout.checkpoint
        if let kind = try world.volume.status(stand)?.kind, kind != .file {
            throw ArchiveFailure(.checkpointDamaged, subject: stand.string)
        }
        try requireKeptCheckpoint()
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

    /// Refuses to write where the note kept apart was damaged: what it knew more than the store's cannot be told.
    ///
    /// One of another archive's ledger is what an import leaves until its first checkpoint.
    private func requireKeptCheckpoint() throws {
        let path = layout.lastCheckpoint
        guard try world.volume.status(path) != nil else { return }
        if let note = try LedgerNote.read(path, world.volume) {
            if note.checkpoint.origin != configuration.archive.text { return }
            if try isVouched(note, by: ledgerVerifiers()) { return }
        }
        throw ArchiveFailure(.checkpointDamaged, subject: path.string)
    }

    /// Whether the note kept apart is as it was signed; where no key is known nobody can say that it is not.
    func isVouched(_ kept: LedgerNote, by verifiers: [LedgerVerifier]) throws -> Bool {
        if verifiers.isEmpty || kept.isSigned(byOneOf: verifiers) { return true }
        // A ledger that was rolled back does not tell of the key that was taken later.
        guard let own = try ledgerKeys.key() else { return false }
        return kept.note.isSigned(by: try ledgerKeys.verifier(of: own))
    }

    /// Checkpoints of keys and store that are there and are not as this archive signed them, each by its name.
    func wrongCheckpoints() throws -> [String] {
        let verifiers = try ledgerVerifiers()
        func isWrong(_ path: FilePath, _ isSigned: (LedgerNote) throws -> Bool) throws -> Bool {
            guard try world.volume.status(path) != nil else { return false }
            guard let note = try LedgerNote.read(path, world.volume),
                note.checkpoint.origin == configuration.archive.text
            else { return true }
            return try !isSigned(note)
        }
        var wrong: [String] = []
        if try isWrong(layout.lastCheckpoint, { try isVouched($0, by: verifiers) }) {
            wrong.append("keys/checkpoint")
        }
        if try isWrong(
            objects.layout.checkpoint,
            { verifiers.isEmpty || $0.isSigned(byOneOf: verifiers) })
        {
            wrong.append("ledger/checkpoint")
        }
        return wrong
    }

    /// Refuses to write where the witness's file tells of entries that are not here: the disk was rolled back, keys and all.
    func proveWitness() throws {
        guard let file = witnessFile, let note = try? LedgerNote.read(file, world.volume),
            note.checkpoint.origin == configuration.archive.text,
            note.checkpoint.size > head.count
        else { return }
        throw suspect("LOG_TREE_SHRUNK \(note.checkpoint.size), \(file.string)")
    }

    private func requireLength(_ kept: LedgerNote?) throws {
        guard let kept, kept.checkpoint.size > head.count else { return }
        throw suspect("LOG_TREE_SHRUNK \(kept.checkpoint.size)")
    }
}
