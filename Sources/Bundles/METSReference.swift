import XML

/// How a METS file of ours names another file, for those who look it up without an XML reader.
package enum METSReference {
    /// A path as a relative reference (RFC 3986).
    package static func text(of path: String) -> String { METSElements.reference(path) }

    /// The attribute as it stands in the file, byte for byte.
    package static func attribute(of path: String) throws -> String {
        var bytes: [UInt8] = []
        try withoutActuallyEscaping({ (piece: UnsafeRawBufferPointer) in bytes += piece }) {
            (sink) in
            var writer = XMLWriter(sink: sink)
            try writer.empty("f", [("xlink:href", text(of: path))])
            try writer.flush()
        }
        // `<f xlink:href="…"/>` and a line break.
        return String(decoding: bytes.dropFirst(3).dropLast(3), as: UTF8.self)
    }

    /// What a METS file says of the file at a path: SHA-256 in capital hexadecimal letters; nil where it is not named.
    package static func checksum(of path: String, in mets: [UInt8]) throws -> String? {
        var offset = 0
        let reader = try XMLReader { buffer in
            let count = min(buffer.count, mets.count - offset)
            buffer.copyBytes(from: mets[offset..<offset + count])
            offset += count
            return count
        }
        let wanted = text(of: path)
        var pending: String?
        while let event = try reader.next() {
            switch event {
            case .start("file"): pending = reader.attribute("CHECKSUM")
            case .start("FLocat") where reader.attribute("xlink:href") == wanted: return pending
            default: break
            }
        }
        return nil
    }
}
