import Testing

@testable import Cryptography

/// SHA-512 in lanes, piece by piece and message after message, against libcrypto.
struct LaneStreamTests {
    private static func message(_ length: Int, _ seed: Int) -> [UInt8] {
        (0..<length).map { UInt8(truncatingIfNeeded: ($0 &* 29) ^ (seed &* 101) ^ ($0 >> 7)) }
    }

    /// A message that a lane is at, in memory that stays.
    private struct Course {
        let number: Int
        let bytes: UnsafeMutableRawBufferPointer
        var given = 0
        var isLast = false
    }

    /// Every message through the next free lane, in pieces of some blocks.
    private static func digests(
        of messages: [[UInt8]], lanes: Int, width: Int, piece: Int
    ) -> [[UInt8]] {
        let stream = LaneStream(lanes: lanes, width: width)
        var digests = [[UInt8]](repeating: [], count: messages.count)
        var waiting = Array(messages.enumerated())[...]
        var courses = [Course?](repeating: nil, count: lanes)
        while true {
            for lane in 0..<lanes where stream.isHungry(lane) {
                if let course = courses[lane], course.isLast {
                    digests[course.number] = stream.digest(of: lane)
                    course.bytes.deallocate()
                    courses[lane] = nil
                }
                if courses[lane] == nil, let (number, message) = waiting.popFirst() {
                    let bytes = UnsafeMutableRawBufferPointer.allocate(
                        byteCount: message.count, alignment: 1)
                    bytes.copyBytes(from: message)
                    courses[lane] = Course(number: number, bytes: bytes)
                    stream.begin(lane)
                }
                guard var course = courses[lane] else { continue }
                let end = min(course.bytes.count, course.given + piece)
                course.isLast = end - course.given < piece
                stream.feed(
                    lane, UnsafeRawBufferPointer(rebasing: course.bytes[course.given..<end]),
                    isLast: course.isLast)
                course.given = end
                courses[lane] = course
            }
            guard courses.contains(where: { $0 != nil }) else { return digests }
            stream.run()
        }
    }

    @Test(arguments: 1...8)
    func `messages of every length follow each other in every lane`(lanes: Int) {
        let messages = (0...400).map { Self.message($0, $0) }
        let expected = messages.map { Hasher.digest(.sha512, of: $0) }
        for width in [1, 4, 8, LaneDigests.width] {
            for piece in [128, 256] {
                let found = Self.digests(of: messages, lanes: lanes, width: width, piece: piece)
                #expect(found == expected, "width \(width), pieces of \(piece)")
            }
        }
    }

    @Test func `a long message goes on while short ones come and go beside it`() {
        let lengths = [300_000, 0, 1, 127, 128, 129, 255, 256, 70_000, 111, 112, 113, 200_000]
        let messages = (0..<39).map { Self.message(lengths[$0 % lengths.count], $0) }
        let expected = messages.map { Hasher.digest(.sha512, of: $0) }
        for (lanes, width) in [(8, 8), (4, 4), (8, 1), (2, 8), (3, 4), (1, 8)] {
            let found = Self.digests(of: messages, lanes: lanes, width: width, piece: 4096)
            #expect(found == expected, "\(lanes) lanes, width \(width)")
        }
    }

    @Test(arguments: [1, 8])
    func `a message goes on in another stream from every block where it was left`(width: Int) throws
    {
        let message = Self.message(128 * 9 + 77, 3)
        let expected = Hasher.digest(.sha512, of: message)
        for blocks in 0...9 {
            let first = LaneStream(lanes: 2, width: width)
            try message.withUnsafeBytes { bytes in
                first.feed(
                    1, UnsafeRawBufferPointer(rebasing: bytes[..<(blocks * 128)]), isLast: false)
                while !first.isHungry(1) { first.run() }
                let left = first.state(of: 1)
                #expect(left.length == UInt64(blocks * 128))
                let kept = try #require(SHA512State(length: left.length, bytes: left.bytes))
                let second = LaneStream(lanes: 3, width: width)
                second.begin(2, at: kept)
                second.feed(
                    2, UnsafeRawBufferPointer(rebasing: bytes[(blocks * 128)...]), isLast: true)
                while !second.isHungry(2) { second.run() }
                #expect(second.digest(of: 2) == expected, "\(blocks) blocks")
            }
        }
    }

    @Test func `what is no state of whole blocks is refused`() {
        let bytes = [UInt8](repeating: 7, count: 64)
        #expect(SHA512State(length: 256, bytes: bytes)?.bytes == bytes)
        #expect(SHA512State(length: 127, bytes: bytes) == nil)
        #expect(SHA512State(length: 128, bytes: [UInt8](bytes.dropLast())) == nil)
    }

    @Test func `a lane that is begun anew forgets what it had`() {
        let stream = LaneStream(lanes: 2, width: 8)
        let wrong = [UInt8](repeating: 1, count: 256)
        wrong.withUnsafeBytes { bytes in
            stream.feed(0, bytes, isLast: false)
            stream.run()
        }
        stream.begin(0)

        Array("abc".utf8).withUnsafeBytes { bytes in
            stream.feed(0, bytes, isLast: true)
            stream.run()
        }

        #expect(stream.digest(of: 0) == Hasher.digest(.sha512, of: Array("abc".utf8)))
    }
}
