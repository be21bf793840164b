/// Writes a ZIP of stored files whose every byte follows from names, contents and one time, on any machine.
package struct StoredZIPWriter {
    /// The most files; more would need other records behind the directory.
    package static let mostFiles = 65_000
    package static let longestName = 1_000

    private let time: UInt32
    private let sink: (UnsafeRawBufferPointer, Int64) throws -> Void
    private var entries: [StoredZIPEntry] = []
    private var check = CRC32()
    private var written: Int64 = 0
    private var offset: Int64 = 0

    /// Writes to a sink that takes bytes at an offset; the time is `MSDOSTime`'s.
    package init(
        time: UInt32, sink: @escaping (UnsafeRawBufferPointer, Int64) throws -> Void
    ) {
        self.time = time
        self.sink = sink
    }

    /// Begins a file; exactly `size` bytes must follow.
    package mutating func begin(_ name: String, size: Int64, isProgram: Bool = false) throws {
        let name = Array(name.utf8)
        guard entries.count < Self.mostFiles, !name.isEmpty, name.count <= Self.longestName else {
            throw ZIPFailure(detail: "too many files, or a name too long")
        }
        try close()
        let entry = StoredZIPEntry(
            name: name, size: size, isProgram: isProgram, crc: 0, offset: offset, time: time)
        entries.append(entry)
        check = CRC32()
        written = 0
        try put(entry.localHeader)
    }

    /// Adds content to the file that was begun.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
        check.update(bytes)
        written += Int64(bytes.count)
        try sink(bytes, offset)
        offset += Int64(bytes.count)
    }

    /// Writes the directory; gives the size of the whole ZIP.
    package mutating func finish() throws -> Int64 {
        try close()
        let directory = offset
        for entry in entries { try put(entry.centralHeader) }
        try put(
            StoredZIPEnd.bytes(
                count: entries.count, directory: directory, size: offset - directory))
        return offset
    }

    /// The check of a file is known only now, and stands before its content.
    private mutating func close() throws {
        guard var entry = entries.popLast() else { return }
        guard written == entry.size else { throw ZIPFailure(detail: "size of a file") }
        entry.crc = check.value
        try entry.localHeader.withUnsafeBytes { try sink($0, entry.offset) }
        entries.append(entry)
    }

    private mutating func put(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try sink($0, offset) }
        offset += Int64(bytes.count)
    }
}

/// Date and time as ZIP writes them: seven bits of years since 1980, two-second steps (§4.4.6).
package enum MSDOSTime {
    /// The value of a civil time; years outside 1980…2107 are the nearest of them.
    package static func of(
        year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int
    ) -> UInt32 {
        let years = UInt32(min(max(year - 1980, 0), 127))
        let date = years << 9 | UInt32(month & 15) << 5 | UInt32(day & 31)
        let time = UInt32(hour & 31) << 11 | UInt32(minute & 63) << 5 | UInt32(second / 2 & 31)
        return date << 16 | time
    }
}
