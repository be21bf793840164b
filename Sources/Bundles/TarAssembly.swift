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
    /// SHA-256 of files since they were last asked for, in order; nil where it is not taken yet.
    private var digests: [Digest?] = []
    /// Files that lie whole in the buffer and whose digests are taken together, before the buffer is used again.
    private var held: [(number: Int, range: Range<Int>)] = []
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
        return Digest(sha256: content.finalizeAndReset())
    }

    /// Adds an entry from open files one after another, which together must have exactly this size; gives its SHA-256.
    func add(_ path: RelativePath, size: Int64, from files: [any OpenFile]) throws -> Digest {
        try put(TarHeader(path: path.bytes, size: size, modified: modified).encoded)
        var left = size
        for file in files { left = try copy(file, atMost: left) }
        guard left == 0 else { throw ContentChanged() }
        try pad(size)
        return Digest(sha256: content.finalizeAndReset())
    }

    /// Adds an entry from a file of exactly this size, whose SHA-256 is given by `takeDigests`.
    func addWaiting(_ path: RelativePath, size: Int64, from file: any OpenFile) throws {
        try put(TarHeader(path: path.bytes, size: size, modified: modified).encoded)
        let fits = size <= Int64(buffer.bytes.count - filled) && LaneDigests.width256 > 1
        if fits {
            held.append((digests.count, filled..<(filled + Int(size))))
            digests.append(nil)
        }
        guard try copy(file, atMost: size, takes: !fits) == 0 else { throw ContentChanged() }
        if !fits { digests.append(Digest(sha256: content.finalizeAndReset())) }
        try pad(size)
    }

    /// SHA-256 of the files that were added by `addWaiting` since the last call, in their order.
    func takeDigests() -> [Digest] {
        takeHeldDigests()
        defer { digests.removeAll(keepingCapacity: true) }
        return digests.compactMap { $0 }
    }

    /// The files in the buffer are hashed side by side.
    private func takeHeldDigests() {
        let files = held.map { UnsafeRawBufferPointer(rebasing: buffer.bytes[$0.range]) }
        for (file, digest) in zip(held, LaneDigests.sha256(of: files)) {
            digests[file.number] = Digest(sha256: digest)
        }
        held.removeAll(keepingCapacity: true)
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
            WrittenBundle.Whole.digest(Digest(sha512: $0.finalizeAndReset()))
        }
        return (flushed, known ?? .words(words), segmentOffset)
    }

    private func copy(
        _ file: any OpenFile, atMost limit: Int64, takes: Bool = true
    ) throws -> Int64 {
        var offset: Int64 = 0
        while true {
            let room = room(atMost: limit - offset)
            guard room.count > 0 else { break }
            let count = try file.fill(room, at: offset)
            guard count > 0 else { break }
            if takes { content.update(UnsafeRawBufferPointer(rebasing: room[..<count])) }
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
        takeHeldDigests()
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
}

/// A file no longer has the size it was announced with.
struct ContentChanged: Error {}
