import Records

/// SHA-256 of an entry's content, with no memory of its own: a bundle has tens of thousands of them.
struct EntryDigest {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// Adopts the 32 bytes that a hasher gives.
    init(_ bytes: [UInt8]) {
        func word(_ number: Int) -> UInt64 {
            bytes[(8 * number)..<(8 * number + 8)].reduce(0) { $0 << 8 | UInt64($1) }
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// The digest in hexadecimal.
    var hex: String {
        Hexadecimal.text(
            of: [words.0, words.1, words.2, words.3].flatMap { word in
                (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
            })
    }
}
