import CLanes
import COpenSSL

/// SHA-512 of up to eight messages side by side, piece by piece; a lane whose message has ended takes another.
package final class LaneStream {
    /// The most messages at once.
    package static let mostLanes = Int(LUUTRU_LANES)
    /// Every piece of a message but its last is a multiple of so many bytes.
    package static let blockSize = 128

    /// One message: its state, and the blocks of its piece that are not hashed yet.
    private struct Lane {
        var state = LaneStream.initial
        var length: UInt64 = 0
        var blocks = LaneBlocks(blockSize: LaneStream.blockSize)
        var isEnding = false

        var isHungry: Bool { blocks.areUsedUp }
    }

    private var lanes: [Lane]
    /// The lanes that have blocks; used again and again.
    private var active: [Int] = []
    /// From so many messages on, the lanes are faster than one after the other.
    private let fewest: Int
    /// What C works on: the states of the active lanes, word by word.
    private let rows: UnsafeMutablePointer<LaneRow>
    /// Two blocks a lane: its end, padding and length.
    private let ends: UnsafeMutableRawBufferPointer

    /// Lanes without messages; with `width` 1 each message goes through libcrypto.
    package init(lanes count: Int, width: Int = LaneDigests.width) {
        precondition((1...Self.mostLanes).contains(count))
        lanes = Array(repeating: Lane(), count: count)
        fewest = width >= 8 ? 2 : width >= 4 ? 3 : .max
        rows = .allocate(capacity: 8)
        rows.initialize(repeating: (0, 0, 0, 0, 0, 0, 0, 0), count: 8)
        ends = .allocate(byteCount: count * 2 * Self.blockSize, alignment: 64)
    }

    deinit {
        rows.deallocate()
        ends.deallocate()
    }

    /// Begins another message in a lane; what was there is forgotten.
    package func begin(_ lane: Int) { lanes[lane] = Lane() }

    /// Goes on in a lane with a message whose beginning was hashed before; what was there is forgotten.
    package func begin(_ lane: Int, at state: SHA512State) {
        lanes[lane] = Lane()
        lanes[lane].state = state.words
        lanes[lane].length = state.length
    }

    /// How far a message has come whose last piece is not fed yet; its lane is hungry.
    package func state(of lane: Int) -> SHA512State {
        precondition(lanes[lane].isHungry && !lanes[lane].isEnding)
        return SHA512State(length: lanes[lane].length, words: lanes[lane].state)
    }

    /// Gives a lane that used up its piece the next one; the bytes must stay until that is used up too.
    package func feed(_ lane: Int, _ piece: UnsafeRawBufferPointer, isLast: Bool) {
        precondition(lanes[lane].isHungry && !lanes[lane].isEnding)
        precondition(isLast || piece.count % Self.blockSize == 0)
        lanes[lane].length += UInt64(piece.count)
        lanes[lane].isEnding = isLast
        guard isLast else {
            lanes[lane].blocks.take(piece)
            return
        }
        let room = (lane * 2 * Self.blockSize)..<((lane + 1) * 2 * Self.blockSize)
        lanes[lane].blocks.takeLast(
            piece, of: lanes[lane].length,
            room: UnsafeMutableRawBufferPointer(rebasing: ends[room]))
    }

    /// Whether a lane has used up its piece.
    package func isHungry(_ lane: Int) -> Bool { lanes[lane].isHungry }

    /// Hashes until at least one lane has used up its piece; the others go as far.
    package func run() {
        active.removeAll(keepingCapacity: true)
        active += lanes.indices.filter { !lanes[$0].isHungry }
        guard let step = active.map({ lanes[$0].blocks.count }).min() else { return }
        if active.count < fewest {
            for lane in active { alone(lane, step) }
        } else {
            together(step)
        }
        for lane in active { lanes[lane].blocks.advance(by: step) }
    }

    /// The digest of a message whose last piece is used up.
    package func digest(of lane: Int) -> [UInt8] {
        precondition(lanes[lane].isHungry && lanes[lane].isEnding)
        return SHA512State(length: lanes[lane].length, words: lanes[lane].state).bytes
    }

    private func alone(_ lane: Int, _ step: Int) {
        let next = lanes[lane].blocks.next
        lanes[lane].state.withUnsafeMutableBufferPointer { state in
            precondition(luutru_sha512_blocks(state.baseAddress, next, step) == 1)
        }
    }

    /// The active lanes stand side by side for C, whichever they are; the rest goes along on the first one's blocks.
    private func together(_ step: Int) {
        let words = UnsafeMutableRawPointer(rows).assumingMemoryBound(to: UInt64.self)
        for (place, lane) in active.enumerated() {
            for word in 0..<8 {
                words[word * Self.mostLanes + place] = lanes[lane].state[word]
            }
        }
        let pointers = (0..<Self.mostLanes).map { place in
            lanes[active[place < active.count ? place : 0]].blocks.next?.assumingMemoryBound(
                to: UInt8.self)
        }
        luutru_lanes_sha512(rows, pointers, step, active.count > 4 ? 8 : 4)
        for (place, lane) in active.enumerated() {
            for word in 0..<8 {
                lanes[lane].state[word] = words[word * Self.mostLanes + place]
            }
        }
    }

    private static let initial: [UInt64] = [
        0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
        0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
    ]
}

/// One word of the state in every lane, as C lays it out.
private typealias LaneRow = (
    UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64
)
