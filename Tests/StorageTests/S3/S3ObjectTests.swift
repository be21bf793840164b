import Cryptography
import Files
import Network
import Records
import Rehearsal
import Storage
import Testing

@Suite struct S3ObjectTests {
    private static let bytes = Array("Quyết định số 145/QĐ-UBND".utf8)

    @Test(arguments: [
        "ocfl/abc/urn%3auuid%3aX/v1/content/a.tar", "policy/Danh mục hồ sơ + phụ lục.yaml",
        "details/e\u{301}\u{323}t", "details/ẹ\u{301}", "a/b c&<d>'\"=?#%/~_.-*()",
    ])
    func `bytes come back under every name`(name: String) throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let path = RelativePath(name)

        let stored = try client.put(Self.bytes, as: path)

        #expect(stored.size == Int64(Self.bytes.count))
        #expect(try client.bytes(of: path, limit: 1000) == Self.bytes)
        #expect(try client.facts(of: path)?.size == Int64(Self.bytes.count))
        #expect(try client.everything().map(\.path) == [path])
        try client.delete(path)
        #expect(try client.facts(of: path) == nil)
        #expect(try client.bytes(of: path, limit: 1000) == nil)
    }

    @Test func `an empty object is an object`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let path = RelativePath("trống")

        _ = try client.put([], as: path)

        #expect(try client.bytes(of: path, limit: 10) == [])
        let reader = try #require(try S3ObjectReader(client, path))
        #expect(try reader.bytes(at: 0, count: 10) == [])
    }

    @Test func `names in composed and in decomposed form are two objects`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()

        for (index, name) in ["tết", "te\u{302}\u{301}t"].enumerated() {
            _ = try client.put([UInt8(index)], as: RelativePath(name))
        }

        #expect(try client.bytes(of: RelativePath("tết"), limit: 9) == [0])
        #expect(try client.bytes(of: RelativePath("te\u{302}\u{301}t"), limit: 9) == [1])
        #expect(Set(try client.everything().map(\.path)).count == 2)
    }

    @Test func `the first of a name stays`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let path = RelativePath("ocfl/0=ocfl_1.1")
        _ = try client.put([1], as: path, S3Terms(isFirst: true))

        let failure = #expect(throws: S3Failure.self) {
            try client.put([2], as: path, S3Terms(isFirst: true))
        }

        #expect(failure?.reason == .condition)
        #expect(failure?.status == 412)
        #expect(failure?.mayRetry == false)
        #expect(try client.bytes(of: path, limit: 9) == [1])
    }

    @Test func `what is changed on its way is refused by the store`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let path = RelativePath("sai")
        let changing = ChangedOnSecondRead()

        let failure = #expect(throws: S3Failure.self) {
            try client.put(changing, size: 1000, as: path, expecting: nil)
        }

        #expect(failure?.reason == .checksum)
        #expect(failure?.code == "BadDigest")
        #expect(try client.facts(of: path) == nil)
    }

    @Test func `a file that is not the one to expect never appears`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let path = RelativePath("khác")
        let expected = try #require(Digest(.sha512, bytes: Hasher.digest(.sha512, of: [1])))

        for parts in [S3Parts(), S3Parts(largestPiece: 5 << 20)] {
            #expect(throws: FileCopy.SourceFailure.self) {
                try client.put(
                    EndlessPattern(size: 6 << 20), size: 6 << 20, as: path, expecting: expected,
                    parts: parts)
            }
        }

        #expect(try client.everything().isEmpty)
        #expect(try client.abortUploads() == 0)
    }

    @Test func `ranges are just the bytes asked for`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let path = RelativePath("khoảng")
        let file = EndlessPattern(size: 300_000)
        let whole = try file.bytes(at: 0, count: 300_000)
        _ = try client.put(file, size: file.size, as: path, expecting: nil)

        for range: Range<Int64> in [0..<1, 0..<300_000, 299_999..<300_000, 4095..<131_073] {
            var got: [UInt8] = []
            try client.get(path, range) { got += $0 }
            #expect(got == Array(whole[Int(range.lowerBound)..<Int(range.upperBound)]))
        }

        #expect(throws: S3Failure.self) { try client.get(path, 299_999..<300_001) { _ in } }
        #expect(throws: S3Failure.self) { try client.get(path, 300_000..<300_001) { _ in } }
    }

    @Test func `a reader gives the same bytes as a file and asks seldom`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let path = RelativePath("đọc")
        let file = EndlessPattern(size: 1_000_000)
        _ = try client.put(file, size: file.size, as: path, expecting: nil)

        let reader = try #require(try S3ObjectReader(client, path, ahead: 64 << 10))

        for (offset, count) in [(0, 10), (65_530, 20), (999_990, 50), (500_000, 200_000)] {
            let expected = try file.bytes(at: Int64(offset), count: count)
            #expect(try reader.bytes(at: Int64(offset), count: count) == expected)
        }
        #expect(try reader.bytes(at: 1_000_000, count: 1).isEmpty)
    }

    @Test func `an object replaced under its reader is not read on`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let path = RelativePath("thay")
        _ = try client.put([1, 2, 3, 4], as: path)
        let reader = try #require(try S3ObjectReader(client, path, ahead: 2))
        #expect(try reader.bytes(at: 0, count: 2) == [1, 2])

        _ = try client.put([5, 6, 7, 8], as: path)

        #expect(throws: FileFailure.self) { try reader.bytes(at: 2, count: 2) }
        #expect((reader.failure as? S3Failure)?.reason == .condition)
    }

    @Test func `what the receiver throws comes out and nothing is asked again`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let path = RelativePath("dừng")
        _ = try client.put([1, 2, 3], as: path)
        let thrown = S3Failure(.busy, subject: "elsewhere", mayRetry: true)
        var calls = 0

        #expect(throws: thrown) {
            try client.get(path, 0..<3) { _ in
                calls += 1
                throw thrown
            }
        }

        #expect(calls == 1)
    }
}

/// A file that is another when it is read again: what is hashed is not what is sent.
private final class ChangedOnSecondRead: ReadableFile {
    private var reads: UInt8 = 0

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) -> Int {
        reads += 1
        let count = min(buffer.count, 1000 - Int(offset))
        for index in 0..<count { buffer[index] = reads }
        return count
    }
}
