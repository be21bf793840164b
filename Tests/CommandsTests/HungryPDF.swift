/// A PDF of 30 KB whose cross-reference stream unpacks to hundreds of MiB: Flate in Flate (RFC 1951 fixed codes).
enum HungryPDF {
    /// The file's bytes.
    static func bytes(unpackingTo size: Int) -> [UInt8] {
        let stream = packed(twice: size)
        let head =
            "%PDF-1.5\n1 0 obj\n<</Type/XRef/W[1 2 1]/Size 2/Root 1 0 R"
            + "/Filter[/FlateDecode/FlateDecode]/Length \(stream.count)>>\nstream\n"
        return Array(head.utf8) + stream
            + Array("\nendstream\nendobj\nstartxref\n9\n%%EOF\n".utf8)
    }

    private static func packed(twice size: Int) -> [UInt8] {
        // Eight copies of 258 bytes are 13 whole bytes, so the inner stream repeats them.
        var block = Bits()
        for _ in 0..<8 { block.copy(distance: 0, extra: 0) }
        var head = Bits()
        head.bytes = [0x78, 0x01]
        head.append(0b011, count: 3)
        for _ in 0..<5 { head.literal(200) }
        head.literal(0)
        var outer = Bits()
        outer.bytes = [0x78, 0x01]
        outer.append(0b011, count: 3)
        for byte in head.bytes + block.bytes { outer.literal(byte) }
        // Distance 13 is code 7 with no extra.
        for _ in 0..<(size / (8 * 258) * 13 / 258) { outer.copy(distance: 7, extra: 2) }
        outer.append(0, count: 7 + 7)
        return outer.bytes + [0, 0, 0, 0]
    }

    /// Bits as RFC 1951 packs them: codes from their highest bit, numbers from their lowest.
    private struct Bits {
        var bytes: [UInt8] = []
        private var used = 0

        mutating func append(_ value: Int, count: Int) {
            for index in 0..<count {
                if used % 8 == 0 { bytes.append(0) }
                bytes[bytes.count - 1] |= UInt8(value >> index & 1) << UInt8(used % 8)
                used += 1
            }
        }

        private mutating func code(_ value: Int, count: Int) {
            for index in (0..<count).reversed() { append(value >> index & 1, count: 1) }
        }

        mutating func literal(_ byte: UInt8) {
            byte < 144
                ? code(0x30 + Int(byte), count: 8) : code(0x190 + Int(byte) - 144, count: 9)
        }

        /// Copies 258 bytes.
        mutating func copy(distance: Int, extra: Int) {
            code(0b1100_0101, count: 8)
            code(distance, count: 5)
            append(0, count: extra)
        }
    }
}
