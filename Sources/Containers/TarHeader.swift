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
        if size > Self.largestOctalSize {
            records += Self.paxRecord("size", Array(String(size).utf8))
        }
        let name = plainName ?? UstarName(substituteFor: path)
        let fieldSize = size > Self.largestOctalSize ? 0 : size
        guard !records.isEmpty else { return block(name, size: fieldSize, type: 0x30) }
        var bytes = block(UstarName.paxHeader, size: Int64(records.count), type: 0x78)
        bytes += records
        bytes += [UInt8](
            repeating: 0, count: (Self.blockSize - records.count % Self.blockSize) % Self.blockSize)
        return bytes + block(name, size: fieldSize, type: 0x30)
    }

    /// Whether these blocks, of which the last is the entry's own, are what is written for it.
    func isWritten(as pax: [UInt8], _ block: UnsafeRawBufferPointer) -> Bool {
        guard pax.isEmpty, size <= Self.largestOctalSize, let name = UstarName(path) else {
            return encoded.elementsEqual(pax + block)
        }
        // Nearly every header is one block, which needs no memory of its own.
        return withUnsafeTemporaryAllocation(byteCount: Self.blockSize, alignment: 8) { own in
            write(name, size: size, type: 0x30, into: own)
            return block.count == own.count
                && stride(from: 0, to: own.count, by: 8).allSatisfy {
                    own.loadUnaligned(fromByteOffset: $0, as: UInt64.self)
                        == block.loadUnaligned(fromByteOffset: $0, as: UInt64.self)
                }
        }
    }

    private func block(_ name: UstarName, size: Int64, type: UInt8) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.blockSize) { buffer, count in
            count = Self.blockSize
            let block = UnsafeMutableRawBufferPointer(
                start: buffer.baseAddress, count: Self.blockSize)
            write(name, size: size, type: type, into: block)
        }
    }

    private func write(
        _ name: UstarName, size: Int64, type: UInt8, into block: UnsafeMutableRawBufferPointer
    ) {
        block.initializeMemory(as: UInt8.self, repeating: 0)
        block.copyBytes(from: name.name)
        Self.put(octal: 0o644, width: 7, in: block, at: 100)
        Self.put(octal: 0, width: 7, in: block, at: 108)
        Self.put(octal: 0, width: 7, in: block, at: 116)
        Self.put(octal: size, width: 11, in: block, at: 124)
        Self.put(octal: modified, width: 11, in: block, at: 136)
        block[156] = type
        UnsafeMutableRawBufferPointer(rebasing: block[257...]).copyBytes(from: Self.magic)
        Self.put(octal: 0, width: 7, in: block, at: 329)
        Self.put(octal: 0, width: 7, in: block, at: 337)
        UnsafeMutableRawBufferPointer(rebasing: block[345...]).copyBytes(from: name.prefix)
        // The checksum counts its own field as eight blanks.
        let sum = 8 * 0x20 + Int64(UstarBlock.sum(of: UnsafeRawBufferPointer(block)))
        Self.put(octal: sum, width: 6, in: block, at: 148)
        block[155] = 0x20
    }

    private static let magic: [UInt8] = Array("ustar\u{0}00".utf8)

    /// Digits from the right, zeros before them; numbers wider than the field are not written.
    private static func put(
        octal value: Int64, width: Int, in block: UnsafeMutableRawBufferPointer, at offset: Int
    ) {
        var rest = value
        for index in stride(from: offset + width - 1, through: offset, by: -1) {
            block[index] = 0x30 + UInt8(rest & 7)
            rest >>= 3
        }
    }

    /// `<length> <key>=<value>\n`, its length counting itself.
    private static func paxRecord(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [0x0A]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count != length {
            length = String(length).utf8.count + rest.count
        }
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
