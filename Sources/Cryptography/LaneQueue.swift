import CLanes
import COpenSSL

/// SHA-256 of whole messages side by side; a lane whose message has ended takes the next one.
struct LaneQueue: ~Copyable {
    /// The most messages at once.
    private static let mostLanes = Int(LUUTRU_LANES_256)
    private static let blockSize = 64

    /// A message that is being hashed.
    private struct Lane {
        var message: Int
        var blocks = LaneBlocks(blockSize: LaneQueue.blockSize)
    }

    private let messages: [UnsafeRawBufferPointer]
    /// The messages that are not begun yet; the longest are the last, and are begun first, so that lanes end together.
    private var waiting: [Int]
    /// The lanes that have a message.
    private var lanes: [Lane] = []
    private var digests: [[UInt8]]
    /// What C works on: the states word by word, and where each lane's next block is.
    private let words: UnsafeMutablePointer<UInt32>
    private let next: UnsafeMutablePointer<UnsafePointer<UInt8>?>
    /// Two blocks a lane: its end, padding and length.
    private let ends: UnsafeMutableRawBufferPointer

    init(_ messages: [UnsafeRawBufferPointer]) {
        self.messages = messages
        waiting = messages.indices.sorted { messages[$0].count < messages[$1].count }
        digests = Array(repeating: [], count: messages.count)
        words = .allocate(capacity: 8 * Self.mostLanes)
        words.initialize(repeating: 0, count: 8 * Self.mostLanes)
        next = .allocate(capacity: Self.mostLanes)
        next.initialize(repeating: nil, count: Self.mostLanes)
        ends = .allocate(byteCount: Self.mostLanes * 2 * Self.blockSize, alignment: 64)
    }

    deinit {
        words.deallocate()
        next.deallocate()
        ends.deallocate()
    }

    /// The digests in the messages' order; where fewer than `fewest` lanes have a message, each goes on alone.
    consuming func run(width: Int, fewest: Int) -> [[UInt8]] {
        while lanes.count < min(width, Self.mostLanes), let message = waiting.popLast() {
            lanes.append(Lane(message: message))
            begin(message, in: lanes.count - 1)
        }
        while lanes.count >= fewest { hashTogether() }
        while let place = lanes.indices.last { hashAlone(place) }
        return digests
    }

    private mutating func begin(_ message: Int, in place: Int) {
        for word in 0..<8 { words[word * Self.mostLanes + place] = Self.initial[word] }
        let size = 2 * Self.blockSize
        lanes[place].message = message
        lanes[place].blocks.takeLast(
            messages[message], of: UInt64(messages[message].count),
            room: UnsafeMutableRawBufferPointer(
                rebasing: ends[(place * size)..<(place * size + size)]))
    }

    /// Hashes until at least one message has ended; the others go as far. Lanes without one go along on the first one's blocks.
    private mutating func hashTogether() {
        var step = Int.max
        for place in 0..<Self.mostLanes {
            let lane = lanes[place < lanes.count ? place : 0]
            next[place] = lane.blocks.next?.assumingMemoryBound(to: UInt8.self)
            step = min(step, lane.blocks.count)
        }
        let rows = UnsafeMutableRawPointer(words).assumingMemoryBound(to: LaneRow256.self)
        luutru_lanes_sha256(rows, next, step, lanes.count > 8 ? 16 : 8)
        // From the last on, so that a lane that takes the place of one that ended has been here before.
        for place in lanes.indices.reversed() {
            lanes[place].blocks.advance(by: step)
            if lanes[place].blocks.areUsedUp { end(place) }
        }
    }

    /// Takes a lane's message to its end by libcrypto.
    private mutating func hashAlone(_ place: Int) {
        var state = (0..<8).map { words[$0 * Self.mostLanes + place] }
        while !lanes[place].blocks.areUsedUp {
            let blocks = lanes[place].blocks
            precondition(luutru_sha256_blocks(&state, blocks.next, blocks.count) == 1)
            lanes[place].blocks.advance(by: blocks.count)
        }
        for word in 0..<8 { words[word * Self.mostLanes + place] = state[word] }
        end(place)
    }

    /// Keeps the digest and begins the next message; where there is none, the last lane takes the place.
    private mutating func end(_ place: Int) {
        digests[lanes[place].message] = digest(of: place)
        if let message = waiting.popLast() {
            begin(message, in: place)
            return
        }
        let last = lanes.removeLast()
        guard place < lanes.count else { return }
        lanes[place] = last
        for word in 0..<8 {
            let row = words + word * Self.mostLanes
            row[place] = row[lanes.count]
        }
    }

    private func digest(of place: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { bytes, count in
            for word in 0..<8 {
                UnsafeMutableRawBufferPointer(bytes).storeBytes(
                    of: words[word * Self.mostLanes + place].bigEndian, toByteOffset: 4 * word,
                    as: UInt32.self)
            }
            count = 32
        }
    }

    private static let initial: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
        0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
}

/// One word of the state in every lane, as C lays it out.
private typealias LaneRow256 = (
    UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32,
    UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32
)
