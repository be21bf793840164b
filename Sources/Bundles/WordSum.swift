/// The sum of a content's 64-bit words: tells whether memory or a disk gave back other bytes a moment later.
///
/// It guards against faults, not against people: what a record is known by is its SHA-512.
struct WordSum: Hashable, Sendable {
    private var value: UInt64 = 0

    /// Adds a piece; every piece but the last is a multiple of 8 bytes, and of the last the rest is filled with zeros.
    mutating func add(_ piece: UnsafeRawBufferPointer) {
        let whole = piece.count & ~7
        var sum = value
        for offset in stride(from: 0, to: whole, by: 8) {
            sum &+= piece.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        for offset in whole..<piece.count { sum &+= UInt64(piece[offset]) << (8 * (offset & 7)) }
        value = sum
    }
}
