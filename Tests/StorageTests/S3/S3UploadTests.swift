import Cryptography
import Files
import Foundation
import Network
import Records
import Rehearsal
import Storage
import Synchronization
import SystemPackage
import Testing

@Suite struct S3UploadTests {
    private static let path = RelativePath("ocfl/v1/content/lớn.tar")
    private static let small = S3Parts(largestPiece: 5 << 20)

    /// The highest amount of memory that this process ever had, in KiB.
    private static func peak() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    private static func sha512(_ file: EndlessPattern) throws -> Digest {
        let hasher = Hasher(.sha512)
        var offset: Int64 = 0
        while offset < file.size {
            let piece = try file.bytes(at: offset, count: 1 << 20)
            hasher.update(piece)
            offset += Int64(piece.count)
        }
        return try #require(Digest(.sha512, bytes: hasher.finalizeAndReset()))
    }

    @Test func `150 MiB go in three parts and come back without being held in memory`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let file = EndlessPattern(size: 150 << 20)
        let digest = try Self.sha512(file)
        let before = try Self.peak()

        let stored = try client.put(file, size: file.size, as: Self.path, expecting: digest)
        let hasher = Hasher(.sha512)
        try client.get(Self.path, 0..<file.size) { hasher.update($0) }

        #expect(stored.sha512 == digest)
        #expect(hasher.finalizeAndReset() == digest.bytes)
        #expect(try client.facts(of: Self.path)?.checksum?.hasSuffix("-3") == true)
        #expect(file.largestRead.withLock { $0 } <= 1 << 20)
        #expect(try Self.peak() - before < 60 * 1024)
    }

    @Test func `the first of several parts of a name stays too`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        _ = try client.put([1], as: Self.path)

        let failure = #expect(throws: S3Failure.self) {
            try client.put(
                EndlessPattern(size: 6 << 20), size: 6 << 20, as: Self.path, expecting: nil,
                S3Terms(isFirst: true), parts: Self.small)
        }

        #expect(failure?.reason == .condition)
        #expect(try client.bytes(of: Self.path, limit: 9) == [1])
        #expect(try client.abortUploads() == 0)
    }

    @Test(arguments: [(10, 1), (10, 2), (10, 3), (10, 9), (5 << 20, 3), (5 << 20, 6), (5 << 20, 9)])
    func `what another adds at the same time is not lost`(size: Int, moment: Int) throws {
        guard let bucket = try SampleBucket() else { return }
        let first = [UInt8](repeating: 0x61, count: size)
        let other = try bucket.client()
        _ = try other.put(first, as: Self.path)
        let left = Atomic(moment)
        let hasAdded = Atomic(false)
        let client = try bucket.client {
            guard left.subtract(1, ordering: .relaxed).newValue == 0 else { return }
            do {
                _ = try other.append([0x62], to: Self.path, at: Int64(size), lock: nil)
                hasAdded.store(true, ordering: .relaxed)
            } catch is S3Failure {}
        }

        var reason: S3Failure.Reason?
        do {
            _ = try client.append([0x63], to: Self.path, at: Int64(size), lock: nil)
        } catch let failure as S3Failure {
            reason = failure.reason
        }

        let isLate = hasAdded.load(ordering: .relaxed)
        let expected: S3Failure.Reason? = isLate ? .condition : nil
        let last: UInt8 = isLate ? 0x62 : 0x63
        #expect(reason == expected)
        #expect(try other.bytes(of: Self.path, limit: size + 9) == first + [last])
        #expect(try other.abortUploads() == 0)
    }

    @Test func `an interruption leaves neither an object nor parts`() throws {
        guard let bucket = try SampleBucket() else { return }
        let isInterrupted = Atomic(false)
        let client = try bucket.client {
            if isInterrupted.load(ordering: .relaxed) { throw CancellationError() }
        }
        let calm = try bucket.client()
        let file = EndlessPattern(size: 20 << 20) { offset in
            if offset >= 12 << 20 { isInterrupted.store(true, ordering: .relaxed) }
        }

        #expect(throws: CancellationError.self) {
            try client.put(
                file, size: file.size, as: Self.path, expecting: nil, parts: Self.small)
        }

        #expect(try calm.everything().isEmpty)
        #expect(try calm.abortUploads() == 0)
    }

    @Test func `a disk that fails in the middle leaves neither an object nor parts`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let failure = FileFailure(.read, "tệp", .ioError)
        let file = EndlessPattern(size: 20 << 20) { offset throws(FileFailure) in
            if offset >= 12 << 20 { throw failure }
        }

        #expect(throws: FileCopy.SourceFailure.unreadable(failure)) {
            try client.put(
                file, size: file.size, as: Self.path, expecting: nil, parts: Self.small)
        }

        #expect(try client.everything().isEmpty)
        #expect(try client.abortUploads() == 0)
    }

    @Test func `a store killed in the middle shows nothing, and its parts go with the next start`()
        throws
    {
        guard let server = try SeaweedServer.start(),
            let bucket = try SampleBucket(withLocks: true, on: server)
        else { return }
        let client = try bucket.client()
        let reads = Atomic(0)
        let file = EndlessPattern(size: 40 << 20) { offset in
            // The first read of this place is for its digest, the second one is on the way.
            guard offset >= 22 << 20, offset < 25 << 20 else { return }
            if reads.add(1, ordering: .relaxed).newValue == 8 { server.kill() }
        }

        let failure = #expect(throws: S3Failure.self) {
            try client.put(
                file, size: file.size, as: Self.path, expecting: nil,
                S3Terms(isFirst: true), parts: Self.small)
        }
        #expect(failure?.reason == .away)
        try server.restart()

        #expect(try client.everyVersion().isEmpty)
        #expect(try client.abortUploads() == 1)
        #expect(try client.abortUploads() == 0)
        let stored = try client.put(
            EndlessPattern(size: 12 << 20), size: 12 << 20, as: Self.path, expecting: nil,
            S3Terms(isFirst: true), parts: Self.small)
        #expect(try client.facts(of: Self.path)?.version == stored.version)
    }

    @Test(arguments: [
        "ocfl/urn%3auuid%3aFF7E/v1/content/a.tar", "100% +1/%", "a%2Fb+c d&é.tar",
    ])
    func `an upload ends whatever its key is made of`(key: String) throws {
        guard let bucket = try SampleBucket(withLocks: true) else { return }
        for prefix in ["kho", "kho 100%3a+1%"] {
            _ = try bucket.server.connection(SeaweedServer.writer).send(
                S3Request(
                    .post, bucket: bucket.name, key: Array((prefix + "/" + key).utf8),
                    parameters: [("uploads", "")]), taking: .whole(limit: 1 << 20), check: {})

            #expect(try bucket.client(prefix).abortUploads() == 1)
            #expect(try bucket.client(prefix).abortUploads() == 0)
        }
    }

    @Test func `stale uploads of another store in the bucket stay`() throws {
        guard let bucket = try SampleBucket() else { return }
        let connection = try bucket.server.connection(SeaweedServer.writer)
        for key in ["kho/a", "kho2/a"] {
            _ = try connection.send(
                S3Request(
                    .post, bucket: bucket.name, key: Array(key.utf8), parameters: [("uploads", "")]),
                taking: .whole(limit: 1 << 20), check: {})
        }

        #expect(try bucket.client("kho").abortUploads() == 1)
        #expect(try bucket.client("kho2").abortUploads() == 1)
    }
}
