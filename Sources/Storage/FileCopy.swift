import Cryptography
package import Files
package import Records
package import SystemPackage

/// Copies files so that each stands whole and right under its name or not at all; what is there and right is kept.
package struct FileCopy {
    private let volume: any Volume
    private let aside: FilePath
    private let buffer: WorkBuffer
    private let progress: (Int) throws -> Void

    /// A copy as it stands under its name.
    package struct Copied: Hashable, Sendable {
        package let size: Int64
        package let sha512: Digest
        /// Whether an earlier run had made it; it was read back.
        package let isKept: Bool

        package init(size: Int64, sha512: Digest, isKept: Bool) {
            self.size = size
            self.sha512 = sha512
            self.isKept = isKept
        }
    }

    /// Why a source cannot be copied; the target's disk is not to blame.
    package enum SourceFailure: Error, Hashable, Sendable {
        /// The bytes are not those that were stored.
        case different(found: Digest, size: Int64)
        case unreadable(FileFailure)
    }

    /// Prepares to copy; `aside` is the name, on the targets' disk, under which each file is first written.
    package init(
        volume: any Volume, aside: FilePath, buffer: WorkBuffer,
        progress: @escaping (Int) throws -> Void
    ) {
        self.volume = volume
        self.aside = aside
        self.buffer = buffer
        self.progress = progress
    }

    /// Copies a whole file; its digest is proved before the copy gets its name.
    package func copy(_ source: FilePath, expecting expected: Digest?, to target: FilePath) throws
        -> Copied
    {
        let (file, size) = try reading {
            let file = try volume.open(source)
            let status = try file.status()
            guard status.kind == .file else { throw FileFailure(.open, source, .invalidArgument) }
            return (file, status.size)
        }
        return try copy(file, at: 0, size: size, expecting: expected, to: target)
    }

    /// Copies a piece of a file; without a digest to expect the target is always written anew.
    package func copy(
        _ source: any OpenFile, at offset: Int64, size: Int64, expecting expected: Digest?,
        to target: FilePath
    ) throws -> Copied {
        if let expected, try isRight(target, size: size, expected) {
            return Copied(size: size, sha512: expected, isKept: true)
        }
        try clearAside()
        let file = try volume.create(aside, permissions: .everybodyReads)
        let found = try pour(source, at: offset, size: size, into: file)
        if let expected, found != expected {
            try file.close()
            try volume.remove(aside)
            throw SourceFailure.different(found: found, size: size)
        }
        try file.synchronize()
        try file.close()
        try volume.place(aside, as: target)
        return Copied(size: size, sha512: found, isKept: false)
    }

    /// Makes a file of bytes at hand.
    package func put(_ bytes: [UInt8], to target: FilePath) throws -> Copied {
        let digest = Digest(sha512: Cryptography.Hasher.digest(.sha512, of: bytes))
        let size = Int64(bytes.count)
        if let status = try volume.status(target), status.kind == .file, status.size == size,
            try volume.readAll(target, limit: bytes.count) == bytes
        {
            return Copied(size: size, sha512: digest, isKept: true)
        }
        try clearAside()
        try volume.writeSynchronized(bytes, to: aside)
        try volume.place(aside, as: target)
        return Copied(size: size, sha512: digest, isKept: false)
    }

    /// Whether the target already has these bytes; it is read back whole.
    package func isRight(_ target: FilePath, size: Int64, _ expected: Digest) throws -> Bool {
        guard let status = try volume.status(target), status.kind == .file, status.size == size
        else { return false }
        let file = try volume.open(target)
        let hasher = Cryptography.Hasher(.sha512)
        try file.forEachPiece(in: buffer) { piece, _ in
            hasher.update(piece)
            try progress(piece.count)
        }
        return hasher.finalizeAndReset() == expected.bytes
    }

    private func pour(
        _ source: any OpenFile, at offset: Int64, size: Int64, into file: any OpenFile
    ) throws -> Digest {
        let hasher = Cryptography.Hasher(.sha512)
        var done: Int64 = 0
        while done < size {
            let room = buffer.prefix(Int(min(Int64(buffer.bytes.count), size - done)))
            let count = try reading { try source.fill(room, at: offset + done) }
            if count == 0 { break }
            let piece = UnsafeRawBufferPointer(rebasing: room[..<count])
            hasher.update(piece)
            try file.write(piece, at: done)
            done += Int64(count)
            try progress(count)
        }
        return Digest(sha512: hasher.finalizeAndReset())
    }

    /// A crash may have left the name aside; it was never a file of anybody's, so it may go.
    private func clearAside() throws {
        if try volume.status(aside) != nil { try volume.remove(aside) }
    }

    private func reading<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let failure as FileFailure {
            throw SourceFailure.unreadable(failure)
        }
    }
}
