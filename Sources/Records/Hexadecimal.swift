/// Bytes written as pairs of hexadecimal digits.
package enum Hexadecimal {
    private static let digits: [UInt8] = Array("0123456789abcdef".utf8)

    /// The bytes in small hexadecimal letters.
    package static func text(of bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            var index = 0
            for byte in bytes {
                buffer[index] = digits[Int(byte >> 4)]
                buffer[index + 1] = digits[Int(byte & 15)]
                index += 2
            }
            return index
        }
    }

    /// The same for bytes in an array, which needs no generic code.
    package static func text(of bytes: [UInt8]) -> String {
        String(decoding: units(of: bytes), as: UTF8.self)
    }

    /// The bytes in small hexadecimal letters, as ASCII.
    package static func units(of bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes.count * 2) { buffer, count in
            for byte in bytes {
                buffer[count] = letter(byte >> 4)
                buffer[count + 1] = letter(byte & 15)
                count += 2
            }
        }
    }

    private static func letter(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 &+ value : 0x57 &+ value
    }

    /// The bytes that a hexadecimal text names; nil when it is anything else.
    package static func bytes(of text: some StringProtocol) -> [UInt8]? {
        self.bytes(of: Array(text.utf8))
    }

    /// The bytes that hexadecimal digits in ASCII name; nil when they are anything else.
    package static func bytes(of units: [UInt8]) -> [UInt8]? {
        units.withUnsafeBufferPointer { bytes(in: $0) }
    }

    /// The same for a text of its own, which needs no generic code.
    package static func bytes(of text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { bytes(in: $0) }
    }

    /// The same for digits that lie in memory.
    package static func bytes(in units: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard units.count % 2 == 0 else { return nil }
        var wrong: UInt8 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: units.count / 2) { buffer, count in
            while count < units.count / 2 {
                let high = value(of: units[2 &* count])
                let low = value(of: units[2 &* count &+ 1])
                wrong |= high | low
                buffer[count] = high << 4 | low & 0x0F
                count &+= 1
            }
        }
        return wrong < 0x10 ? bytes : nil
    }

    /// The value of a digit; 0xFF for anything else.
    private static func value(of unit: UInt8) -> UInt8 {
        let digit = unit &- 0x30
        let letter = (unit | 0x20) &- 0x61
        return digit < 10 ? digit : letter < 6 ? letter &+ 10 : 0xFF
    }
}
