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

    /// Whether these blocks, of which the last is the entry's own with a proved checksum, are what is written for it.
    func isWritten(as pax: [UInt8], _ block: UnsafeRawBufferPointer, sum: Int64) -> Bool {
        guard pax.isEmpty, size <= Self.largestOctalSize, let name = UstarName(path) else {
            return encoded.elementsEqual(pax + block)
        }
        // Nearly every header is one block, which needs no memory of its own.
        return withUnsafeTemporaryAllocation(byteCount: Self.blockSize, alignment: 8) { own in
            write(name, size: size, type: 0x30, into: own)
            // Where all other bytes are the same, so is their sum, and there is no need to add them again.
            Self.put(checksum: sum, in: own)
            return Self.areSame(UnsafeRawBufferPointer(own), block)
        }
    }

    private static func areSame(
        _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer
    ) -> Bool {
        guard one.count == blockSize, other.count == blockSize else { return false }
        var differing: UInt64 = 0
        for index in 0..<(blockSize / 8) {
            differing |=
                one.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
                ^ other.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
        }
        return differing == 0
    }

    private func block(_ name: UstarName, size: Int64, type: UInt8) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.blockSize) { buffer, count in
            count = Self.blockSize
            let block = UnsafeMutableRawBufferPointer(
                start: buffer.baseAddress, count: Self.blockSize)
            write(name, size: size, type: type, into: block)
            // The checksum counts its own field as eight blanks.
            let sum = 8 * 0x20 + Int64(UstarBlock.sum(of: UnsafeRawBufferPointer(block)))
            Self.put(checksum: sum, in: block)
        }
    }

    /// Writes all but the checksum, whose field is left zero.
    private func write(
        _ name: UstarName, size: Int64, type: UInt8, into block: UnsafeMutableRawBufferPointer
    ) {
        block.copyBytes(from: Self.form)
        block.copyBytes(from: name.name)
        Self.put(octal: size, width: 11, in: block, at: 124)
        Self.put(octal: modified, width: 11, in: block, at: 136)
        block[156] = type
        UnsafeMutableRawBufferPointer(rebasing: block[345...]).copyBytes(from: name.prefix)
    }

    /// What is the same in every block: mode, owner, group, magic and devices.
    private static let form: [UInt8] = {
        var form = [UInt8](repeating: 0, count: blockSize)
        form.withUnsafeMutableBytes { block in
            put(octal: 0o644, width: 7, in: block, at: 100)
            for place in [108, 116, 329, 337] { put(octal: 0, width: 7, in: block, at: place) }
            UnsafeMutableRawBufferPointer(rebasing: block[257...])
                .copyBytes(from: "ustar\u{0}00".utf8)
        }
        return form
    }()

    private static func put(checksum sum: Int64, in block: UnsafeMutableRawBufferPointer) {
        put(octal: sum, width: 6, in: block, at: 148)
        block[155] = 0x20
    }

    /// Digits from the right, zeros before them; numbers wider than the field are not written.
    private static func put(
        octal value: Int64, width: Int, in block: UnsafeMutableRawBufferPointer, at offset: Int
    ) {
        var rest = value
        for index in stride(from: offset + width - 1, through: offset, by: -1) {
            block[index] = 0x30 | UInt8(truncatingIfNeeded: rest) & 7
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
    let prefix: ArraySlice<UInt8>
    let name: ArraySlice<UInt8>

    static let paxHeader = UstarName(prefix: [], name: Array("././@PaxHeader".utf8)[...])

    private init(prefix: ArraySlice<UInt8>, name: ArraySlice<UInt8>) {
        self.prefix = prefix
        self.name = name
    }

    /// Splits a name over the fields; nil when it does not fit or is not ASCII and so needs a pax record.
    init?(_ path: [UInt8]) {
        guard Self.isASCII(path) else { return nil }
        if path.count <= 100 {
            self.init(prefix: [], name: path[...])
            return
        }
        // The leftmost slash that leaves a name short enough; the prefix holds 155 bytes.
        guard let slash = path[(path.count - 101)...].firstIndex(of: 0x2F), slash <= 155, slash > 0,
            slash < path.count - 1
        else { return nil }
        self.init(prefix: path[..<slash], name: path[(slash + 1)...])
    }

    /// What readers without pax see: the first 100 bytes, those that are not ASCII as `_`.
    init(substituteFor path: [UInt8]) {
        self.init(prefix: [], name: path.prefix(100).map { $0 < 0x80 ? $0 : 0x5F }[...])
    }

    /// Without an exit before the end, so that many bytes are looked at together.
    private static func isASCII(_ path: [UInt8]) -> Bool {
        path.withUnsafeBufferPointer { units in
            var seen: UInt8 = 0
            for index in 0..<units.count { seen |= units[index] }
            return seen < 0x80
        }
    }
}
