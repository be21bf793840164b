/// Percent-encoding as SigV4 asks: every byte but the unreserved ones of RFC 3986, in capital hexadecimal letters.
package enum PercentEncoding {
    /// Encodes a name; a `/` stays where it divides a path.
    package static func encoded(_ bytes: some Sequence<UInt8>, keepsSlash: Bool) -> String {
        var result: [UInt8] = []
        for byte in bytes {
            if isUnreserved(byte) || (keepsSlash && byte == UInt8(ascii: "/")) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Decodes the form of S3's listings, where a blank may be written `+`; nil when it is malformed.
    package static func decoded(_ text: some StringProtocol) -> [UInt8]? {
        var result: [UInt8] = []
        var units = text.utf8.makeIterator()
        while let unit = units.next() {
            switch unit {
            case UInt8(ascii: "+"): result.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = units.next().flatMap({ value(of: $0) }),
                    let low = units.next().flatMap({ value(of: $0) })
                else { return nil }
                result.append(high << 4 | low)
            default: result.append(unit)
            }
        }
        return result
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x37
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}
