import Files

/// A compound file (MS-CFB), the container of Office 97 to 2003: told by the streams at its top.
struct CompoundFile {
    private let peek: FilePeek
    private let sectorSize: Int

    /// The row's key for a file that begins as a compound file does.
    static func key(_ peek: FilePeek) throws(FileFailure) -> String {
        guard let shift = peek.head.little(30, 2), shift == 9 || shift == 12 else { return "ole2" }
        return try CompoundFile(peek: peek, sectorSize: 1 << shift).key()
    }

    private func key() throws(FileFailure) -> String {
        let top = Self.top(try entries())
        if top["EncryptedPackage"] != nil { return "office-encrypted" }
        if let stream = top["WordDocument"] { return try wordKey(stream) }
        if top["Workbook"] != nil || top["Book"] != nil { return "xls" }
        guard top["PowerPoint Document"] != nil else { return "ole2" }
        let certain =
            top["Current User"] != nil && top["PP97_DUALSTORAGE"] == nil
            && top["EncryptedSummary"] == nil
        return certain ? "ppt-97" : "ppt"
    }

    /// MS-DOC 2.5.2: the first words of the stream name the version, and flags what is special.
    private func wordKey(_ stream: Entry) throws(FileFailure) -> String {
        // Streams under 4096 bytes lie elsewhere, and no Word document is that short.
        guard stream.size >= 4096 else { return "doc" }
        let start = try peek.look(at: place(stream.start), count: 12)
        guard let mark = start.little(0, 2), let version = start.little(2, 2),
            let flags = start.little(10, 2)
        else { return "doc" }
        let template = 0x0001
        let encrypted = 0x0100
        guard flags & (template | encrypted) == 0 else { return "doc" }
        if mark == 0xA5EC, version >= 0x00C1 { return "doc-97" }
        return mark == 0xA5DC && (0x65...0x69).contains(version) ? "doc-95" : "doc"
    }

    private func place(_ sector: Int) -> Int64 { (Int64(sector) + 1) * Int64(sectorSize) }

    /// An entry of the directory; the numbers of its neighbours make a tree (MS-CFB 2.6.1).
    private struct Entry {
        let name: String
        let left: Int
        let right: Int
        let child: Int
        let start: Int
        let size: Int
    }

    /// The directory's entries, as far as its first 64 sectors go.
    private func entries() throws(FileFailure) -> [Entry] {
        var entries: [Entry] = []
        guard var sector = peek.head.little(48, 4) else { return [] }
        for _ in 0..<64 {
            let bytes = try peek.look(at: place(sector), count: sectorSize)
            guard bytes.count == sectorSize else { break }
            for offset in stride(from: 0, to: sectorSize, by: 128) {
                entries.append(Self.entry(bytes, offset))
            }
            let perSector = sectorSize / 4
            let index = sector / perSector
            guard index < 109, let table = peek.head.little(76 + index * 4, 4),
                let next = try peek.look(
                    at: place(table) + Int64(sector % perSector * 4), count: 4
                ).little(0, 4), next < 0xFFFF_FFFA
            else { break }
            sector = next
        }
        return entries
    }

    private static func entry(_ bytes: Bytes, _ offset: Int) -> Entry {
        let none = 0xFFFF_FFFF
        let length = min(max(0, (bytes.little(offset + 64, 2) ?? 0) - 2), 62)
        let units = stride(from: 0, to: length, by: 2).map {
            UInt16(truncatingIfNeeded: bytes.little(offset + $0, 2) ?? 0)
        }
        return Entry(
            name: String(decoding: units, as: UTF16.self),
            left: bytes.little(offset + 68, 4) ?? none, right: bytes.little(offset + 72, 4) ?? none,
            child: bytes.little(offset + 76, 4) ?? none,
            start: bytes.little(offset + 116, 4) ?? none, size: bytes.little(offset + 120, 4) ?? 0)
    }

    /// The entries directly below the root: a document inside another one does not count.
    private static func top(_ entries: [Entry]) -> [String: Entry] {
        guard let root = entries.first else { return [:] }
        var found: [String: Entry] = [:]
        var seen: Set<Int> = []
        var waiting = [root.child]
        while let number = waiting.popLast() {
            guard entries.indices.contains(number), seen.insert(number).inserted else { continue }
            let entry = entries[number]
            found[entry.name] = entry
            waiting += [entry.left, entry.right]
        }
        return found
    }
}
