import Cryptography
import Files
import Records
import SystemPackage

/// Files come in whole by one request, or by the last one of their parts; what is there is read back before it is believed.
extension BucketStore {
    package func put(_ source: CopiedFile, as path: String, _ run: CopyRun) throws -> StoredFile {
        let brought = try asking { try bring(source, as: path, run) }
        return StoredFile(path: path, size: brought.size, mark: brought.version)
    }

    /// A file as it stands here after it was brought.
    struct Brought {
        let size: Int64
        let version: String?
        /// Whether it was here before.
        let isKept: Bool
    }

    func bring(_ source: CopiedFile, as path: String, _ run: CopyRun) throws -> Brought {
        let path = RelativePath(path)
        let (file, size) = try opened(source)
        let facts = try client.facts(of: path)
        if let facts, facts.size == size,
            try digest(of: path, facts, run) == source.sha512 ?? digest(of: file, size, run)
        {
            return try kept(facts, at: path)
        }
        let stored = try client.put(
            file, size: size, as: path, expecting: source.sha512,
            S3Terms(replacing: facts, lock: lock), parts: parts, progress: run.progress)
        return Brought(size: size, version: stored.version, isKept: false)
    }

    func opened(_ source: CopiedFile) throws -> (file: any OpenFile, size: Int64) {
        do {
            let file = try volume.open(source.file)
            let status = try file.status()
            guard status.kind == .file else {
                throw FileFailure(.open, source.file, .invalidArgument)
            }
            return (file, status.size)
        } catch let failure as FileFailure {
            throw FileCopy.SourceFailure.unreadable(failure)
        }
    }

    /// SHA-512 of what is here, read whole.
    func digest(of path: RelativePath, _ facts: S3Facts, _ run: CopyRun) throws -> Digest? {
        let hasher = Hasher(.sha512)
        try client.get(path, 0..<facts.size, version: facts.version, etag: facts.etag) { piece in
            hasher.update(piece)
            try run.progress(piece.count)
        }
        return Digest(.sha512, bytes: hasher.finalizeAndReset())
    }

    private func digest(of file: any OpenFile, _ size: Int64, _ run: CopyRun) throws -> Digest? {
        do {
            let hasher = Hasher(.sha512)
            try file.forEachPiece(in: run.buffer) { piece, _ in hasher.update(piece) }
            return Digest(.sha512, bytes: hasher.finalizeAndReset())
        } catch let failure as FileFailure {
            throw FileCopy.SourceFailure.unreadable(failure)
        }
    }

    package func ledgerSize() throws -> Int64 {
        try asking { try client.facts(of: Self.ledger)?.size ?? 0 }
    }

    package func ledgerBytes(at offset: Int64, count: Int) throws -> [UInt8] {
        try asking {
            guard let facts = try client.facts(of: Self.ledger) else { return [] }
            let end = min(facts.size, offset + Int64(count))
            var bytes: [UInt8] = []
            guard offset < end else { return bytes }
            try client.get(Self.ledger, offset..<end, version: facts.version) { bytes += $0 }
            return bytes
        }
    }

    package func appendToLedger(_ lines: [UInt8], at size: Int64) throws {
        try asking {
            let torn = try tornTail(after: size)
            guard !lines.isEmpty || !torn.isEmpty else { return }
            _ = try client.replaceEnd(
                of: Self.ledger, holding: size + Int64(torn.count), after: size, with: lines,
                lock: lock)
        }
    }

    /// What was put behind the last whole line and is no entry, once it is kept; a refusal where whole lines stand.
    private func tornTail(after size: Int64) throws -> [UInt8] {
        guard let facts = try client.facts(of: Self.ledger), facts.size > size else { return [] }
        var torn: [UInt8] = []
        if facts.size - size <= DirectoryStore.longestTear {
            try client.get(
                Self.ledger, size..<facts.size, version: facts.version, etag: facts.etag
            ) { torn += $0 }
        }
        guard !torn.isEmpty, !torn.contains(0x0A) else {
            throw S3Failure(.condition, subject: client.address.subject(Self.ledger))
        }
        if !facts.isVersioned {
            let name = try freeName(of: "recovered/ledger-tail-\(size)")
            _ = try client.put(torn, as: name, S3Terms(isFirst: true, lock: lock))
        }
        return torn
    }

    private static let ledger = RelativePath("ledger/entries.jsonl")
}
