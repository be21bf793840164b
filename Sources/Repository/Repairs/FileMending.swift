import Bundles
import Cryptography
import Files
import Records
import Storage
import SystemPackage

/// Builds one file anew aside, out of what is right in the store and what other stores have, and puts it in its place.
struct FileMending {
    let archive: Archive
    let target: RepairStore
    /// Stores to take from, in the order of trust.
    let sources: [RepairStore]
    let object: ObjectIdentifier?
    let run: CopyRun

    /// What mending one file took.
    struct Mended {
        var transferred: Int64 = 0
        var source: String?
        /// The mark that the store gave the new file.
        var mark: String?
    }

    /// Mends a file; nil when no store has it right.
    func mend(
        _ damage: FileDamage, _ content: ExpectedFiles.Content, _ table: SegmentTable?
    ) throws -> Mended? {
        try renew(damage, content, table, isCovered: false)
    }

    /// Lays a file of a vault once more above what covers it and cannot be removed; nil when no store has it right.
    func layAbove(
        _ damage: FileDamage, _ content: ExpectedFiles.Content, _ table: SegmentTable?
    ) throws -> Mended? {
        try renew(damage, content, table, isCovered: true)
    }

    private func renew(
        _ damage: FileDamage, _ content: ExpectedFiles.Content, _ table: SegmentTable?,
        isCovered: Bool
    ) throws -> Mended? {
        let path = damage.path
        let volume = target.stagingVolume ?? archive.world.volume
        let folder = target.store.stagingFolder ?? archive.layout.work
        try volume.makeFolders(folder)
        let staged = folder.appending(".repair")
        if try volume.status(staged) != nil { try volume.remove(staged) }
        var mended = Mended()
        let file = try volume.create(staged, permissions: .everybodyReads)
        let isBuilt: Bool
        switch content {
        case .bytes(let bytes):
            try file.append(bytes, at: 0)
            isBuilt = true
        case .digest(let digest):
            if let table {
                isBuilt = try build(path, table, digest, into: file, &mended)
            } else {
                isBuilt = try copy(path, digest, isCovered, into: file, &mended)
            }
        }
        try file.synchronize()
        try file.close()
        guard isBuilt else {
            try volume.remove(staged)
            return nil
        }
        let name =
            (object.map { $0.fileName + "_" } ?? "")
            + path.split(separator: "/").suffix(3)
            .joined(separator: "_")
        try MendingNote(archive, in: target.id, of: object).add(
            MendingNote.Line(
                damage: damage, transferred: mended.transferred, source: mended.source))
        mended.mark = try target.store.restore(
            path, from: CopiedFile(staged, sha512: content.sha512), keepingAs: name, run
        ).mark
        if try volume.status(staged) != nil { try volume.remove(staged) }
        return mended
    }

    /// A whole file from the first store that has it right; what is only covered is right where it lies.
    private func copy(
        _ path: String, _ digest: Digest, _ isCovered: Bool, into file: any OpenFile,
        _ mended: inout Mended
    ) throws -> Bool {
        for source in [target] + sources {
            for name in try Self.names(of: path, source.version(of:), object)
            where isCovered || source.id != target.id || name != path {
                guard let (other, size) = try source.open(name, object) else { continue }
                try file.truncate(to: 0)
                guard try pour(other, size, digest, into: file) else { continue }
                guard source.id != target.id else { return true }
                mended.transferred += size
                mended.source = source.name
                return true
            }
        }
        return false
    }

    /// Where the same bytes may stand: an object's inventory is also that of its version.
    private static func names(
        of path: String, _ version: (ObjectIdentifier) throws -> Int?, _ object: ObjectIdentifier?
    ) throws -> [String] {
        let name = "/inventory.json"
        guard let object, path.hasSuffix(name), let last = try version(object) else {
            return [path]
        }
        let folder = "ocfl/" + ObjectLocation.folder(of: object)
        guard path == folder + name else { return [path] }
        return [path] + (1...max(1, last)).map { folder + "/v\($0)" + name }
    }

    private func pour(
        _ source: any ReadableFile, _ size: Int64, _ digest: Digest, into file: any OpenFile
    ) throws -> Bool {
        let hasher = Hasher(method: digest.algorithm == .sha512 ? .sha512 : .sha256)
        var offset: Int64 = 0
        do {
            while offset < size {
                let room = run.buffer.prefix(
                    Int(min(Int64(run.buffer.bytes.count), size - offset)))
                let count = try source.fill(room, at: offset)
                if count == 0 { break }
                let piece = UnsafeRawBufferPointer(rebasing: room[..<count])
                hasher.update(piece)
                try file.write(piece, at: offset)
                offset += Int64(count)
                try run.progress(count)
            }
        } catch let failure as FileFailure where failure.call == .read {
            try FileUnreadable.stopUnlessRot(failure)
            return false
        }
        return hasher.finalizeAndReset() == digest.bytes
    }

    /// Whether right bytes are to be had for all of a file, without writing any.
    func canMend(
        _ path: String, _ content: ExpectedFiles.Content, _ table: SegmentTable?
    ) throws -> Bool {
        guard case .digest(let digest) = content else { return true }
        guard let table else {
            return try ([target] + sources).contains { try self.hasRight($0, path, digest) }
        }
        let files = try ([target] + sources).compactMap { store in
            try store.open(path, object)?.file
        }
        return try (0..<table.count).allSatisfy { number in
            try files.contains { try SegmentTriage.isRight(number, of: $0, table, run) }
        }
    }

    private func hasRight(
        _ source: RepairStore, _ path: String, _ digest: Digest
    ) throws -> Bool {
        for name in try Self.names(of: path, source.version(of:), object)
        where source.id != target.id || name != path {
            guard let (file, size) = try source.open(name, object) else { continue }
            do {
                if try FileTriage.digest(of: file, size, digest, run) == digest.bytes {
                    return true
                }
            } catch let failure as FileFailure {
                try FileUnreadable.stopUnlessRot(failure)
            }
        }
        return false
    }

    /// Segment by segment: what is right here stays, what is not comes from a store that has it right.
    private func build(
        _ path: String, _ table: SegmentTable, _ digest: Digest, into file: any OpenFile,
        _ mended: inout Mended
    ) throws -> Bool {
        let own = try target.open(path, object)?.file
        let others = try sources.compactMap { source in
            try source.open(path, object).map { (source.name, $0.file) }
        }
        let hasher = Hasher(.sha512)
        for number in 0..<table.count {
            let range = table.range(of: number)
            var isFound =
                try own.map { try SegmentTriage.isRight(number, of: $0, table, run) } ?? false
            for (name, other) in others where !isFound {
                guard try SegmentTriage.isRight(number, of: other, table, run) else { continue }
                isFound = true
                mended.transferred += range.upperBound - range.lowerBound
                mended.source = name
            }
            guard isFound else { return false }
            // The buffer holds the segment that was just proved.
            let piece = UnsafeRawBufferPointer(
                run.buffer.prefix(Int(range.upperBound - range.lowerBound)))
            hasher.update(piece)
            try file.write(piece, at: range.lowerBound)
        }
        return hasher.finalizeAndReset() == digest.bytes
    }
}

extension ExpectedFiles.Content {
    /// SHA-512 of the file where it is known so.
    var sha512: Digest? {
        switch self {
        case .bytes(let bytes):
            Digest(.sha512, bytes: Cryptography.Hasher.digest(.sha512, of: bytes))
        case .digest(let digest): digest.algorithm == .sha512 ? digest : nil
        }
    }
}
