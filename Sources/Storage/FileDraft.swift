import Cryptography
package import Files
import Records
package import SystemPackage

/// A file that is written in order and gets its name only when it is whole.
package final class FileDraft {
    private let volume: any Volume
    private let aside: FilePath
    private let file: any OpenFile
    private let hasher = Cryptography.Hasher(.sha512)
    private var pending: [UInt8] = []
    private static let pendingLimit = 256 * 1024
    /// Bytes taken so far.
    package private(set) var size: Int64 = 0

    /// Begins under a name aside, on the disk where the file will stand.
    package init(aside: FilePath, volume: any Volume) throws {
        self.volume = volume
        self.aside = aside
        if try volume.status(aside) != nil { try volume.remove(aside) }
        file = try volume.create(aside, permissions: .everybodyReads)
    }

    /// Adds bytes at the end.
    package func append(_ bytes: some Collection<UInt8>) throws {
        pending += bytes
        if pending.count >= Self.pendingLimit { try flush() }
    }

    /// Adds bytes at the end.
    package func append(_ bytes: UnsafeRawBufferPointer) throws {
        try flush()
        try file.write(bytes, at: size)
        hasher.update(bytes)
        size += Int64(bytes.count)
    }

    /// Reads back what was written, in pieces of at most 256 KiB, up to an offset.
    package func forEachPiece(_ range: Range<Int64>, _ body: ([UInt8]) throws -> Void) throws {
        try flush()
        var offset = range.lowerBound
        while offset < range.upperBound {
            let count = min(range.upperBound - offset, Int64(Self.pendingLimit))
            let piece = try file.bytes(at: offset, count: Int(count))
            if piece.isEmpty { return }
            try body(piece)
            offset += Int64(piece.count)
        }
    }

    /// Bytes taken so far, those not yet written too.
    package var length: Int64 { size + Int64(pending.count) }

    /// Brings the bytes to the disk and puts the file under its name.
    package func finish(as target: FilePath) throws -> FileCopy.Copied {
        try flush()
        try file.synchronize()
        try file.close()
        try volume.place(aside, as: target)
        let digest = Digest(sha512: hasher.finalizeAndReset())
        return FileCopy.Copied(size: size, sha512: digest, isKept: false)
    }

    /// Gives the file up.
    package func abandon() throws {
        try file.close()
        try volume.remove(aside)
    }

    private func flush() throws {
        guard !pending.isEmpty else { return }
        try file.append(pending, at: size)
        hasher.update(pending)
        size += Int64(pending.count)
        pending.removeAll(keepingCapacity: true)
    }
}
