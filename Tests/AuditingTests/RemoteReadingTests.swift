import Cryptography
import Files
import Records
import Storage
import Testing

@testable import Auditing

/// Files behind a network, read in one go and in several.
@Suite struct RemoteReadingTests {
    private struct Stopped: Error {}

    /// Bytes that have a name of their own, or none.
    private final class NamedBytes: ReadableFile {
        private let bytes: [UInt8]
        let identity: String?
        private(set) var read = 0

        init(_ bytes: [UInt8], identity: String?) {
            self.bytes = bytes
            self.identity = identity
        }

        func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64)
            throws(FileFailure) -> Int
        {
            let rest = bytes[min(Int(offset), bytes.count)...].prefix(buffer.count)
            buffer.copyBytes(from: rest)
            read += rest.count
            return rest.count
        }
    }

    private let buffer = WorkBuffer(count: 1024)

    private func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
    }

    private func digest(_ bytes: [UInt8]) throws -> ContentDigest {
        ContentDigest(
            sha512: try #require(Digest(.sha512, bytes: Hasher.digest(.sha512, of: bytes))),
            size: Int64(bytes.count))
    }

    /// Reads until that many pieces were told of; gives how far it came.
    private func reading(
        _ file: NamedBytes, size: Int, after earlier: FileReading? = nil, pieces: Int
    ) -> FileReading? {
        var reading = RemoteReading(file, size: Int64(size), after: earlier)
        var told = 0
        #expect(throws: Stopped.self) {
            try reading.run(through: buffer) { _ in
                told += 1
                if told == pieces { throw Stopped() }
            }
        }
        return reading.reading
    }

    @Test(arguments: [0, 1, 127, 128, 1023, 1024, 1025, 2048, 5000])
    func `a file is read once, in however many parts`(count: Int) throws {
        let content = bytes(count)
        for pieces in 1...max(1, (count + 1023) / 1024) {
            let file = NamedBytes(content, identity: "một")
            let part = try #require(reading(file, size: count, pieces: pieces))
            var rest = RemoteReading(file, size: Int64(count), after: part)

            let found = try rest.run(through: buffer) { _ in }
            #expect(try found == digest(content))
            #expect(file.read == count, "\(pieces) pieces")
        }
    }

    @Test func `another file under the name is read from its beginning`() throws {
        let content = bytes(4000)
        let part = reading(NamedBytes(bytes(3000), identity: "một"), size: 3000, pieces: 2)
        for identity in ["hai", nil] {
            let file = NamedBytes(content, identity: identity)
            var rest = RemoteReading(file, size: 4000, after: part)
            let found = try rest.run(through: buffer) { _ in }
            #expect(try found == digest(content))
            #expect(file.read == 4000)
            #expect(rest.reading?.identity == identity)
        }
    }

    @Test func `a part that is longer than the file is none of it`() throws {
        let part = reading(NamedBytes(bytes(5000), identity: "một"), size: 5000, pieces: 4)
        let file = NamedBytes(bytes(2000), identity: "một")
        var rest = RemoteReading(file, size: 2000, after: part)
        let found = try rest.run(through: buffer) { _ in }
        #expect(try found == digest(bytes(2000)))
    }

    @Test func `a file that is shorter than its store says ends where it ends`() throws {
        var reading = RemoteReading(
            NamedBytes(bytes(1500), identity: nil), size: 4000, after: nil)
        let found = try reading.run(through: buffer) { _ in }
        #expect(try found == digest(bytes(1500)))
    }
}
