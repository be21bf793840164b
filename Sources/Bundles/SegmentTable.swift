package import Files
import Records

/// A `.segments` file read line by line: the digest of any MiB of a tar, without holding them all.
package struct SegmentTable {
    private static let lineLength: Int64 = 129
    private let file: any ReadableFile
    private let start: Int64
    /// Length of the tar.
    package let tarLength: Int64

    /// Reads the heading of a file of this size; nil when it is no list of segments.
    package init?(_ file: any ReadableFile, size: Int64) throws {
        let bytes = try file.bytes(at: 0, count: Int(min(size, 200)))
        guard let end = bytes.firstIndex(of: 0x0A),
            let length = SegmentList.tarLength(
                heading: String(decoding: bytes[..<end], as: UTF8.self)),
            size == Int64(end + 1) + SegmentList.count(tarLength: length) * Self.lineLength
        else { return nil }
        self.file = file
        start = Int64(end + 1)
        tarLength = length
    }

    package var count: Int64 { SegmentList.count(tarLength: tarLength) }

    /// SHA-512 of a segment, counted from 0.
    package func digest(of number: Int64) throws -> [UInt8]? {
        let line = try file.bytes(at: start + number * Self.lineLength, count: 128)
        return Hexadecimal.bytes(of: String(decoding: line, as: UTF8.self))
    }

    /// Where a segment lies in the tar.
    package func range(of number: Int64) -> Range<Int64> {
        let from = number * Int64(SegmentList.segmentSize)
        return from..<min(from + Int64(SegmentList.segmentSize), tarLength)
    }
}
