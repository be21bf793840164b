import CLanes

/// SHA-512 and SHA-256 of several messages side by side, where the machine's vectors make that faster (FIPS 180-4).
package enum LaneDigests {
    /// How many messages are hashed at once; 1 where one after the other is as fast.
    package static let width = Int(luutru_lanes_width())

    /// How many messages SHA-256 takes at once; 1 where libcrypto alone is as fast, as it is with the processor's own
    /// instructions beside eight lanes.
    package static let width256 = {
        let lanes = Int(luutru_lanes_width_256())
        return lanes < 16 && SHAInstructions.areUsed ? 1 : lanes
    }()

    /// The digests of the messages, in their order; one message alone is left to libcrypto.
    package static func sha512(
        of messages: [UnsafeRawBufferPointer], width: Int = width
    ) -> [[UInt8]] {
        var digests: [[UInt8]] = []
        var rest = messages[...]
        while !rest.isEmpty {
            let group = Array(rest.prefix(max(1, width)))
            rest = rest.dropFirst(group.count)
            digests += together(group, width)
        }
        return digests
    }

    /// The SHA-256 of whole messages, in their order; any number of them, of any lengths, best all that are at hand.
    package static func sha256(
        of messages: [UnsafeRawBufferPointer], width: Int = width256
    ) -> [[UInt8]] {
        // Measured (decision 28): eight lanes of AVX-512 cost what five messages alone do by the processor's instructions,
        // and not yet two without them; eight lanes of AVX2 not yet three.
        let fewest = width < 8 ? .max : width < 16 ? 3 : SHAInstructions.areUsed ? 6 : 2
        return sha256(of: messages, width: width, fewest: fewest)
    }

    /// The SHA-256 of whole messages, in lanes as long as `fewest` of them have a message.
    static func sha256(
        of messages: [UnsafeRawBufferPointer], width: Int, fewest: Int
    ) -> [[UInt8]] {
        guard messages.count >= fewest else {
            let hasher = Hasher(.sha256)
            return messages.map { message in
                hasher.update(message)
                return hasher.finalizeAndReset()
            }
        }
        return LaneQueue(messages).run(width: width, fewest: fewest)
    }

    private static func together(_ messages: [UnsafeRawBufferPointer], _ width: Int) -> [[UInt8]] {
        let stream = LaneStream(lanes: messages.count, width: width)
        for (lane, message) in messages.enumerated() { stream.feed(lane, message, isLast: true) }
        while !messages.indices.allSatisfy(stream.isHungry) { stream.run() }
        return messages.indices.map(stream.digest)
    }
}
