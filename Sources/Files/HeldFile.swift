/// A small file read at once and kept in memory, for those who would read it in many small pieces.
package final class HeldFile: ReadableFile {
    private let bytes: [UInt8]

    /// Reads the file; nil when it is larger than the limit.
    package init?(_ file: any OpenFile, atMost limit: Int64) throws(FileFailure) {
        let size = try file.status().size
        guard size <= limit else { return nil }
        bytes = try file.bytes(at: 0, count: Int(size))
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
        guard offset >= 0, offset < Int64(bytes.count) else { return 0 }
        let start = Int(offset)
        let count = min(buffer.count, bytes.count - start)
        buffer.copyBytes(from: bytes[start..<(start + count)])
        return count
    }
}
