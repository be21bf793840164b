import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Up to where a copy store was brought when a sync of it ended last, as this archive itself noted it (`design.md` S5).
struct CopyMark: Hashable {
    /// Files of the ledger's folder that are made of entries.
    static let checkpoints = [
        "ledger/checkpoint", "ledger/checkpoint.stamped", "ledger/checkpoint.tst",
    ]
    static let limit = 1 << 16
    private static let form = "luutru copy mark 1"

    /// Bytes and entries of the ledger that the store had.
    let size: Int64
    let count: Int64
    /// SHA-512 of each checkpoint file that the store had, by path.
    var files: [String: Digest]

    init(size: Int64, count: Int64, files: [String: Digest]) {
        self.size = size
        self.count = count
        self.files = files
    }

    /// Reads a mark; what cannot be read, or is of another form, is none.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes),
            value["form"]?.stringValue == Self.form,
            let size = value["size"]?.numberValue, let count = value["count"]?.numberValue,
            size >= 0, count >= 0, let files = value["files"]?.objectValue
        else { return nil }
        let digests = files.compactMapValues { text in
            text.stringValue.flatMap { Digest(.sha512, hex: $0) }
        }
        guard digests.count == files.count else { return nil }
        self.init(size: size, count: count, files: digests)
    }

    var bytes: [UInt8] {
        let value: JSONValue = [
            "form": .string(Self.form), "size": .number(size), "count": .number(count),
            "files": .object(files.mapValues { .string($0.hex) }),
        ]
        return value.canonicalBytes
    }

    static func digest(of bytes: [UInt8]) -> Digest? {
        Digest(.sha512, bytes: Cryptography.Hasher.digest(.sha512, of: bytes))
    }
}

extension Archive {
    /// The mark of a copy store; nil where no sync of it ended yet, or the mark was deleted.
    func copyMark(of store: ObjectIdentifier) throws -> CopyMark? {
        let path = layout.copyMark(of: store)
        guard try world.volume.status(path)?.kind == .file,
            let bytes = try world.volume.readIfSmall(path, limit: CopyMark.limit)
        else { return nil }
        return CopyMark(bytes)
    }

    /// Notes how far a store was brought, after all of it is there.
    func keep(_ mark: CopyMark, of store: ObjectIdentifier) throws {
        guard try copyMark(of: store) != mark else { return }
        try world.volume.replaceDurably(mark.bytes, as: layout.copyMark(of: store))
    }

    /// The finding of a ledger that ends before the place to which it was brought; nil where it does not.
    func backFinding(_ ledger: CopyLedger, _ mark: CopyMark?, _ name: String) -> Finding? {
        guard let mark, ledger.head.count < mark.count else { return nil }
        return Finding(
            .copyLedgerBack, subject: "ledger/entries.jsonl",
            ["store": name, "found": String(ledger.head.count), "expected": String(mark.count)])
    }

    /// Checkpoint files of a store that are not as they were brought; those of an unfinished sync are for the next one.
    ///
    /// What is no file in the place of one stands in the way of every sync, however far the last one came.
    func changedCheckpoints(
        in store: any CopyStore, _ ledger: CopyLedger, _ mark: CopyMark?
    ) throws -> [String] {
        try CopyMark.checkpoints.filter { path in
            if try isBlocked(path, in: store) { return true }
            guard let mark, ledger.head.count == mark.count else { return false }
            guard let known = mark.files[path] else { return false }
            guard let found = try checkpointBytes(path, in: store) else { return true }
            guard CopyMark.digest(of: found) != known else { return false }
            let file = objects.layout.root.appending(path)
            // A sync that was cut short may have brought a newer one already.
            guard try world.volume.status(file)?.kind == .file else { return true }
            return try world.volume.readIfSmall(file, limit: LedgerSync.checkpointLimit) != found
        }
    }

    /// Whether a folder, a link or a device stands in the place of a file; a bucket has none of them.
    private func isBlocked(_ path: String, in store: any CopyStore) throws -> Bool {
        guard let disk = store as? DirectoryStore,
            let status = try disk.volume.status(disk.layout.root.appending(path))
        else { return false }
        return status.kind != .file
    }

    /// Whether anything at all stands in the place of a file.
    func isTaken(_ path: String, in store: any CopyStore) throws -> Bool {
        try store.size(of: path) != nil || isBlocked(path, in: store)
    }

    /// A checkpoint file's bytes; nil where none is there, or nothing that could be one.
    func checkpointBytes(_ path: String, in store: any CopyStore) throws -> [UInt8]? {
        do {
            guard let size = try store.size(of: path), size <= Int64(LedgerSync.checkpointLimit)
            else { return nil }
            return try store.reader(of: path, mark: nil).bytes(at: 0, count: Int(size))
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return nil
        }
    }
}
