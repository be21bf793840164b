/// SHA-512 in the middle of a message: its state after whole blocks (FIPS 180-4 §6.4.2).
package struct SHA512State: Hashable, Sendable {
    /// Bytes of the message so far, a multiple of 128.
    package let length: UInt64
    let words: [UInt64]

    init(length: UInt64, words: [UInt64]) {
        self.length = length
        self.words = words
    }

    /// Takes the eight words as 64 bytes, the highest byte of each first; nil where this is no state.
    package init?(length: UInt64, bytes: [UInt8]) {
        guard length % UInt64(LaneStream.blockSize) == 0, bytes.count == 64 else { return nil }
        self.length = length
        words = (0..<8).map { word in
            bytes[(8 * word)..<(8 * word + 8)].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// The eight words, the highest byte of each first.
    package var bytes: [UInt8] {
        words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
    }
}
