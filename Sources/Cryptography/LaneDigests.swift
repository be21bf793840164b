import CLanes

/// SHA-512 of several messages side by side, where the machine's vectors make that faster (FIPS 180-4).
package enum LaneDigests {
    /// How many messages are hashed at once; 1 where one after the other is as fast.
    package static let width = Int(luutru_lanes_width())

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

    private static func together(_ messages: [UnsafeRawBufferPointer], _ width: Int) -> [[UInt8]] {
        let stream = LaneStream(lanes: messages.count, width: width)
        for (lane, message) in messages.enumerated() { stream.feed(lane, message, isLast: true) }
        while !messages.indices.allSatisfy(stream.isHungry) { stream.run() }
        return messages.indices.map(stream.digest)
    }
}
