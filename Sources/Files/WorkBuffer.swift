/// Memory for reading and writing file content piece by piece, used again and again by one job.
package final class WorkBuffer {
    package let bytes: UnsafeMutableRawBufferPointer

    package init(count: Int) {
        bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 4096)
    }

    deinit { bytes.deallocate() }

    /// The first bytes.
    package func prefix(_ count: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: bytes[..<count])
    }
}

extension ReadableFile {
    /// Gives the file's bytes from an offset to the end in pieces of at most the buffer's size.
    package func forEachPiece(
        from start: Int64 = 0, in buffer: WorkBuffer,
        _ body: (UnsafeRawBufferPointer, Int64) throws -> Void
    ) throws {
        var offset = start
        while true {
            let count = try fill(buffer.bytes, at: offset)
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(buffer.prefix(count)), offset)
            offset += Int64(count)
        }
    }
}
