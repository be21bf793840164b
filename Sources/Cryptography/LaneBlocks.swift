/// The blocks of a lane's message that are not hashed yet: those of its piece, then its padded end (FIPS 180-4 §5.1).
struct LaneBlocks {
    private let blockSize: Int
    /// Where the blocks that are hashed next begin.
    private(set) var next: UnsafeRawPointer?
    /// How many of them lie there one after the other.
    private(set) var count = 0
    /// The end, hashed when the blocks of the last piece are used up.
    private var end: UnsafeRawPointer?
    private var endCount = 0

    init(blockSize: Int) { self.blockSize = blockSize }

    var areUsedUp: Bool { count == 0 }

    /// Takes the whole blocks of a piece.
    mutating func take(_ piece: UnsafeRawBufferPointer) {
        next = piece.baseAddress
        count = piece.count / blockSize
    }

    /// Takes the last piece of a message of so many bytes; its end is written into `room`, which has two blocks.
    mutating func takeLast(
        _ piece: UnsafeRawBufferPointer, of length: UInt64, room: UnsafeMutableRawBufferPointer
    ) {
        take(piece)
        endCount = writeEnd(of: piece, length, into: room)
        end = UnsafeRawPointer(room.baseAddress)
        turnToEnd()
    }

    /// Leaves the blocks behind that were hashed.
    mutating func advance(by step: Int) {
        next = next?.advanced(by: step * blockSize)
        count -= step
        turnToEnd()
    }

    private mutating func turnToEnd() {
        guard count == 0, endCount > 0 else { return }
        next = end
        count = endCount
        endCount = 0
    }

    /// Writes the last blocks of a message: its end, a bit, zeros and its length in bits; gives how many they are.
    private func writeEnd(
        of piece: UnsafeRawBufferPointer, _ length: UInt64, into room: UnsafeMutableRawBufferPointer
    ) -> Int {
        let tail = piece.count % blockSize
        // The length takes two words, an eighth of a block.
        let count = tail < blockSize - blockSize / 8 ? 1 : 2
        let end = UnsafeMutableRawBufferPointer(rebasing: room[..<(count * blockSize)])
        end.copyMemory(from: UnsafeRawBufferPointer(rebasing: piece.suffix(tail)))
        for index in tail..<end.count { end[index] = 0 }
        end[tail] = 0x80
        // What is above 64 bits of the length stays 0: no message has 2 EiB.
        end.storeBytes(of: (length << 3).bigEndian, toByteOffset: end.count - 8, as: UInt64.self)
        return count
    }
}
