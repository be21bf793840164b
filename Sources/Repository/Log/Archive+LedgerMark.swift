import Evidence
import Files
import Glibc
import Records
import Storage
import SystemPackage

/// An earlier entry that was changed stops every writer, and costs nothing where nobody touched the file (invariant R3).
extension Archive {
    /// Proves all entries against what was signed, unless the file is the one that the last run left.
    ///
    /// An audit goes on where they are wrong, and signs nothing.
    func proveEntries(isAuditing: Bool) throws {
        let found = try ledgerIdentityNow()
        if let found, try isMarked(found, at: head) {
            ledgerIdentity = found
            return
        }
        do {
            try proveAllEntries()
        } catch let failure as ArchiveFailure where failure.reason == .ledgerSuspect {
            guard isAuditing else { throw failure }
            isLedgerBroken = true
            areEntriesSuspect = true
            return
        }
        // What was changed while it was read is for the next run to prove.
        ledgerIdentity = try ledgerIdentityNow() == found ? found : nil
        try keepLedgerMark()
    }

    /// Up to so many bytes a ledger is read whole also for whoever only looks, though nobody touched its file.
    private static let smallLedger: Int64 = 32 << 20

    /// The same for who only reads: whether all entries up to the end still are what was signed, or what a run left.
    func areEntriesProved(upTo end: LedgerHead) throws -> Bool {
        guard let found = try ledgerIdentityNow() else { return false }
        if found.size > Self.smallLedger, try isMarked(found, at: end) { return true }
        var check = LedgerTreeCheck(marks: try signedMarks(), tiles: nil, tileSize: 0)
        let count = try ledger.readLines { line, _ in
            try world.stopIfInterrupted()
            try check.take(line)
        }
        return count >= end.count && check.wrong.isEmpty && check.beyond.isEmpty
    }

    /// Reads the whole chain and compares it with the checkpoints of keys and store.
    private func proveAllEntries() throws {
        var check = LedgerTreeCheck(marks: try signedMarks(), tiles: nil, tileSize: 0)
        do {
            let count = try ledger.readLines { line, _ in
                try world.stopIfInterrupted()
                try check.take(line)
            }
            guard count == head.count else { throw suspect("LOG_INCONSISTENT \(count)") }
        } catch let failure as LedgerFailure {
            throw suspect("\(failure.reason.rawValue) \(failure.sequence)")
        }
        if let mark = (check.wrong + check.beyond).first {
            throw suspect("LOG_INCONSISTENT \(mark.checkpoint.size), \(mark.name)")
        }
    }

    /// What nobody signed says nothing of the ledger; it is told by its own name.
    private func signedMarks() throws -> [LedgerTreeCheck.Mark] {
        var marks: [LedgerTreeCheck.Mark] = []
        let verifiers = try ledgerVerifiers()
        if let kept = try ledgerKeys.lastSigned(),
            try isVouched(kept, by: verifiers)
        {
            marks.append(.init(name: "keys/checkpoint", checkpoint: kept.checkpoint))
        }
        if let stored = try LedgerNote.read(objects.layout.checkpoint, world.volume),
            stored.isSigned(byOneOf: verifiers)
        {
            marks.append(.init(name: "ledger/checkpoint", checkpoint: stored.checkpoint))
        }
        return marks
    }

    func ledgerIdentityNow() throws -> LedgerMark.Identity? {
        try ledger.status().map { LedgerMark.Identity($0) }
    }

    private func mark(_ identity: LedgerMark.Identity, at head: LedgerHead) throws -> LedgerMark {
        LedgerMark(
            identity: identity, head: head, root: try ledgerKeys.lastSigned()?.checkpoint.root)
    }

    private func isMarked(_ identity: LedgerMark.Identity, at head: LedgerHead) throws -> Bool {
        guard try world.volume.status(layout.ledgerMark)?.kind == .file,
            let bytes = try world.volume.readIfSmall(layout.ledgerMark, limit: LedgerMark.limit)
        else { return false }
        return try bytes == Array(mark(identity, at: head).text.utf8) && isSettled(identity)
    }

    /// Whether the file system's clock has gone on since the ledger's last change: another would have another time.
    private func isSettled(_ identity: LedgerMark.Identity) throws -> Bool {
        for path in [layout.ledgerMark, objects.layout.checkpoint] {
            if let status = try world.volume.status(path), status.changed > identity.changed {
                return true
            }
        }
        return false
    }

    /// Leaves the mark for the next run; where somebody changed the file under this one, the next proves it all.
    func keepLedgerMark() throws {
        guard let identity = ledgerIdentity, !isLedgerBroken else { return }
        let bytes = Array(try mark(identity, at: head).text.utf8)
        try world.volume.replaceDurably(bytes, as: layout.ledgerMark)
        guard try !isSettled(identity) else { return }
        // A disk may be so fast that its clock has not moved on since the last entry.
        usleep(5_000)
        try world.volume.replaceDurably(bytes, as: layout.ledgerMark)
    }
}
