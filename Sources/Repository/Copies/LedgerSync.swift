import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Brings the entries that a copy lacks, each after the files that it names.
struct LedgerSync {
    /// Lines that go to the store together.
    private static let pieceSize = 1 << 20
    /// The largest checkpoint or token that is brought.
    static let checkpointLimit = 8 << 20
    private let archive: Archive
    private let store: any CopyStore
    private let run: CopyRun
    private let start: CopyLedger
    /// Whether the files of entries that are there are looked at, too.
    private let isWhole: Bool
    private var count: Int64
    private var checkpoints: [String: Digest] = [:]
    private(set) var findings: [Finding] = []
    private var lines: [UInt8] = []
    /// Bytes of the ledger in the store.
    private var size: Int64

    init(
        _ archive: Archive, _ store: any CopyStore, _ run: CopyRun, after start: CopyLedger,
        isWhole: Bool
    ) {
        self.archive = archive
        self.store = store
        self.run = run
        self.start = start
        self.isWhole = isWhole
        size = start.head.size
        count = start.head.count
    }

    /// What the store has when all of it is there.
    var mark: CopyMark { CopyMark(size: size, count: count, files: checkpoints) }

    /// Brings files, entries and checkpoints; those of the checkpoint files that somebody changed are kept aside.
    mutating func copy(replacing changed: [String], noting note: MendingNote) throws {
        _ = try archive.ledger.read(after: isWhole ? .empty : start.head) { entry, _ in
            try archive.world.stopIfInterrupted()
            try copyFiles(of: entry)
            guard entry.sequence >= start.head.count else { return }
            lines += Array(entry.line.utf8) + [0x0A]
            count += 1
            if lines.count >= Self.pieceSize { try flush() }
        }
        try flush()
        // What stands behind the last whole line gives way though no entry comes in its place.
        if start.size > size { try store.appendToLedger([], at: size) }
        try copyCheckpoint(replacing: changed, noting: note)
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
    private mutating func copyCheckpoint(
        replacing changed: [String], noting note: MendingNote
    ) throws {
        let layout = archive.objects.layout
        for file in [layout.checkpoint, layout.stampedCheckpoint, layout.checkpointStamp] {
            guard try archive.world.volume.status(file) != nil, let name = file.lastComponent
            else { continue }
            let bytes = try archive.world.volume.readAll(file, limit: Self.checkpointLimit)
            let path = "ledger/" + name.string
            checkpoints[path] = CopyMark.digest(of: bytes)
            guard try archive.checkpointBytes(path, in: store) != bytes else { continue }
            if changed.contains(path) { try makeWay(path, note) }
            try store.replace(path, with: bytes)
        }
    }

    /// Keeps what stands in a checkpoint's place; a repair must not take its going for a passing fault.
    private func makeWay(_ path: String, _ note: MendingNote) throws {
        let isThere = try archive.isTaken(path, in: store)
        try note.add(
            MendingNote.Line(
                damage: FileDamage(path, isThere ? .metadata : .missing),
                source: ArchiveLayout.firstStore))
        if isThere { try store.setAside(path, as: path.replacing("/", with: "_")) }
    }
}
