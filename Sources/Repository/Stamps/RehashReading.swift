import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Reads every bundle of a hash-tree renewal again: compares it with what was stored and takes the new digest.
///
/// What is done stands in a folder of its own in `incoming/`, so that no bundle is read twice.
struct RehashReading {
    /// The folder in `incoming/` that outlives its run.
    static let folderName = "rehash"
    private static let piece = 1 << 20
    /// So much is read, or so many versions, before what is done is brought to the disk.
    private static let mostBytes: Int64 = 64 << 20
    private static let mostVersions = 64

    private(set) var progress: RehashProgress
    private let archive: Archive
    private let folder: FilePath
    private let file: any OpenFile
    private let hasher = Hasher(.sha512)
    private let buffer = WorkBuffer(count: piece)
    private var pending: [UInt8] = []
    private var markedVersions: Int
    private var markedRead: Int64

    private var volume: any Volume { archive.world.volume }

    /// Goes on with what an earlier run of the same plan left, else begins.
    init(_ plan: RehashPlan, in archive: Archive) throws {
        self.archive = archive
        folder = Self.folder(in: archive)
        let volume = archive.world.volume
        if let left = try Self.left(in: archive), left.plan.isSameWork(as: plan),
            let file = try Self.proven(left, in: archive)
        {
            progress = left
            self.file = file
            try file.forEachPiece(in: buffer) { [hasher] piece, _ in hasher.update(piece) }
        } else {
            try volume.removeTree(folder)
            try volume.makeFolder(folder, permissions: .everybodyEnters)
            progress = RehashProgress(plan)
            file = try volume.create(folder.appending("files"), permissions: .everybodyReads)
            try volume.synchronizeFolder(folder.removingLastComponent())
        }
        markedVersions = progress.versions
        markedRead = progress.read
    }

    /// Where the digests of the files are gathered.
    var files: FilePath { folder.appending("files") }

    /// Reads what is left; says how many bytes each piece had.
    mutating func run(_ report: (Int) -> Void) throws {
        do {
            try readAll(report)
        } catch let failure as ArchiveFailure {
            if failure.reason == .interrupted { try mark() }
            throw failure
        }
        try mark()
        try file.close()
    }

    private mutating func readAll(_ report: (Int) -> Void) throws {
        var done = progress.versions
        for batch in try progress.plan.rows(in: archive) {
            let place = BatchLayout(batch.number, in: archive.objects.layout.evidence)
            var reader = LeavesReader(try volume.open(place.leaves), .sha512)
            while let group = try reader.next() {
                if done > 0 {
                    done -= 1
                    continue
                }
                try take(group, report)
            }
            guard reader.digest() == batch.leaves else {
                throw ArchiveFailure(
                    .evidenceDamaged, subject: "evidence/" + BatchLayout.name(batch.number),
                    ["detail": "leaves"])
            }
        }
    }

    private mutating func take(_ group: BatchGroup, _ report: (Int) -> Void) throws {
        let method = progress.plan.method
        var files: [BatchFile] = []
        var findings: [Finding] = []
        for file in group.files {
            let (digest, finding) = try read(file, of: group, report)
            if let digest { files.append(BatchFile(name: file.name, digest: digest)) }
            if let finding { findings.append(finding) }
        }
        if findings.isEmpty {
            let again = BatchGroup(
                object: group.object, version: group.version, method: method, files: files)
            pending += again.lines.utf8
        } else {
            findings.append(
                Finding(
                    .versionNotRehashed, subject: group.object.text + "/v\(group.version)"))
            progress.findings += findings
        }
        progress.versions += 1
        if progress.versions - markedVersions >= Self.mostVersions
            || progress.read - markedRead >= Self.mostBytes
        {
            try mark()
        }
    }

