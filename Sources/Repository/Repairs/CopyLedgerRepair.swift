import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Writes the ledger of a copy anew from the primary one where it is not its beginning; the primary's own is never mended.
struct CopyLedgerRepair {
    static let path = "ledger/entries.jsonl"
    let archive: Archive
    let target: RepairStore
    let run: CopyRun
    let isDryRun: Bool

    func repair(_ item: inout RepairItem) throws {
        guard let id = target.id else { return }
        let mark = try archive.copyMark(of: id)
        let found = try target.store.ledgerSize()
        // A ledger that was cut goes on to where it was brought before.
        let size = max(found, mark?.size ?? 0)
        let isChanged =
            try CopyBeside.firstDifference(target.store, archive, upTo: found) != nil
        if isChanged || found < size { try mendLedger(size, &item) }
        try setCheckpointsAside(id, mark, &item)
    }

    private var note: MendingNote { MendingNote(archive, in: target.id, of: nil) }

    private func mendLedger(_ size: Int64, _ item: inout RepairItem) throws {
        var damage = FileDamage(Self.path, .medium)
        // A ledger that is itself in doubt is spread nowhere.
        damage.isMendable = try !archive.ledgerFindings().containsErrors
        if damage.isMendable, !isDryRun {
            try note.add(
                MendingNote.Line(
                    damage: damage, transferred: size, source: ArchiveLayout.firstStore))
            item.transferred += try write(upTo: wholeLines(in: min(size, archive.head.size)))
            item.source = ArchiveLayout.firstStore
        }
        item.damages.append(damage)
    }

    /// Checkpoint files that somebody changed, and what stands in their place, make way for those of the next sync.
    private func setCheckpointsAside(
        _ id: ObjectIdentifier, _ known: CopyMark?, _ item: inout RepairItem
    ) throws {
        var mark = known
        let ledger = try CopyLedger(of: target.store, beside: archive.ledger)
        for path in try archive.changedCheckpoints(in: target.store, ledger, mark) {
            let isThere = try archive.isTaken(path, in: target.store)
            var damage = FileDamage(path, isThere ? .metadata : .missing)
            damage.isMendable = true
            item.damages.append(damage)
            guard !isDryRun else { continue }
            try note.add(MendingNote.Line(damage: damage, source: ArchiveLayout.firstStore))
            if isThere {
                try target.store.setAside(path, as: path.replacing("/", with: "_"))
            }
            mark?.files[path] = nil
        }
        if !isDryRun, let mark { try archive.keep(mark, of: id) }
    }

    /// The end of the last whole line of the primary ledger within so many bytes: the copy has no files of later ones.
    private func wholeLines(in size: Int64) throws -> Int64 {
        let length = min(size, Int64(LedgerHead.tailLength))
        let tail = try archive.ledger.bytes(at: size - length, count: Int(length))
        guard let end = tail.lastIndex(of: 0x0A) else { return 0 }
        return size - length + Int64(end) + 1
    }

    private func write(upTo end: Int64) throws -> Int64 {
        let volume = target.stagingVolume ?? archive.world.volume
        let folder = target.store.stagingFolder ?? archive.layout.work
        try volume.makeFolders(folder)
        let staged = folder.appending(".repair")
        if try volume.status(staged) != nil { try volume.remove(staged) }
        let file = try volume.create(staged, permissions: .everybodyReads)
        var offset: Int64 = 0
        while offset < end {
            let piece = try archive.ledger.bytes(at: offset, count: Int(min(1 << 20, end - offset)))
            guard !piece.isEmpty else { break }
            try file.append(piece, at: offset)
            offset += Int64(piece.count)
            try run.progress(piece.count)
        }
        try file.synchronize()
        try file.close()
        try target.store.replaceLedger(
            with: CopiedFile(staged, sha512: nil), keepingAs: "ledger_entries.jsonl", run)
        if try volume.status(staged) != nil { try volume.remove(staged) }
        return offset
    }
}
