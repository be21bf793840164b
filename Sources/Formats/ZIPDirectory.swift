import Files

/// The central directory of a ZIP file, as far as bounded looks show it (APPNOTE 4.3).
struct ZIPDirectory {
    /// One entry: where its local header stands and how its data are kept.
    struct Entry {
        let method: Int
        let compressedSize: Int
        let offset: Int
    }

    /// Entries beyond this many are not read; office files have their telling ones in any place.
    private static let mostEntries = 4096
    private let entries: [String: Entry]

    /// Reads the directory; nil when it cannot be found within the looks allowed.
    init?(_ peek: FilePeek) throws(FileFailure) {
        let tailStart = max(0, peek.size - Int64(FilePeek.headLength))
        let tail = try peek.look(at: tailStart, count: FilePeek.headLength)
        guard let end = Self.lastEnd(tail), let offset = tail.little(end + 16, 4),
            offset < 0xFFFF_FFFF
        else { return nil }
        let bytes = try peek.look(at: Int64(offset), count: FilePeek.longestLook)
        var entries: [String: Entry] = [:]
        var place = 0
        while entries.count < Self.mostEntries, bytes.little(place, 4) == 0x0201_4B50,
            let nameLength = bytes.little(place + 28, 2),
            let extraLength = bytes.little(place + 30, 2),
            let commentLength = bytes.little(place + 32, 2),
            let name = bytes.slice(place + 46, nameLength),
            let method = bytes.little(place + 10, 2),
            let size = bytes.little(place + 20, 4), let header = bytes.little(place + 42, 4)
        {
            entries[String(decoding: name, as: UTF8.self)] = Entry(
                method: method, compressedSize: size, offset: header)
            place += 46 + nameLength + extraLength + commentLength
        }
        guard !entries.isEmpty || tail.little(end + 10, 2) == 0 else { return nil }
        self.entries = entries
    }

    func holds(_ name: String) -> Bool { entries[name] != nil }

    /// The first bytes of an entry's content; none when it cannot be read.
    func prefix(
        of name: String, in peek: FilePeek, limit: Int = 64 * 1024
    ) throws(FileFailure) -> Bytes {
        guard let entry = entries[name] else { return Bytes([]) }
        let header = try peek.look(at: Int64(entry.offset), count: 30)
        guard header.little(0, 4) == 0x0403_4B50, let nameLength = header.little(26, 2),
            let extraLength = header.little(28, 2)
        else { return Bytes([]) }
        let data = try peek.look(
            at: Int64(entry.offset) + Int64(30 + nameLength + extraLength),
            count: min(entry.compressedSize, limit))
        switch entry.method {
        case 0: return data
        case 8: return Bytes(DeflatedPrefix.inflate(data.all, limit: limit))
        default: return Bytes([])
        }
    }

    private static func lastEnd(_ tail: Bytes) -> Int? {
        var last: Int?
        while let place = tail.find([0x50, 0x4B, 0x05, 0x06], from: (last ?? -1) + 1) {
            last = place
        }
        return last
    }
}
