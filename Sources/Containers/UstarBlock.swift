/// The fields of one 512-byte `ustar` header block, read with its checksum proved.
struct UstarBlock {
    let path: [UInt8]
    let size: Int64
    let modified: Int64
    let type: UInt8

    init(_ block: [UInt8], offset: Int64) throws(TarFailure) {
        // The checksum counts its own field as eight blanks.
        var sum: Int64 = 8 * 0x20
        block.withUnsafeBytes { bytes in
            sum += Int64(Self.sum(of: bytes))
            for byte in bytes[148..<156] { sum -= Int64(byte) }
        }
        guard let stated = Self.octal(block[148..<156]), stated == sum else {
            throw TarFailure(reason: .checksum, offset: offset)
        }
        guard let size = Self.octal(block[124..<136]), let modified = Self.octal(block[136..<148])
        else {
            throw TarFailure(reason: .form, offset: offset)
        }
        let name = Array(block[0..<100].prefix { $0 != 0 })
        let prefix = Array(block[345..<500].prefix { $0 != 0 })
        path = prefix.isEmpty ? name : prefix + [0x2F] + name
        self.size = size
        self.modified = modified
        type = block[156]
    }

    /// The sum of all bytes; a block's cannot overflow, and without that question the processor adds many at once.
    static func sum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
        var sum: UInt32 = 0
        for index in 0..<bytes.count { sum &+= UInt32(bytes[index]) }
        return sum
    }

    /// Octal digits up to a NUL or blank; nil for anything else, so base-256 numbers are refused.
    private static func octal(_ field: ArraySlice<UInt8>) -> Int64? {
        var value: Int64 = 0
        for (index, byte) in field.enumerated() {
            if byte == 0 || byte == 0x20 { return index > 0 ? value : nil }
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
