import Files

/// The bytes of one entry of a tar, read in order.
struct EntrySource {
    private let tar: any ReadableFile
    private var offset: Int64
    private let end: Int64

    init(_ tar: any ReadableFile, at place: BundleScan.Place) {
        self.tar = tar
        offset = place.offset
        end = place.offset + place.size
    }

    /// Fills as much of the buffer as the entry still has; 0 at its end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = Int(min(Int64(buffer.count), end - offset))
        guard count > 0 else { return 0 }
        let read = try tar.fill(
            UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: offset)
        offset += Int64(read)
        return read
    }
}
