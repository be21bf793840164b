/// A message digest of a file or a text, with the algorithm that made it.
package struct Digest: Hashable, Sendable {
    /// The algorithms the archive uses.
    package enum Algorithm: String, Sendable, CaseIterable {
        case sha256
        case sha512

        /// How many bytes a digest of this algorithm has.
        package var byteCount: Int { self == .sha256 ? 32 : 64 }
    }

    package let algorithm: Algorithm
    package let bytes: [UInt8]

    /// Adopts digest bytes; nil when their count is not the algorithm's.
    package init?(_ algorithm: Algorithm, bytes: [UInt8]) {
        guard bytes.count == algorithm.byteCount else { return nil }
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Adopts what SHA-256 gave, which is 32 bytes.
    package init(sha256 bytes: [UInt8]) { self.init(.sha256, given: bytes) }

    /// Adopts what SHA-512 gave, which is 64 bytes.
    package init(sha512 bytes: [UInt8]) { self.init(.sha512, given: bytes) }

    private init(_ algorithm: Algorithm, given bytes: [UInt8]) {
        precondition(bytes.count == algorithm.byteCount)
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Reads the hexadecimal form in either case; nil when it is not exactly a digest.
    package init?(_ algorithm: Algorithm, hex: some StringProtocol) {
        guard let bytes = Hexadecimal.bytes(of: hex) else { return nil }
        self.init(algorithm, bytes: bytes)
    }

    /// The same for a text of its own.
    package init?(_ algorithm: Algorithm, hex: String) {
        guard let bytes = Hexadecimal.bytes(of: hex) else { return nil }
        self.init(algorithm, bytes: bytes)
    }

    /// The same for digits that lie in memory.
    package init?(_ algorithm: Algorithm, hex units: UnsafeBufferPointer<UInt8>) {
        guard let bytes = Hexadecimal.bytes(in: units) else { return nil }
        self.init(algorithm, bytes: bytes)
    }

    /// The digest in small hexadecimal letters.
    package var hex: String { Hexadecimal.text(of: bytes) }
}
