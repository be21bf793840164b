/// A small file read at once and kept in memory, for those who would read it in many small pieces.
package final class HeldFile: ReadableFile {
    private let buffer: WorkBuffer
    private let count: Int

    /// Reads the file, into the spare memory where it fits; nil when it is larger than the limit.
    package init?(
        _ file: any OpenFile, atMost limit: Int64, in spare: WorkBuffer? = nil
    ) throws(FileFailure) {
        let size = try file.status().size
        guard size >= 0, size <= limit else { return nil }
        let fits = spare.map { Int64($0.bytes.count) >= size } ?? false
        buffer = if fits, let spare { spare } else { WorkBuffer(count: Int(size)) }
        count = try file.fill(buffer.prefix(Int(size)), at: 0)
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
        guard let held = held(at: offset, count: buffer.count) else { return 0 }
        buffer.copyMemory(from: held)
        return held.count
    }

    /// The bytes in their memory.
    package func held(at offset: Int64, count: Int) -> UnsafeRawBufferPointer? {
        guard offset >= 0, offset <= Int64(self.count), count >= 0 else { return nil }
        let start = Int(offset)
        let end = start + min(count, self.count - start)
        return UnsafeRawBufferPointer(rebasing: buffer.bytes[start..<end])
    }
}
