/// A flat list of elements below one root, such as the circular's `simpledc`.
package enum FlatDocument {
    /// The elements with their texts in order; deeper nesting and more bytes than the limit are failures.
    package static func read(_ bytes: [UInt8], limit: Int) throws -> [(String, String)] {
        try bytes.withUnsafeBytes { try read($0, limit: limit) }
    }

    /// Gives names and texts in order where the form is the archive's own; false for any other, of which nothing given counts.
    package static func scan(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (_ name: UnsafeBufferPointer<UInt8>, _ text: String) -> Void
    ) -> Bool {
        bytes.withMemoryRebound(to: UInt8.self) { units in
            var plain = PlainDocument(units)
            return plain.scan(body)
        }
    }

    /// The same for bytes that lie in memory.
    package static func read(
        _ bytes: UnsafeRawBufferPointer, limit: Int
    ) throws -> [(String, String)] {
        guard bytes.count <= limit else { throw XMLFailure(.limit) }
        // Most are of the archive's own writing: they are read much faster without libxml2.
        var plain: [(String, String)] = []
        plain.reserveCapacity(16)
        let isPlain = scan(bytes) { plain.append((String(decoding: $0, as: UTF8.self), $1)) }
        if isPlain { return plain }
        var offset = 0
        let reader = try XMLReader { buffer in
            let count = min(buffer.count, bytes.count - offset)
            buffer.copyBytes(from: bytes[offset..<(offset + count)])
            offset += count
            return count
        }
        var pairs: [(String, String)] = []
        var depth = 0
        var text = ""
        while let event = try reader.next() {
            switch event {
            case .start:
                depth += 1
                text = ""
                guard depth <= 2 else { throw XMLFailure(.limit) }
            case .text(let piece): text += piece
            case .end(let name):
                if depth == 2 { pairs.append((name, text)) }
                depth -= 1
            }
        }
        return pairs
    }
}
