import Cryptography
package import Files
import Records
package import SystemPackage

/// SHA-512 of several tars at once: they are read side by side, one in each lane of the hashing.
package final class TarDigests {
    /// What reading a tar gave.
    package struct Read: Sendable {
        let size: Int64
        let sha512: Digest
        let words: WordSum
    }

    private static let pieceSize = 256 << 10

    /// A tar that is being read.
    private struct Course {
        let number: Int
        let file: any OpenFile
        let buffer: WorkBuffer
        var size: Int64 = 0
        var words = WordSum()
        var isLast = false
    }

    private let volume: any Volume
    private let stream = LaneStream(lanes: LaneDigests.width)
    private var courses: [Course?] = Array(repeating: nil, count: LaneDigests.width)
    private var waiting: ArraySlice<(offset: Int, element: FilePath)>
    private var found: [Read?]

    private init(_ tars: [FilePath], volume: any Volume) {
        self.volume = volume
        waiting = Array(tars.enumerated())[...]
        found = Array(repeating: nil, count: tars.count)
    }

    /// Reads all of them; gives what was read in their order. It holds 256 KiB for each lane.
    package static func read(_ tars: [FilePath], volume: any Volume) throws -> [Read] {
        let digests = TarDigests(tars, volume: volume)
        while try digests.step() {}
        return digests.found.compactMap { $0 }
    }

    /// Goes on by a piece in every lane that is used up; false when all tars are read.
    private func step() throws -> Bool {
        for lane in courses.indices where stream.isHungry(lane) { try refill(lane) }
        guard courses.contains(where: { $0 != nil }) else { return false }
        stream.run()
        return true
    }

    private func refill(_ lane: Int) throws {
        var spare: WorkBuffer?
        if let course = courses[lane], course.isLast {
            found[course.number] = Read(
                size: course.size, sha512: Digest(lane, of: stream), words: course.words)
            courses[lane] = nil
            spare = course.buffer
        }
        if courses[lane] == nil, let (number, path) = waiting.popFirst() {
            courses[lane] = Course(
                number: number, file: try volume.open(path),
                buffer: spare ?? WorkBuffer(count: Self.pieceSize))
            stream.begin(lane)
        }
        if let course = courses[lane] { courses[lane] = try feed(lane, course) }
    }

    private func feed(_ lane: Int, _ course: Course) throws -> Course {
        var further = course
        let count = try course.file.fill(course.buffer.bytes, at: course.size)
        let piece = UnsafeRawBufferPointer(course.buffer.prefix(count))
        further.size += Int64(count)
        further.words.add(piece)
        further.isLast = count < Self.pieceSize
        stream.feed(lane, piece, isLast: further.isLast)
        return further
    }
}

extension Digest {
    /// The digest of the message that ended in a lane.
    fileprivate init(_ lane: Int, of stream: LaneStream) {
        self = Digest(sha512: stream.digest(of: lane))
    }
}
