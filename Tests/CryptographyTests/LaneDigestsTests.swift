import Testing

@testable import Cryptography

/// SHA-512 in lanes against libcrypto.
struct LaneDigestsTests {
    private static func bytes(_ count: Int, _ seed: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ (seed &* 97) ^ ($0 >> 8)) }
    }

    private static func lanes(_ messages: [[UInt8]], width: Int) -> [[UInt8]] {
        MessageCopies.use(messages) { LaneDigests.sha512(of: $0, width: width) }
    }

    @Test(arguments: 1...8)
    func `every length up to some blocks has libcrypto's digest in every lane`(count: Int) {
        for length in 0...520 {
            // Every lane has another length, and the last of each group is the shortest.
            let messages = (0..<count).map { Self.bytes(max(0, length - 37 * $0), $0) }
            let expected = messages.map { Hasher.digest(.sha512, of: $0) }
            #expect(Self.lanes(messages, width: 8) == expected, "\(length)")
            #expect(Self.lanes(messages, width: 4) == expected, "\(length)")
        }
    }

    @Test func `messages of a MiB, an odd end and none are hashed in their order`() {
        let lengths = [
            1 << 20, 1 << 20, 0, 1 << 20, 77_777, 1 << 20, 1, 1 << 20, 1 << 20, 128, 127,
        ]
        let messages = lengths.enumerated().map { Self.bytes($1, $0) }
        let expected = messages.map { Hasher.digest(.sha512, of: $0) }
        for width in [1, 4, 8, LaneDigests.width] {
            #expect(Self.lanes(messages, width: width) == expected, "\(width)")
        }
        #expect(Self.lanes([], width: 4) == [])
    }
}
