/// The cyclic redundancy check of ZIP (ISO-HDLC), eight bytes a step.
struct CRC32 {
    private var state: UInt32 = .max

    /// The check of all bytes so far.
    var value: UInt32 { ~state }

    /// Takes the next bytes in.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let end = bytes.count & ~7
        var sum = state
        Self.table.withUnsafeBufferPointer { table in
            var index = 0
            while index < end {
                let word = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                sum = Self.step(word ^ UInt64(sum), table)
                index += 8
            }
            while index < bytes.count {
                sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ bytes[index])] ^ (sum >> 8)
                index += 1
            }
        }
        state = sum
    }

    private static func step(_ word: UInt64, _ table: UnsafeBufferPointer<UInt32>) -> UInt32 {
        var sum: UInt32 = 0
        for place in 0..<8 {
            let byte = Int(UInt8(truncatingIfNeeded: word >> UInt64(8 * place)))
            sum ^= table[(7 - place) * 256 + byte]
        }
        return sum
    }

    /// Eight tables of 256 words, each one byte further on than the one before.
    private static let table: [UInt32] = {
        var table = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var sum = UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
            table[byte] = sum
        }
        for index in 256..<table.count {
            let before = table[index - 256]
            table[index] = table[Int(before & 0xFF)] ^ (before >> 8)
        }
        return table
    }()
}
