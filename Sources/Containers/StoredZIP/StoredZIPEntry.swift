/// One file of a ZIP of stored files, with the bytes that its two headers must have (APPNOTE 6.3.10 §4.3).
package struct StoredZIPEntry: Hashable, Sendable {
    package let name: [UInt8]
    package let size: Int64
    package let isProgram: Bool
    package internal(set) var crc: UInt32
    /// Where the local header begins.
    let offset: Int64
    /// Date and time as MS-DOS writes them; one ZIP has one.
    let time: UInt32

    static let large: Int64 = 0xFFFF_FFFF

    /// Where the content begins.
    var contentOffset: Int64 { offset + Int64(30 + name.count + (isLarge ? 20 : 0)) }
    /// Where the next header begins.
    var end: Int64 { contentOffset + size }

    private var isLarge: Bool { size >= Self.large }

    /// What stands before the content (§4.3.7).
    var localHeader: [UInt8] {
        var bytes = LittleEndianBytes()
        bytes.put(0x0403_4B50 as UInt32)
        putCommon(to: &bytes)
        bytes.put(UInt16(isLarge ? 20 : 0))
        bytes.bytes += name
        if isLarge {
            bytes.put(1 as UInt16)
            bytes.put(16 as UInt16)
            bytes.put(UInt64(size))
            bytes.put(UInt64(size))
        }
        return bytes.bytes
    }

    /// What stands in the directory (§4.3.12).
    var centralHeader: [UInt8] {
        let isFar = offset >= Self.large
        let extra = (isLarge ? 16 : 0) + (isFar ? 8 : 0)
        var bytes = LittleEndianBytes()
        bytes.put(0x0201_4B50 as UInt32)
        // Made on Unix, by version 4.5 of the format.
        bytes.put(0x032D as UInt16)
        putCommon(to: &bytes)
        bytes.put(UInt16(extra == 0 ? 0 : extra + 4))
        bytes.put(0 as UInt16)
        bytes.put(0 as UInt16)
        bytes.put(0 as UInt16)
        bytes.put(UInt32(isProgram ? 0o100755 : 0o100644) << 16)
        bytes.put(UInt32(min(offset, Self.large)))
        bytes.bytes += name
        if extra > 0 {
            bytes.put(1 as UInt16)
            bytes.put(UInt16(extra))
            if isLarge {
                bytes.put(UInt64(size))
                bytes.put(UInt64(size))
            }
            if isFar { bytes.put(UInt64(offset)) }
        }
        return bytes.bytes
    }

    /// Version needed, names in UTF-8, stored; time, check, sizes, length of the name.
    private func putCommon(to bytes: inout LittleEndianBytes) {
        bytes.put(UInt16(isLarge ? 45 : 20))
        bytes.put(0x0800 as UInt16)
        bytes.put(0 as UInt16)
        bytes.put(time)
        bytes.put(crc)
        bytes.put(UInt32(min(size, Self.large)))
        bytes.put(UInt32(min(size, Self.large)))
        bytes.put(UInt16(name.count))
    }
}

/// What stands behind the directory (§4.3.14 to §4.3.16).
enum StoredZIPEnd {
    static func bytes(count: Int, directory: Int64, size: Int64) -> [UInt8] {
        var bytes = LittleEndianBytes()
        if directory >= StoredZIPEntry.large {
            bytes.put(0x0606_4B50 as UInt32)
            bytes.put(44 as UInt64)
            bytes.put(0x032D as UInt16)
            bytes.put(45 as UInt16)
            bytes.put(0 as UInt32)
            bytes.put(0 as UInt32)
            bytes.put(UInt64(count))
            bytes.put(UInt64(count))
            bytes.put(UInt64(size))
            bytes.put(UInt64(directory))
            bytes.put(0x0706_4B50 as UInt32)
            bytes.put(0 as UInt32)
            bytes.put(UInt64(directory + size))
            bytes.put(1 as UInt32)
        }
        bytes.put(0x0605_4B50 as UInt32)
        bytes.put(0 as UInt16)
        bytes.put(0 as UInt16)
        bytes.put(UInt16(count))
        bytes.put(UInt16(count))
        bytes.put(UInt32(size))
        bytes.put(UInt32(min(directory, StoredZIPEntry.large)))
        bytes.put(0 as UInt16)
        return bytes.bytes
    }
}

/// Bytes put together from numbers, the low byte first.
struct LittleEndianBytes {
    var bytes: [UInt8] = []

    mutating func put(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }
}
