import Bundles
import Cryptography
import Files
import Records
import Storage

/// Finds out what is wrong with one file of a store: read, read again, read from the medium, compared by segments.
struct FileTriage {
    let store: RepairStore
    let object: ObjectIdentifier?
    let run: CopyRun

    /// Nil when the file is right and was right at once.
    func damage(
        _ path: String, _ content: ExpectedFiles.Content, _ table: SegmentTable?
    ) throws -> FileDamage? {
        if let table { return try SegmentTriage(self, path, table).damage() }
        switch try reading(path, content) {
        case .right: return nil
        case .absent: return FileDamage(path, .missing)
        case .wrong: break
        }
        if try reading(path, content) == .right { return FileDamage(path, .transient) }
        // What a bad module of memory did to the cached pages goes away here.
        try forget(path)
        if try reading(path, content) == .right { return FileDamage(path, .memory) }
        return FileDamage(path, .metadata)
    }

    private enum Reading { case right, wrong, absent }

    private func reading(
        _ path: String, _ content: ExpectedFiles.Content
    ) throws -> Reading {
        do {
            guard let (file, size) = try store.open(path, object) else {
                return .absent
            }
            switch content {
            case .bytes(let bytes):
                guard size == Int64(bytes.count) else { return .wrong }
                return try file.bytes(at: 0, count: bytes.count) == bytes ? .right : .wrong
            case .digest(let digest):
                return try Self.digest(of: file, size, digest, run) == digest.bytes
                    ? .right : .wrong
            }
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return .absent
        }
    }

    func forget(_ path: String) throws {
        do {
            try store.store.forget(path)
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
        }
    }

    /// The digest of a whole file, by the algorithm of the one that is wanted.
    static func digest(
        of file: any ReadableFile, _ size: Int64, _ wanted: Digest, _ run: CopyRun
    ) throws -> [UInt8] {
        try digest(of: file, size, wanted.algorithm, run)
    }

    /// The digest of a whole file.
    static func digest(
        of file: any ReadableFile, _ size: Int64, _ algorithm: Digest.Algorithm, _ run: CopyRun
    ) throws -> [UInt8] {
        let hasher = Hasher(method: algorithm == .sha512 ? .sha512 : .sha256)
        var offset: Int64 = 0
        while offset < size {
            let room = run.buffer.prefix(Int(min(Int64(run.buffer.bytes.count), size - offset)))
            let count = try file.fill(room, at: offset)
            if count == 0 { break }
            hasher.update(UnsafeRawBufferPointer(rebasing: room[..<count]))
            offset += Int64(count)
            try run.progress(count)
        }
        return hasher.finalizeAndReset()
    }
}

extension FileDamage {
    init(
        _ path: String, _ kind: DamageKind, segments: [Int64] = [], segmentCount: Int64 = 0
    ) {
        self.init(path: path, kind: kind, segments: segments, segmentCount: segmentCount)
    }

    /// Whether the bytes on the medium are right.
    var isOnlyOfReading: Bool { kind == .transient || kind == .memory }
}
