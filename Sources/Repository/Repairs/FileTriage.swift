import Bundles
import Cryptography
import Files
import Records
import Storage

/// Finds out what is wrong with one file of a store: read, read again from the medium, compared segment by segment.
struct FileTriage {
    /// Numbers of segments that are named.
    private static let mostNamed = 100
    let store: RepairStore
    let object: ObjectIdentifier?
    let run: CopyRun

    /// Nil when the file is right and was right at once.
    func damage(
        _ path: String, _ content: ExpectedFiles.Content, _ table: SegmentTable?
    ) throws -> FileDamage? {
        switch try reading(path, content) {
        case .right: return nil
        case .absent: return FileDamage(path, .missing)
        case .wrong: break
        }
        // What another process or a bad module of memory did to the cached pages goes away here.
        try forget(path)
        if try reading(path, content) == .right {
            return FileDamage(path, try readsWrongAgain(path, content) ? .memory : .transient)
        }
        guard let table else { return FileDamage(path, .metadata) }
        return try compared(path, table)
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

    /// Right once past the cache: is it right again through it?
    private func readsWrongAgain(
        _ path: String, _ content: ExpectedFiles.Content
    ) throws -> Bool {
        try reading(path, content) != .right
    }

    private func forget(_ path: String) throws {
        do {
            try store.store.forget(path)
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
        }
    }

    static func digest(
        of file: any ReadableFile, _ size: Int64, _ wanted: Digest, _ run: CopyRun
    ) throws -> [UInt8] {
        let hasher = Hasher(method: wanted.algorithm == .sha512 ? .sha512 : .sha256)
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

    private func compared(_ path: String, _ table: SegmentTable) throws -> FileDamage {
        guard let (file, size) = try store.open(path, object) else {
            return FileDamage(path, .missing)
        }
        var wrong: [Int64] = []
        var count: Int64 = 0
        var isOnlyEnd = size < table.tarLength
        for number in 0..<table.count {
            guard try !Self.isRight(number, of: file, table, run) else { continue }
            count += 1
            if wrong.count < Self.mostNamed { wrong.append(number) }
            if table.range(of: number).upperBound <= size { isOnlyEnd = false }
        }
        return FileDamage(
            path, isOnlyEnd ? .truncated : .medium, segments: wrong, segmentCount: count)
    }

    /// Whether a segment of a file is what the list says; one that cannot be read is not.
    static func isRight(
        _ number: Int64, of file: any ReadableFile, _ table: SegmentTable, _ run: CopyRun
    ) throws -> Bool {
        let range = table.range(of: number)
        let room = run.buffer.prefix(Int(range.upperBound - range.lowerBound))
        do {
            guard try file.fill(room, at: range.lowerBound) == room.count else { return false }
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            return false
        }
        try run.progress(room.count)
        let hasher = Hasher(.sha512)
        hasher.update(UnsafeRawBufferPointer(room))
        return try hasher.finalizeAndReset() == table.digest(of: number)
    }
}

extension FileDamage {
    init(
        _ path: String, _ kind: DamageKind, segments: [Int64] = [], segmentCount: Int64 = 0
    ) {
        self.init(path: path, kind: kind, segments: segments, segmentCount: segmentCount)
    }
}
