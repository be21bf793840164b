import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Brings the entries that a copy lacks, each after the files that it names.
struct LedgerSync {
    /// Lines that go to the store together.
    private static let pieceSize = 1 << 20
    private let archive: Archive
    private let store: any CopyStore
    private let run: CopyRun
    private let start: CopyLedger
    private(set) var findings: [Finding] = []
    private var lines: [UInt8] = []
    /// Bytes of the ledger in the store.
    private var size: Int64

    init(_ archive: Archive, _ store: any CopyStore, _ run: CopyRun, after start: CopyLedger) {
        self.archive = archive
        self.store = store
        self.run = run
        self.start = start
        size = start.head.size
    }

    mutating func copy() throws {
        _ = try archive.ledger.read(after: start.head) { entry, _ in
            try archive.world.stopIfInterrupted()
            try copyFiles(of: entry)
            lines += Array(entry.line.utf8) + [0x0A]
            if lines.count >= Self.pieceSize { try flush() }
        }
        try flush()
        try copyCheckpoint()
    }

    private mutating func flush() throws {
        guard !lines.isEmpty else { return }
        try store.appendToLedger(lines, at: size)
        size += Int64(lines.count)
        lines.removeAll(keepingCapacity: true)
    }

    /// The details, policy and evidence that an entry names; what is not right here is told and not spread.
    private mutating func copyFiles(of entry: LedgerEntry) throws {
        let draft = entry.draft
        if let digest = draft.details {
            let path = "details/\(digest.hex).json"
            if try !archive.details.isRight(digest) || !put(path) {
                findings.append(Finding(.detailsFileWrong, .warning, subject: path))
            }
        }
        for (name, digest) in draft.digests.sorted(by: { $0.key < $1.key })
        where name.hasPrefix("policy/") {
            try copyPolicy(name, digest)
        }
        guard let batch = BatchDigests(draft) else { return }
        for file in batch.files {
            let path = "evidence/\(batch.name)/\(file.path)"
            guard try !put(path, sha512: file.sha512) else { continue }
            findings.append(Finding(.batchDamaged, .warning, subject: path, ["detail": file.path]))
        }
    }

    private mutating func copyPolicy(_ name: String, _ digest: Digest) throws {
        let file = archive.objects.layout.root.appending(name)
        guard LedgerSurvey.isPlainName(String(name.dropFirst("policy/".count))) else { return }
        guard try archive.world.volume.status(file) != nil,
            let bytes = try archive.policy.bytes(of: String(name.dropFirst("policy/".count))),
            PolicyStore.digest(of: bytes) == digest, try put(name)
        else {
            findings.append(Finding(.policyFileMissing, .warning, subject: name))
            return
        }
    }

    /// Brings a file in; false when the original cannot be read, twice, or is not as it should be.
    private func put(
        _ path: String, sha512: Digest? = nil, isSecondTry: Bool = false
    ) throws -> Bool {
        let file = archive.objects.layout.root.appending(path)
        do {
            _ = try store.put(CopiedFile(file, sha512: sha512), as: path, run)
            return true
        } catch let failure as FileCopy.SourceFailure {
            guard case .unreadable(let reason) = failure else { return false }
            try FileUnreadable.stopUnlessRot(reason)
            // A passing fault must not leave a copy whose ledger names a file that never came.
            guard !isSecondTry, !FileUnreadable.isAbsence(reason) else { return false }
            return try put(path, sha512: sha512, isSecondTry: true)
        }
    }

    /// The checkpoint is made of the entries, so it comes after them and never says more than is there.
    private func copyCheckpoint() throws {
        let layout = archive.objects.layout
        for file in [layout.checkpoint, layout.stampedCheckpoint, layout.checkpointStamp] {
            guard try archive.world.volume.status(file) != nil, let name = file.lastComponent
            else { continue }
            let bytes = try archive.world.volume.readAll(file, limit: 8 << 20)
            let path = "ledger/" + name.string
            guard try store.bytes(of: path, limit: 8 << 20) != bytes else { continue }
            try store.replace(path, with: bytes)
        }
    }
}
