import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// The tree over the ledger's entries and the checkpoints that are signed over it (`evidence.md` §5).
extension Archive {
    /// At most so long a run that appends goes without a checkpoint, in microseconds.
    private static let longestUnsigned: Int64 = 60_000_000
    /// Entries held back before they go into the tree together.
    static let mostUntreed = 256

    var ledgerKeys: LedgerKeys {
        LedgerKeys(layout, origin: configuration.archive, volume: world.volume)
    }

    var tiles: TileStore {
        TileStore(folder: objects.layout.ledger, volume: world.volume)
    }

    /// Brings what a run entered into the tree and signs a checkpoint, as the last step of every command that writes.
    package func finish() throws {
        guard isWriter, !isLedgerBroken else { return }
        let isCurrent = try signedSize() == head.count
        if isCurrent, untreed.isEmpty, !isCheckpointBehind { return }
        try finishLedgerKeyChange()
        try adoptLedgerKey()
        try sign(with: [ledgerKeys.keyOrNew()])
    }

    /// The same after a failure, which must not be hidden by another.
    ///
    /// An entry that came to the file but not surely to the disk, or not to the catalog, is for the next run to take up:
    /// until then nobody can say what follows from it.
    package func finishAfterFailure() {
        do {
            guard try ledger.status()?.size ?? 0 == head.size,
                try catalog.ledgerHead?.size ?? 0 == head.size
            else { return }
            try finish()
        } catch { return }
    }

    /// Signs in the middle of a long run.
    func checkpointIfDue() throws {
        guard world.now().microseconds - lastSigned.microseconds >= Self.longestUnsigned else {
            return
        }
        try finish()
    }

    private func signedSize() throws -> Int64? {
        try LedgerNote.read(objects.layout.checkpoint, world.volume)?.checkpoint.size
    }

    /// Lines that wait for the tree take memory.
    func growTreeIfLong() throws {
        if untreed.count >= Self.mostUntreed, !isLedgerBroken { _ = try grownTree() }
    }

    /// The key's verifier stands in `policy/` by an entry before it signs anything.
    ///
    /// Adopted is adopted: a file of a key that is damaged is mended by a repair, and no reason to adopt the key again.
    private func adoptLedgerKey() throws {
        guard try policy.adoptedDigests(.ledger).isEmpty else { return try requireLedgerKey() }
        let text = try ledgerKeys.adoptable(ledgerKeys.keyOrNew())
        let kept = try policy.keep(text, as: .ledger)
        try adopt(["policy/" + kept.name: kept.digest])
    }

    /// Refuses to go on without the key that was adopted last: another one is taken only when people say so.
    func requireLedgerKey() throws {
        guard let adopted = try policy.adoptedDigests(.ledger).last else { return }
        guard let key = try ledgerKeys.key(), try digest(of: key) == adopted else {
            throw ArchiveFailure(.ledgerKeyLost, subject: layout.ledgerKey.string)
        }
    }

    /// What the entry that adopts a key of the ledger says of its file.
    func digest(of key: NoteKey) throws -> Digest {
        PolicyStore.digest(of: try ledgerKeys.adoptable(key))
    }

    /// Signs the tree over all entries; by two keys where the second is to follow the first.
    func sign(with keys: [NoteKey]) throws {
        let tree = try grownTree()
        try tree.close()
        let before = try LedgerNote.read(objects.layout.checkpoint, world.volume)?.checkpoint
        var note = SignedNote(
            Checkpoint(
                origin: configuration.archive.text, size: tree.size, root: tree.root
            ).text)
        for key in keys { try note.sign(with: key, as: ledgerKeys.verifier(of: key)) }
        // The store first: the note kept apart may never know more than the store.
        try world.volume.replaceDurably(note.bytes, as: objects.layout.checkpoint)
        try ledgerKeys.keep(note)
        if let before, before.size < tree.size { try tiles.removeNarrower(than: tree.size) }
        lastSigned = world.now()
        isCheckpointBehind = false
        try keepLedgerMark()
    }

    /// The tree over all entries, grown out of the tree that was signed last, which proves the two consistent.
    private func grownTree() throws -> GrowingTree {
        var tree = try tree ?? takenUpTree()
        for line in untreed { try tree.append(line) }
        untreed.removeAll(keepingCapacity: true)
        self.tree = tree
        guard tree.size == head.count else {
            throw LedgerFailure(.treeDamaged, sequence: tree.size)
        }
        return tree
    }

    /// The tree as it was signed, with the entries that an interrupted run did not bring into it.
    private func takenUpTree() throws -> GrowingTree {
        let signed = try ledgerBase()
        var tree: GrowingTree
        do {
            tree = try signed.map { try GrowingTree(tiles, at: $0) } ?? GrowingTree(tiles)
        } catch let failure as LedgerFailure where failure.reason == .treeDamaged {
            // Tiles are made of the entries: they are made again when the entries still have the signed root.
            tree = GrowingTree(tiles)
        }
        let wanted = head.count - Int64(untreed.count)
        guard tree.size < wanted else { return tree }
        let from = tree.size
        _ = try ledger.read { entry, _ in
            guard entry.sequence >= from, entry.sequence < wanted else { return }
            try tree.append(Array(entry.line.utf8))
            if let signed, tree.size == signed.size, tree.root != signed.root {
                throw suspect("LOG_INCONSISTENT \(signed.size)")
            }
        }
        return tree
    }

    /// What the next checkpoint must be consistent with; nil when nothing was signed yet.
    private func ledgerBase() throws -> Checkpoint? {
        let kept = try ledgerKeys.lastSigned()?.checkpoint
        let stored = try LedgerNote.read(objects.layout.checkpoint, world.volume)?.checkpoint
        guard let stored, stored.size > kept?.size ?? 0 else { return kept }
        return stored
    }
}
