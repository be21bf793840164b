import Cryptography
import Files
import Records
import Storage

/// Reads files of a queue side by side on one thread, one in each lane of the hashing.
final class LaneReader {
    /// Two readers of eight lanes have 16 MiB.
    private static let pieceSize = 1 << 20

    /// A file that is open in a lane.
    private struct OpenLane {
        let entry: ReadingQueue.File
        let file: any OpenFile
        var size: Int64 = 0
        var isLast = false
    }

    private let queue: ReadingQueue
    private let number: Int
    private let volume: any Volume
    private let stream: LaneStream
    private var open: [OpenLane?]
    private var buffers: [WorkBuffer?]

    init(_ number: Int, of queue: ReadingQueue, volume: any Volume) {
        self.number = number
        self.queue = queue
        self.volume = volume
        stream = LaneStream(lanes: LaneDigests.width)
        open = Array(repeating: nil, count: LaneDigests.width)
        buffers = Array(repeating: nil, count: LaneDigests.width)
    }

    /// Goes on by a piece in every lane; gives the bytes read, nil when there was nothing to do.
    func step() -> Int? {
        var count = 0
        for lane in open.indices where stream.isHungry(lane) { count += refill(lane) }
        guard open.contains(where: { $0 != nil }) else { return nil }
        stream.run()
        return count
    }

    /// Takes down the files whose last piece was read, and how far the others came; reads nothing more.
    func settle() {
        // Each run uses up at least one lane's piece, or the end of its message.
        for _ in 0..<2 * open.count { stream.run() }
        for lane in open.indices where stream.isHungry(lane) {
            guard let current = open[lane] else { continue }
            if current.isLast {
                end(current, lane, .success(digest(current, lane)))
            } else if current.size > 0 {
                queue.leave(current.entry, at: stream.state(of: lane))
            }
        }
    }

    private func refill(_ lane: Int) -> Int {
        while true {
            guard let current = open[lane] else {
                guard let entry = queue.next(for: number) else { return 0 }
                begin(entry, lane)
                continue
            }
            guard !current.isLast else {
                end(current, lane, .success(digest(current, lane)))
                continue
            }
            do {
                return try feed(lane, current)
            } catch {
                end(current, lane, .failure(error))
            }
        }
    }

    private func begin(_ entry: ReadingQueue.File, _ lane: Int) {
        do {
            open[lane] = OpenLane(entry: entry, file: try volume.open(entry.path))
            guard let begun = entry.begun else { return stream.begin(lane) }
            stream.begin(lane, at: begun)
            open[lane]?.size = Int64(begun.length)
            queue.advance(number, by: min(Int64(begun.length), entry.size))
        } catch {
            queue.advance(number, by: entry.size)
            queue.finish(entry, .failure(error))
        }
    }

    private func feed(_ lane: Int, _ current: OpenLane) throws(FileFailure) -> Int {
        let buffer = buffers[lane] ?? WorkBuffer(count: Self.pieceSize)
        buffers[lane] = buffer
        let count = try current.file.fill(buffer.bytes, at: current.size)
        var further = current
        further.size += Int64(count)
        further.isLast = count < buffer.bytes.count
        open[lane] = further
        stream.feed(lane, UnsafeRawBufferPointer(buffer.prefix(count)), isLast: further.isLast)
        // A file may have grown since it was listed.
        let planned = min(further.size, current.entry.size) - min(current.size, current.entry.size)
        queue.advance(number, by: planned)
        return count
    }

    private func end(_ lane: OpenLane, _ number: Int, _ outcome: ReadingQueue.Outcome) {
        open[number] = nil
        stream.begin(number)
        queue.advance(self.number, by: max(0, lane.entry.size - lane.size))
        queue.finish(lane.entry, outcome)
    }

    private func digest(_ current: OpenLane, _ lane: Int) -> ContentDigest {
        let digest = Digest(sha512: stream.digest(of: lane))
        return ContentDigest(sha512: digest, size: current.size)
    }
}
