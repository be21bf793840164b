/// Reads a ZIP that `StoredZIPWriter` wrote, and no other: every byte of its structure is compared.
package struct StoredZIPReader {
    /// Where a ZIP is not as it would have been written.
    package struct Fault: Error, Hashable, Sendable {
        package let detail: String
    }

    /// Gives up to so many bytes at an offset.
    package typealias Source = (_ offset: Int64, _ count: Int) throws -> [UInt8]

    package let entries: [StoredZIPEntry]
    /// Date and time of every file, as `MSDOSTime` has them.
    package let time: UInt32
    private let source: Source

    private static let largestDirectory: Int64 = 16 << 20
    private static let piece: Int64 = 1 << 20

    /// Reads the directory of a ZIP of a size, and judges all structure but the local headers.
    package init(size: Int64, source: @escaping Source) throws {
        self.source = source
        let tail = try source(max(0, size - 98), Int(min(size, 98)))
        let end = try End(tail, size: size)
        guard end.count <= StoredZIPWriter.mostFiles, end.size <= Self.largestDirectory else {
            throw Fault(detail: "too large a directory")
        }
        let directory = try source(end.directory, Int(end.size))
        var walk = LittleEndianWalk(directory)
        var entries: [StoredZIPEntry] = []
        var next: Int64 = 0
        for _ in 0..<end.count {
            let entry = try Self.entry(&walk, at: next, before: end.directory)
            next = entry.end
            entries.append(entry)
        }
        let written = StoredZIPEnd.bytes(
            count: entries.count, directory: end.directory, size: end.size)
        guard next == end.directory, !entries.isEmpty,
            entries.flatMap(\.centralHeader) == directory,
            end.directory + end.size + Int64(written.count) == size,
            Array(tail.suffix(written.count)) == written
        else { throw Fault(detail: "directory") }
        time = entries[0].time
        guard entries.allSatisfy({ [time] in $0.time == time }) else {
            throw Fault(detail: "times")
        }
        self.entries = entries
    }

    /// Gives a file's content in pieces; its local header and check must be right.
    package func read(
        _ entry: StoredZIPEntry, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let header = entry.localHeader
        guard try source(entry.offset, header.count) == header else {
            throw Fault(detail: "local header")
        }
        var check = CRC32()
        var done: Int64 = 0
        while done < entry.size {
            let count = Int(min(Self.piece, entry.size - done))
            let bytes = try source(entry.contentOffset + done, count)
            guard bytes.count == count else { throw Fault(detail: "cut short") }
            try bytes.withUnsafeBytes {
                check.update($0)
                try body($0)
            }
            done += Int64(count)
        }
        guard check.value == entry.crc else { throw Fault(detail: "check sum") }
    }

    /// The next file of the directory; one that begins where the one before ended, and ends before the directory.
    private static func entry(
        _ walk: inout LittleEndianWalk, at offset: Int64, before end: Int64
    ) throws -> StoredZIPEntry {
        let fault = Fault(detail: "directory")
        walk.skip(12)
        guard let time = walk.number(4), let crc = walk.number(4), walk.number(4) != nil,
            let small = walk.number(4), let length = walk.number(2), let extra = walk.number(2),
            walk.number(6) != nil, let attributes = walk.number(4), walk.number(4) != nil,
            length > 0, length <= StoredZIPWriter.longestName, extra <= 28,
            let name = walk.bytes(Int(length)), let more = walk.bytes(Int(extra))
        else { throw fault }
        var size = small
        if small == StoredZIPEntry.large {
            var extra = LittleEndianWalk(more)
            extra.skip(4)
            guard let large = extra.number(8) else { throw fault }
            size = large
        }
        guard size >= 0, size <= end - offset else { throw fault }
        let entry = StoredZIPEntry(
            name: name, size: size, isProgram: attributes >> 16 == 0o100755,
            crc: UInt32(truncatingIfNeeded: crc), offset: offset,
            time: UInt32(truncatingIfNeeded: time))
        guard entry.end <= end else { throw fault }
        return entry
    }

    /// What the end of the file says of the directory; nothing of it is believed before it is written again.
    private struct End {
        let count: Int64
        let size: Int64
        let directory: Int64

        init(_ tail: [UInt8], size whole: Int64) throws {
            let fault = Fault(detail: "no end of a directory")
            guard tail.count >= 22 else { throw fault }
            var walk = LittleEndianWalk(Array(tail.suffix(22)))
            guard walk.number(4) == 0x0605_4B50, walk.number(4) == 0, walk.number(2) != nil,
                let count = walk.number(2), let size = walk.number(4),
                let small = walk.number(4), walk.number(2) == 0
            else { throw fault }
            var directory = small
            if small == StoredZIPEntry.large {
                guard tail.count == 98 else { throw fault }
                var walk = LittleEndianWalk(tail)
                walk.skip(48)
                guard let large = walk.number(8) else { throw fault }
                directory = large
            }
            guard directory >= 0, directory < whole, size <= whole - directory else { throw fault }
            self.count = count
            self.size = size
            self.directory = directory
        }
    }
}

/// Numbers read from bytes, the low byte first; nil past the end.
private struct LittleEndianWalk {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func skip(_ count: Int) { rest = rest.dropFirst(count) }

    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// Up to eight bytes as a number; nil for one that is larger than any file.
    mutating func number(_ count: Int) -> Int64? {
        guard let bytes = bytes(count) else { return nil }
        let value = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return value < 1 << 60 ? Int64(value) : nil
    }
}
