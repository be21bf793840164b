import CLanes

/// SHA-512 of several messages side by side, where the machine's vectors make that faster (FIPS 180-4).
package enum LaneDigests {
    /// How many messages are hashed at once; 1 where one after the other is as fast.
    package static let width = Int(luutru_lanes_width())

    private static let blockSize = 128
    private static let initial: [UInt64] = [
        0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
        0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
    ]

    /// The digests of the messages, in their order; one message alone is left to libcrypto.
    package static func sha512(
        of messages: [UnsafeRawBufferPointer], width: Int = width
    ) -> [[UInt8]] {
        var digests: [[UInt8]] = []
        var rest = messages[...]
        while !rest.isEmpty {
            let group = Array(rest.prefix(max(1, width)))
            rest = rest.dropFirst(group.count)
            digests += group.count < 2 ? group.map(alone) : together(group)
        }
        return digests
    }

    private static func alone(_ message: UnsafeRawBufferPointer) -> [UInt8] {
        let hasher = Hasher(.sha512)
        hasher.update(message)
        return hasher.finalizeAndReset()
    }

    /// A message as blocks: those that lie in it whole, then one or two with its end, padding and length.
    private struct Lane {
        var next: UnsafeRawPointer?
        var left: Int
        var end: UnsafeRawPointer?
        var endBlocks: Int

        /// Goes on to the end's own blocks when those in the message are used up.
        mutating func refill() {
            guard left == 0, endBlocks > 0 else { return }
            (next, left, endBlocks) = (end, endBlocks, 0)
        }
    }

    private static func together(_ messages: [UnsafeRawBufferPointer]) -> [[UInt8]] {
        let count = messages.count
        let lanes = count > 4 ? 8 : 4
        // The lanes that nothing is in go along on another's blocks.
        var ends = [UInt8](repeating: 0, count: count * 2 * blockSize)
        var states = (0..<8).flatMap { Array(repeating: initial[$0], count: Int(LUUTRU_LANES)) }
        var digests = [[UInt8]](repeating: [], count: count)
        let blocks = messages.enumerated().map { lane, message in
            finish(message, into: &ends, at: lane * 2 * blockSize)
        }
        ends.withUnsafeBytes { ends in
            var open = messages.enumerated().map { lane, message in
                Lane(
                    next: message.baseAddress, left: message.count / blockSize,
                    end: ends.baseAddress?.advanced(by: lane * 2 * blockSize),
                    endBlocks: blocks[lane])
            }
            while true {
                for lane in open.indices { open[lane].refill() }
                let active = open.indices.filter { open[$0].left > 0 }
                guard let first = active.first, let step = active.map({ open[$0].left }).min()
                else { return }
                run(&states, open, spare: first, step, lanes)
                for lane in active {
                    open[lane].next = open[lane].next?.advanced(by: step * blockSize)
                    open[lane].left -= step
                    if open[lane].left == 0, open[lane].endBlocks == 0 {
                        digests[lane] = digest(states, lane)
                    }
                }
            }
        }
        return digests
    }

    private static func run(
        _ states: inout [UInt64], _ open: [Lane], spare: Int, _ step: Int, _ lanes: Int
    ) {
        let pointers = (0..<Int(LUUTRU_LANES)).map { lane in
            let isActive = lane < open.count && open[lane].left > 0
            return open[isActive ? lane : spare].next?.assumingMemoryBound(to: UInt8.self)
        }
        states.withUnsafeMutableBufferPointer { states in
            guard let base = states.baseAddress else { return }
            base.withMemoryRebound(to: LaneRow.self, capacity: 8) { rows in
                luutru_lanes_sha512(rows, pointers, step, Int32(lanes))
            }
        }
    }

    /// Writes the last blocks of a message: its end, a bit, zeros and its length in bits; gives how many they are.
    private static func finish(
        _ message: UnsafeRawBufferPointer, into ends: inout [UInt8], at place: Int
    ) -> Int {
        let tail = message.count % blockSize
        for index in 0..<tail { ends[place + index] = message[message.count - tail + index] }
        ends[place + tail] = 0x80
        let count = tail < blockSize - 16 ? 1 : 2
        let bits = UInt64(message.count) << 3
        for index in 0..<8 {
            ends[place + count * blockSize - 1 - index] = UInt8(
                truncatingIfNeeded: bits >> (8 * index))
        }
        return count
    }

    private static func digest(_ states: [UInt64], _ lane: Int) -> [UInt8] {
        (0..<8).flatMap { word in
            let value = states[word * Int(LUUTRU_LANES) + lane]
            return (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
        }
    }
}

/// One word of the state in every lane, as C lays it out.
private typealias LaneRow = (
    UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64
)
