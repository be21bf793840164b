import Cryptography
package import Files
package import Records
package import SystemPackage

/// The append-only log of every act, `<store>/ledger/entries.jsonl` (`docs/ledger.md`); one writer holds the archive's lock.
package struct Ledger: Sendable {
    private let volume: any Volume
    private let file: FilePath
    private let folder: FilePath

    package init(folder: FilePath, volume: any Volume) {
        self.volume = volume
        self.folder = folder
        file = folder.appending("entries.jsonl")
    }

    /// What the file system says of the file; nil before the first entry.
    package func status() throws(FileFailure) -> FileStatus? { try volume.status(file) }

    /// Longer than this no archive is left alone: an entry from farther ahead would stop every later one.
    private static let longestPause: Int64 = 50 * 366 * 86_400

    /// Refuses an hour before the last entry, and one that is decades after it.
    package static func prove(clock: Instant, after head: LedgerHead) throws(LedgerFailure) {
        guard clock >= head.at else { throw LedgerFailure(.clockBehind, sequence: head.count) }
        guard head.count == 0 || clock.seconds - head.at.seconds <= longestPause else {
            throw LedgerFailure(.clockAhead, sequence: head.count)
        }
    }

    /// Adds an entry and brings it to the disk; one earlier than the last is refused (`design.md` §5).
    package func append(
        _ draft: LedgerDraft, archive: ObjectIdentifier, at instant: Instant, after head: LedgerHead
    ) throws -> (entry: LedgerEntry, head: LedgerHead) {
        try Self.prove(clock: instant, after: head)
        let entry = try LedgerEntry(draft, archive: archive, at: instant, after: head)
        let isNew = try volume.status(file) == nil
        let log = try volume.openForAppending(file, permissions: .everybodyReads)
        guard try log.status().size == head.size else {
            throw LedgerFailure(.inconsistent, sequence: head.count)
        }
        try log.append(Array(entry.line.utf8) + [0x0A], at: head.size)
        try log.synchronize()
        try log.close()
        if isNew { try volume.synchronizeFolder(folder) }
        return (entry, entry.head(after: head))
    }

    /// Reads every entry after a head in order, each proved to follow the one before; gives the new head.
    package func read(
        after head: LedgerHead = .empty, _ body: (LedgerEntry, LedgerHead) throws -> Void
    ) throws -> LedgerHead {
        guard try volume.status(file) != nil else {
            guard head.size == 0 else { throw LedgerFailure(.shrunk, sequence: 0) }
            return head
        }
        let log = try volume.open(file)
        guard try log.status().size >= head.size else {
            throw LedgerFailure(.shrunk, sequence: head.count)
        }
        var lines = LedgerLines(log, from: head.size)
        var current = head
        while let line = try lines.next(sequence: current.count) {
            let entry = try LedgerEntry(reading: line, after: current)
            current = entry.head(after: current)
            try body(entry, current)
        }
        return current
    }

    /// Reads every line in order without its line break, each proved to name the one before; gives how many there are.
    ///
    /// Faster than `read`, for whoever compares the bytes with a signed root. A torn last line is passed over, as `read` does.
    package func readLines(_ body: ([UInt8], Int64) throws -> Void) throws -> Int64 {
        guard try volume.status(file) != nil else { return 0 }
        let log = try volume.open(file)
        var lines = LedgerLines(log, from: 0)
        var sequence: Int64 = 0
        let hasher = Hasher(.sha256)
        var last = Array(Digest.zeroSHA256.hex.utf8)
        while let found = try lines.next(sequence: sequence) {
            let line = Array(found)
            guard let previous = LedgerLines.previous(in: line), previous.elementsEqual(last)
            else { throw LedgerFailure(.inconsistent, sequence: sequence) }
            try body(line, sequence)
            hasher.update(line)
            last = Hexadecimal.units(of: hasher.finalizeAndReset())
            sequence += 1
        }
        return sequence
    }

    /// Gives what those entries say that have one of the words somewhere, each line proved to name the one before.
    ///
    /// A tenth of what `read` takes, for whoever looks for a few acts among many.
    package func readDrafts(
        with words: [String], _ body: (LedgerDraft) throws -> Void
    ) throws {
        let marks = words.map { Array($0.utf8) }
        _ = try readLines { line, sequence in
            guard marks.contains(where: { LedgerLines.holds($0, line) }) else { return }
            guard let value = try? JSONValue(parsing: line), let draft = LedgerDraft(value) else {
                throw LedgerFailure(.entryMismatch, sequence: sequence)
            }
            try body(draft)
        }
    }

    /// The head that the ledger once had, when it still holds that head's last entry.
    package func head(size: Int64, count: Int64, last: Digest) throws -> LedgerHead {
        // A founded archive's ledger is never empty, so a catalog that says so is no witness.
        guard count > 0 else { throw LedgerFailure(.inconsistent, sequence: 0) }
        // The size comes from the catalog, which may be damaged.
        guard size > 0 else { throw LedgerFailure(.inconsistent, sequence: count - 1) }
        guard try volume.status(file) != nil else { throw LedgerFailure(.shrunk, sequence: 0) }
        let log = try volume.open(file)
        guard try log.status().size >= size else { throw LedgerFailure(.shrunk, sequence: count) }
        let start = max(0, size - Int64(LedgerEntry.largestLine) - 2)
        let bytes = try log.bytes(at: start, count: Int(size - start))
        let line = bytes.dropLast().suffix(while: { $0 != 0x0A })
        guard bytes.last == 0x0A, LedgerLines.digest(of: line) == last,
            let value = try? JSONValue(parsing: line), value["n"]?.numberValue == count - 1,
            let at = value["at"]?.stringValue.flatMap({ Instant($0) })
        else { throw LedgerFailure(.inconsistent, sequence: count - 1) }
        return LedgerHead(size: size, count: count, last: last, at: at)
    }

    /// The policy files that entries of an archive adopted, by name, each with the digest it was last adopted with.
    ///
    /// The whole chain is proved on the way (invariant T1): a line that does not follow the one before adopts nothing.
    package func adoptedPolicy(of archive: ObjectIdentifier) throws -> [String: Digest] {
        var adopted: [String: Digest] = [:]
        _ = try read { entry, _ in
            guard entry.draft.act == "policy", entry.archive == archive else { return }
            for (name, digest) in entry.draft.digests where name.hasPrefix("policy/") {
                adopted[name] = digest
            }
        }
        return adopted
    }

    /// Whether the entry whose line begins at an offset adopted a policy file with just this digest.
    package func adopts(_ name: String, _ digest: Digest, at offset: Int64) throws -> Bool {
        guard offset >= 0, try volume.status(file) != nil else { return false }
        let log = try volume.open(file)
        // The offset comes from the catalog: a line begins where the one before ended.
        if offset > 0 {
            guard try log.bytes(at: offset - 1, count: 1) == [0x0A] else { return false }
        }
        var lines = LedgerLines(log, from: offset)
        guard let line = try lines.next(sequence: 0), line.count <= LedgerEntry.largestLine,
            let value = try? JSONValue(parsing: line), value["act"]?.stringValue == "policy"
        else { return false }
        return value["digests"]?[name]?.stringValue == digest.labelled
    }

    /// Where the ledger ends as its last whole line tells, which costs the same however long it is; nil where that is no entry.
    package func end() throws -> LedgerHead? {
        let size = try status()?.size ?? 0
        // A line that a crash cut short may stand behind a whole one.
        let length = min(size, 2 * Int64(LedgerHead.tailLength))
        return LedgerHead(
            endingWith: try bytes(at: size - length, count: Int(length)), size: size)
    }

    /// A piece of the file; shorter where the ledger ends before.
    package func bytes(at offset: Int64, count: Int) throws -> [UInt8] {
        guard count > 0, try volume.status(file) != nil else { return [] }
        let log = try volume.open(file)
        let size = try log.status().size
        return try log.bytes(at: offset, count: Int(max(0, min(Int64(count), size - offset))))
    }

    /// Bytes after the last line break: an entry that a crash cut short and that was never confirmed.
    package func tornTail(after head: LedgerHead) throws -> [UInt8] {
        guard try volume.status(file) != nil else { return [] }
        let log = try volume.open(file)
        let size = try log.status().size
        guard size >= head.size else { throw LedgerFailure(.shrunk, sequence: head.count) }
        return try log.bytes(
            at: head.size, count: Int(min(size - head.size, Int64(LedgerEntry.largestLine) + 1)))
    }

    /// Sets the torn tail aside as a file and cuts it from the ledger; gives the file's name.
    @discardableResult
    package func setAsideTornTail(
        _ tail: [UInt8], after head: LedgerHead, in recovered: FilePath
    ) throws -> String {
        try volume.makeFolders(recovered)
        let name = try keep(tail, as: "ledger-tail-\(head.size)", in: recovered)
        let log = try volume.openForAppending(file, permissions: .everybodyReads)
        try log.truncate(to: head.size)
        try log.synchronize()
        try log.close()
        return name
    }

    /// Writes the bytes under the first name that is free, unless a file of such a name already has them.
    private func keep(_ bytes: [UInt8], as stem: String, in recovered: FilePath) throws -> String {
        var name = stem
        var number = 1
        // Invariant W5: another tail cut at the same place is not this one.
        while try volume.status(recovered.appending(name)) != nil {
            if try volume.readAll(recovered.appending(name), limit: LedgerEntry.largestLine + 1)
                == bytes
            {
                return name
            }
            number += 1
            name = "\(stem)-\(number)"
        }
        try volume.writeDurably(bytes, to: recovered.appending(name))
        return name
    }
}

extension ArraySlice<UInt8> {
    /// The longest end whose elements all satisfy a condition.
    fileprivate func suffix(while condition: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        var start = endIndex
        while start > startIndex, condition(self[start - 1]) { start -= 1 }
        return self[start...]
    }
}
