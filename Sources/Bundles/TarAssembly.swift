import Containers
import Cryptography
import Files
import Records

/// Writes the tar of a bundle in one pass: file digests, the digest of the whole and of each segment on the way.
final class TarAssembly {
    private let tar: any OpenFile
    private let segments: any OpenFile
    private let modified: Int64
    private let progress: (Int) throws -> Void
    private let buffer = WorkBuffer(count: SegmentList.groupSize)
    private var filled = 0
    private var flushed: Int64 = 0
    /// Nil where the digest of the whole is taken later, beside those of other tars.
    private let whole: Hasher?
    private var words = WordSum()
    private let content = Hasher(.sha256)
    private var segmentText: [UInt8] = []
    private var segmentOffset: Int64 = 0

    /// Begins a tar; digests of segments go to the second file, entries carry the given second as their time.
    init(
        tar: any OpenFile, segments: any OpenFile, modified: Int64, takesWhole: Bool,
        progress: @escaping (Int) throws -> Void
    ) {
        self.tar = tar
        self.segments = segments
        self.modified = modified
        whole = takesWhole ? Hasher(.sha512) : nil
        self.progress = progress
    }

    /// Adds an entry whose content is at hand; gives its SHA-256.
    func add(_ path: RelativePath, _ bytes: [UInt8]) throws -> Digest {
        try put(TarHeader(path: path.bytes, size: Int64(bytes.count), modified: modified).encoded)
        try put(bytes)
        content.update(bytes)
        try pad(Int64(bytes.count))
        return Self.digest(.sha256, content.finalizeAndReset())
    }

    /// Adds an entry from open files one after another, which together must have exactly this size; gives its SHA-256.
    func add(_ path: RelativePath, size: Int64, from files: [any OpenFile]) throws -> Digest {
        try put(TarHeader(path: path.bytes, size: size, modified: modified).encoded)
        var left = size
        for file in files { left = try copy(file, atMost: left) }
        guard left == 0 else { throw ContentChanged() }
        try pad(size)
        return Self.digest(.sha256, content.finalizeAndReset())
    }

    /// Adds bytes that already are whole tar entries.
    func addEntries(_ file: any OpenFile, size: Int64) throws {
        var offset: Int64 = 0
        while offset < size {
            let count = try file.fill(room(atMost: size - offset), at: offset)
            guard count > 0 else { throw ContentChanged() }
            offset += Int64(count)
            try took(count)
        }
    }

    /// Ends the tar; gives its length and what the whole is known by. The segment digests are then all written.
    func finish() throws -> (length: Int64, whole: WrittenBundle.Whole, segmentsLength: Int64) {
        try put([UInt8](repeating: 0, count: 2 * TarHeader.blockSize))
        try flush()
        try writeSegmentText()
        let known = whole.map {
            WrittenBundle.Whole.digest(Self.digest(.sha512, $0.finalizeAndReset()))
        }
        return (flushed, known ?? .words(words), segmentOffset)
    }

    private func copy(_ file: any OpenFile, atMost limit: Int64) throws -> Int64 {
        var offset: Int64 = 0
        while true {
            let room = room(atMost: limit - offset)
            guard room.count > 0 else { break }
            let count = try file.fill(room, at: offset)
            guard count > 0 else { break }
            content.update(UnsafeRawBufferPointer(rebasing: room[..<count]))
            offset += Int64(count)
            try took(count)
        }
        return limit - offset
    }

    private func room(atMost limit: Int64) -> UnsafeMutableRawBufferPointer {
        let count = Int(min(limit, Int64(buffer.bytes.count - filled)))
        return UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[filled..<(filled + count)])
    }

    private func took(_ count: Int) throws {
        filled += count
        try progress(count)
        if filled == buffer.bytes.count { try flush() }
    }

    private func put(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let room = room(atMost: Int64(rest.count))
            room.copyBytes(from: rest.prefix(room.count))
            rest = rest.dropFirst(room.count)
            filled += room.count
            if filled == buffer.bytes.count { try flush() }
        }
    }

    private func pad(_ size: Int64) throws {
        let count = TarHeader(path: [], size: size, modified: 0).paddingCount
        if count > 0 { try put([UInt8](repeating: 0, count: count)) }
    }

    private func flush() throws {
        guard filled > 0 else { return }
        let piece = UnsafeRawBufferPointer(buffer.prefix(filled))
        if let whole { whole.update(piece) } else { words.add(piece) }
        for digest in SegmentList.digests(of: piece) {
            segmentText += Hexadecimal.text(of: digest).utf8
            segmentText.append(0x0A)
        }
        if segmentText.count > 64 * 1024 { try writeSegmentText() }
        try tar.write(piece, at: flushed)
        flushed += Int64(filled)
        filled = 0
    }

    private func writeSegmentText() throws {
        try segments.append(segmentText, at: segmentOffset)
        segmentOffset += Int64(segmentText.count)
        segmentText.removeAll(keepingCapacity: true)
    }

    private static func digest(_ algorithm: Digest.Algorithm, _ bytes: [UInt8]) -> Digest {
        guard let digest = Digest(algorithm, bytes: bytes) else {
            preconditionFailure("a hasher gives its algorithm's number of bytes")
        }
        return digest
    }
}

/// A file no longer has the size it was announced with.
struct ContentChanged: Error {}
