/// One entry's header in a bundle's tar: POSIX pax, regular file, owner 0, mode 0644 (IEEE 1003.1 `pax`).
package struct TarHeader: Hashable, Sendable {
    package static let blockSize = 512
    /// The largest size an eleven-digit octal field holds.
    static let largestOctalSize: Int64 = 0o77777777777

    /// The entry's name as bytes, parts joined by `/`.
    package let path: [UInt8]
    package let size: Int64
    /// Seconds since 1970-01-01T00:00:00Z.
    package let modified: Int64

    package init(path: [UInt8], size: Int64, modified: Int64) {
        self.path = path
        self.size = size
        self.modified = modified
    }

    /// Zero bytes that follow the content up to the next block.
    package var paddingCount: Int {
        let rest = Int(size % Int64(Self.blockSize))
        return rest == 0 ? 0 : Self.blockSize - rest
    }

    /// The header's bytes: one block, or a pax record, its content and the block where name or size need it.
    package var encoded: [UInt8] {
        var records: [UInt8] = []
        let plainName = UstarName(path)
        if plainName == nil { records += Self.paxRecord("path", path) }
        if size > Self.largestOctalSize { records += Self.paxRecord("size", Array(String(size).utf8)) }
        let name = plainName ?? UstarName(substituteFor: path)
        let fieldSize = size > Self.largestOctalSize ? 0 : size
        guard !records.isEmpty else { return block(name, size: fieldSize, type: 0x30) }
        var bytes = block(UstarName.paxHeader, size: Int64(records.count), type: 0x78)
        bytes += records
        bytes += [UInt8](repeating: 0, count: (Self.blockSize - records.count % Self.blockSize) % Self.blockSize)
        return bytes + block(name, size: fieldSize, type: 0x30)
    }

    private func block(_ name: UstarName, size: Int64, type: UInt8) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ bytes: some Collection<UInt8>, _ offset: Int) {
            for (index, byte) in bytes.enumerated() { block[offset + index] = byte }
        }
        put(name.name, 0)
        put(Self.octal(0o644, width: 7), 100)
        put(Self.octal(0, width: 7), 108)
        put(Self.octal(0, width: 7), 116)
        put(Self.octal(size, width: 11), 124)
        put(Self.octal(modified, width: 11), 136)
        put([UInt8](repeating: 0x20, count: 8), 148)
        block[156] = type
        put("ustar\u{0}00".utf8, 257)
        put(Self.octal(0, width: 7), 329)
        put(Self.octal(0, width: 7), 337)
        put(name.prefix, 345)
        let sum = block.reduce(0) { $0 + Int64($1) }
        put(Self.octal(sum, width: 6) + [0, 0x20], 148)
        return block
    }

    private static func octal(_ value: Int64, width: Int) -> [UInt8] {
        let digits = Array(String(value, radix: 8).utf8)
        return [UInt8](repeating: 0x30, count: max(0, width - digits.count)) + digits
    }

    /// `<length> <key>=<value>\n`, its length counting itself.
    private static func paxRecord(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [0x0A]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count != length { length = String(length).utf8.count + rest.count }
        return Array(String(length).utf8) + rest
    }
}

/// A name in the two fields of a `ustar` block.
struct UstarName: Hashable {
    let prefix: [UInt8]
    let name: [UInt8]

    static let paxHeader = UstarName(prefix: [], name: Array("././@PaxHeader".utf8))

    private init(prefix: [UInt8], name: [UInt8]) {
        self.prefix = prefix
        self.name = name
    }

    /// Splits a name over the fields; nil when it does not fit or is not ASCII and so needs a pax record.
    init?(_ path: [UInt8]) {
        guard path.allSatisfy({ $0 < 0x80 }) else { return nil }
        if path.count <= 100 {
            self.init(prefix: [], name: path)
            return
        }
        // The leftmost slash that leaves a name short enough; the prefix holds 155 bytes.
        guard let slash = path[(path.count - 101)...].firstIndex(of: 0x2F), slash <= 155, slash > 0,
            slash < path.count - 1
        else { return nil }
        self.init(prefix: Array(path[..<slash]), name: Array(path[(slash + 1)...]))
    }

    /// What readers without pax see: the first 100 bytes, those that are not ASCII as `_`.
    init(substituteFor path: [UInt8]) {
        self.init(prefix: [], name: path.prefix(100).map { $0 < 0x80 ? $0 : 0x5F })
    }
}
