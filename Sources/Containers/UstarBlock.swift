/// The fields of one 512-byte `ustar` header block, read with its checksum proved.
struct UstarBlock {
    let path: [UInt8]
    let size: Int64
    let modified: Int64
    let type: UInt8
    /// The checksum, which is stated and true.
    let sum: Int64

    init(_ block: UnsafeRawBufferPointer, offset: Int64) throws(TarFailure) {
        // The checksum counts its own field as eight blanks.
        var sum: Int64 = 8 * 0x20 + Int64(Self.sum(of: block))
        for place in 148..<156 { sum -= Int64(block[place]) }
        guard let stated = Self.octal(block, 148..<156), stated == sum else {
            throw TarFailure(reason: .checksum, offset: offset)
        }
        guard let size = Self.octal(block, 124..<136), let modified = Self.octal(block, 136..<148)
        else {
            throw TarFailure(reason: .form, offset: offset)
        }
        path = Self.path(prefix: Self.text(block, 345..<500), name: Self.text(block, 0..<100))
        self.size = size
        self.modified = modified
        self.sum = sum
        type = block[156]
    }

    /// The sum of all bytes, eight at a time: two of them in each sixteen bits, which a block's 64 words cannot overflow.
    static func sum(of block: UnsafeRawBufferPointer) -> UInt32 {
        precondition(block.count == TarHeader.blockSize)
        let low: UInt64 = 0x00FF_00FF_00FF_00FF
        var pairs: UInt64 = 0
        for index in 0..<(TarHeader.blockSize / 8) {
            let word = block.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self)
            pairs &+= (word & low) &+ (word >> 8 & low)
        }
        let sixteen: UInt64 = 0xFFFF
        return UInt32(
            (pairs & sixteen) + (pairs >> 16 & sixteen) + (pairs >> 32 & sixteen) + (pairs >> 48))
    }

    /// The bytes of a field up to a NUL, which is looked for eight at a time.
    private static func text(
        _ block: UnsafeRawBufferPointer, _ field: Range<Int>
    ) -> UnsafeRawBufferPointer {
        var end = field.lowerBound
        while field.upperBound - end >= 8,
            !hasZero(block.loadUnaligned(fromByteOffset: end, as: UInt64.self))
        {
            end += 8
        }
        while end < field.upperBound, block[end] != 0 { end += 1 }
        return UnsafeRawBufferPointer(rebasing: block[field.lowerBound..<end])
    }

    /// Whether one of the eight bytes is zero: the lowest such alone turns its highest bit on when one is taken away.
    private static func hasZero(_ word: UInt64) -> Bool {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
    }

    private static func path(
        prefix: UnsafeRawBufferPointer, name: UnsafeRawBufferPointer
    ) -> [UInt8] {
        guard !prefix.isEmpty else { return Array(name) }
        let count = prefix.count + 1 + name.count
        return [UInt8](unsafeUninitializedCapacity: count) { units, filled in
            let path = UnsafeMutableRawBufferPointer(start: units.baseAddress, count: count)
            path.copyMemory(from: prefix)
            path[prefix.count] = 0x2F
            UnsafeMutableRawBufferPointer(rebasing: path[(prefix.count + 1)...])
                .copyMemory(from: name)
            filled = count
        }
    }

    /// Octal digits up to a NUL or blank; nil for anything else, so base-256 numbers are refused.
    private static func octal(_ block: UnsafeRawBufferPointer, _ field: Range<Int>) -> Int64? {
        var value: Int64 = 0
        for place in field {
            let byte = block[place]
            if byte == 0 || byte == 0x20 { return place > field.lowerBound ? value : nil }
            guard (0x30...0x37).contains(byte) else { return nil }
            value = value << 3 | Int64(byte - 0x30)
        }
        return value
    }
}

/// The two pax records a bundle may hold: `path` and `size`.
struct PaxRecords {
    private(set) var path: [UInt8]?
    private(set) var size: Int64?

    init(_ content: ArraySlice<UInt8>, offset: Int64) throws(TarFailure) {
        let failure = TarFailure(reason: .record, offset: offset)
        var rest = content
        while !rest.isEmpty {
            guard let blank = rest.firstIndex(of: 0x20), blank - rest.startIndex <= 6,
                let length = Int(String(decoding: rest[rest.startIndex..<blank], as: UTF8.self)),
                length > blank - rest.startIndex + 2, length <= rest.count
            else { throw failure }
            let end = rest.startIndex + length
            let record = rest[(blank + 1)..<(end - 1)]
            guard rest[end - 1] == 0x0A, let equals = record.firstIndex(of: 0x3D) else {
                throw failure
            }
            let value = Array(record[(equals + 1)...])
            switch String(decoding: record[..<equals], as: UTF8.self) {
            case "path" where path == nil: path = value
            case "size" where size == nil:
                guard let number = Int64(String(decoding: value, as: UTF8.self)), number >= 0 else {
                    throw failure
                }
                size = number
            default: throw failure
            }
            rest = rest[end...]
        }
    }
}
