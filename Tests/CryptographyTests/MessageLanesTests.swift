import Testing

@testable import Cryptography

/// SHA-256 of whole messages in lanes against libcrypto.
struct MessageLanesTests {
    private static let longest = 300
    /// The bytes of sixteen messages, of which as many are taken as a message has.
    private static let sources = (0..<16).map { bytes(longest, $0) }
    /// Libcrypto's digests of each of them in every length.
    private static let expected = sources.map { source in
        (0...longest).map { Hasher.digest(.sha256, of: Array(source.prefix($0))) }
    }

    private static func bytes(_ count: Int, _ seed: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ (seed &* 97) ^ ($0 >> 8)) }
    }

    /// The digests in lanes; where `fewest` is given, in lanes whatever the machine is faster with.
    private static func lanes(_ messages: [[UInt8]], width: Int, fewest: Int? = nil) -> [[UInt8]] {
        MessageCopies.use(messages) { pieces in
            guard let fewest else { return LaneDigests.sha256(of: pieces, width: width) }
            return LaneDigests.sha256(of: pieces, width: width, fewest: fewest)
        }
    }

    private static func check(_ lengths: [Int]) {
        let messages = zip(sources, lengths).map { Array($0.prefix($1)) }
        let digests = zip(expected, lengths).map { $0[$1] }
        for width in [16, 8, 1] { #expect(lanes(messages, width: width) == digests, "\(lengths)") }
        for width in [16, 8] {
            #expect(lanes(messages, width: width, fewest: 1) == digests, "\(lengths)")
        }
    }

    @Test(arguments: 1...16)
    func `every length up to some blocks has libcrypto's digest in every lane`(count: Int) {
        for length in 0...Self.longest { Self.check(Array(repeating: length, count: count)) }
    }

    @Test(arguments: 1...16)
    func `messages of mixed lengths have libcrypto's digests in their order`(count: Int) {
        for length in 0...Self.longest {
            Self.check((0..<count).map { (length + 37 * $0) % (Self.longest + 1) })
        }
    }

    @Test func `some large messages among hundreds of small ones are hashed in their order`() {
        let lengths = (0..<700).map { index in
            index % 233 == 100 ? (2 << 20) + index : (index * 7919) % 3000
        }
        let messages = lengths.enumerated().map { Self.bytes($1, $0) }
        let expected = messages.map { Hasher.digest(.sha256, of: $0) }
        for width in [1, 8, 16, LaneDigests.width256] {
            #expect(Self.lanes(messages, width: width) == expected, "\(width)")
        }
        for fewest in [1, 2, 5, 8, 9, 16] {
            #expect(Self.lanes(messages, width: 16, fewest: fewest) == expected, "\(fewest)")
        }
    }

    @Test func `no message has no digest, and one without memory that of nothing`() {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        for width in [1, 8, 16] {
            #expect(LaneDigests.sha256(of: [], width: width) == [])
            #expect(
                LaneDigests.sha256(of: Array(repeating: nothing, count: 20), width: width)
                    == Array(repeating: Hasher.digest(.sha256, of: []), count: 20))
        }
    }

    @Test func `a machine takes one, eight or sixteen messages at once`() {
        #expect([1, 8, 16].contains(LaneDigests.width256))
        #expect(LaneDigests.width256 == 1 || LaneDigests.width256 == 2 * LaneDigests.width)
    }
}
