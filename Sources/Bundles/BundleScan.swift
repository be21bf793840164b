import Containers
package import Files
package import Records

/// Where the entries of a tar lie, read from the headers alone; content is jumped over.
package enum BundleScan {
    /// An entry and where its content begins in the tar.
    package struct Entry: Hashable, Sendable {
        package let path: RelativePath
        package let offset: Int64
        package let size: Int64
    }

    /// Gives every entry in order; a tar that is not a bundle's is a `TarFailure`.
    package static func forEachEntry(of tar: any ReadableFile, _ body: (Entry) throws -> Void)
        throws
    {
        var parser = TarParser()
        if let held = tar.held(at: 0, count: .max) {
            try withExtendedLifetime(tar) { try consume(held, &parser, body) }
            return try parser.finish()
        }
        let buffer = WorkBuffer(count: 64 * 1024)
        while true {
            let count = try tar.fill(buffer.bytes, at: parser.offset)
            if count == 0 { break }
            try consume(UnsafeRawBufferPointer(buffer.prefix(count)), &parser, body)
            let jump = parser.skippableCount
            if jump > 0 { parser.skip(jump) }
        }
        try parser.finish()
    }

    private static func consume(
        _ bytes: UnsafeRawBufferPointer, _ parser: inout TarParser, _ body: (Entry) throws -> Void
    ) throws {
        try parser.consume(bytes) { (event) throws(any Error) in
            guard case .entry(let header, let offset) = event else { return }
            try body(
                Entry(path: RelativePath(bytes: header.path), offset: offset, size: header.size))
        }
    }
}