    /// The new digest of a file that is as it was stored, else what is wrong with it.
    private mutating func read(
        _ file: BatchFile, of group: BatchGroup, _ report: (Int) -> Void
    ) throws -> (digest: [UInt8]?, finding: Finding?) {
        let name = "v\(group.version)/content/" + file.name
        let path = archive.objects.folder(of: group.object).pushing(FilePath(name))
        func finding(_ code: FindingCode, _ facts: [String: String]) -> Finding {
            Finding(
                code, subject: group.object.text + "/" + name,
                facts.merging(["file": name]) { one, _ in one })
        }
        guard try volume.status(path)?.kind == .file else {
            return (nil, finding(.contentMissing, [:]))
        }
        do {
            let (known, new, size) = try digests(of: path, report)
            guard known == file.digest else {
                let facts = [
                    "expected": Hexadecimal.text(of: file.digest),
                    "found": Hexadecimal.text(of: known), "size": String(size),
                ]
                return (nil, finding(.contentDigestWrong, facts))
            }
            return (new, nil)
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return (nil, finding(.fileUnreadable, ["reason": failure.errno.description]))
        }
    }

    private mutating func digests(
        of path: FilePath, _ report: (Int) -> Void
    ) throws -> (known: [UInt8], new: [UInt8], size: Int64) {
        let known = Hasher(.sha512)
        let new = Hasher(method: progress.plan.method)
        var size: Int64 = 0
        try volume.open(path).forEachPiece(in: buffer) { piece, _ in
            try archive.world.stopIfInterrupted()
            known.update(piece)
            new.update(piece)
            size += Int64(piece.count)
            report(piece.count)
        }
        progress.read += size
        return (known.finalizeAndReset(), new.finalizeAndReset(), size)
    }

    /// Brings what is done to the disk: first the digests, then what says how many of them count.
    private mutating func mark() throws {
        try file.append(pending, at: progress.written)
        try file.synchronize()
        hasher.update(pending)
        progress.written += Int64(pending.count)
        pending.removeAll(keepingCapacity: true)
        guard let digest = Digest(.sha512, bytes: hasher.digestSoFar()) else { return }
        progress.digest = digest
        markedVersions = progress.versions
        markedRead = progress.read
        try volume.replaceDurably(
            Array((progress.json.canonicalText + "\n").utf8),
            as: folder.appending("progress.json"))
    }
}

extension RehashReading {
    /// What an earlier run left; nil when there is nothing that can be read.
    static func left(in archive: Archive) throws -> RehashProgress? {
        let path = folder(in: archive).appending("progress.json")
        guard try archive.world.volume.status(path)?.kind == .file,
            let bytes = try archive.world.volume.readIfSmall(path, limit: 1 << 26)
        else { return nil }
        return RehashProgress(bytes)
    }

    /// Removes what is left of a renewal that is entered or can no longer be gone on with.
    static func clear(in archive: Archive) throws {
        try archive.world.volume.removeTree(folder(in: archive))
    }

    fileprivate static func folder(in archive: Archive) -> FilePath {
        archive.objects.layout.incoming.appending(folderName)
    }

    /// The file of digests cut to what counts, when it is what was written for the first versions of the plan.
    fileprivate static func proven(
        _ left: RehashProgress, in archive: Archive
    ) throws -> (any OpenFile)? {
        let volume = archive.world.volume
        let path = folder(in: archive).appending("files")
        guard let status = try volume.status(path), status.kind == .file,
            status.size >= left.written
        else { return nil }
        let file = try volume.openForAppending(path, permissions: .everybodyReads)
        try file.truncate(to: left.written)
        var reader = LeavesReader(file, left.plan.method)
        var count = 0
        do {
            while try reader.next() != nil { count += 1 }
        } catch is LeavesReader.Fault {
            return nil
        }
        // Which versions they are is proved again when the leaves are reckoned.
        guard reader.digest() == left.digest, count <= left.versions else { return nil }
        return file
    }
}

extension RehashPlan {
    /// The batches that it covers, the oldest first.
    func rows(in archive: Archive) throws -> [CatalogedBatch] {
        let renewals = try archive.catalog.renewals().filter { $0.number < number }
        return try archive.catalog.batches().filter { batch in
            let last = renewals.covering(batch.number).last?.digest
            return batch.number <= batches
                && (last ?? DigestMethod.sha512.rawValue) != method.rawValue
        }
    }

    /// Whether two plans are over the same ground; when they were made does not matter.
    func isSameWork(as other: RehashPlan) -> Bool {
        number == other.number && batches == other.batches && method == other.method
            && ground == other.ground
    }
}
