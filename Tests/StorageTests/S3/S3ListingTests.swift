import Files
import Network
import Records
import Rehearsal
import Storage
import Testing

@Suite struct S3ListingTests {
    @Test func `more than a thousand objects are listed page by page`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()
        let other = try bucket.client("Kho lưu trữ khác")
        _ = try other.put([1], as: RelativePath("không thuộc kho"))
        let names = (0..<1050).map { "details/\($0 % 7)/hồ sơ \($0)" }
        for name in names { _ = try client.put([1], as: RelativePath(name)) }

        for size in [1000, 333] {
            let listed = try client.everything(pageSize: size)
            #expect(listed.count == 1050)
            #expect(Set(listed.map(\.path.text)) == Set(names))
            #expect(listed.allSatisfy { $0.size == 1 })
        }

        var below: [String] = []
        try client.list(below: "details/3/") { below.append($0.path.text) }
        #expect(below.count == 150)
        #expect(below.allSatisfy { $0.hasPrefix("details/3/") })
    }

    @Test func `versions and delete markers are told apart`() throws {
        guard let bucket = try SampleBucket(withLocks: true) else { return }
        let client = try bucket.client()
        let path = RelativePath("ocfl/bản kê.json")
        let first = try client.put([1], as: path)
        let second = try client.put([2, 2], as: path)
        try client.delete(path)
        _ = try client.put([3], as: RelativePath("khác"))

        for size in [1000, 1] {
            let versions = try client.everyVersion(pageSize: size).filter { $0.path == path }
            #expect(versions.map(\.isDeleteMarker) == [true, false, false])
            #expect(versions.map(\.isLatest) == [true, false, false])
            #expect(versions.map(\.size) == [0, 2, 1])
            #expect(versions.map(\.version).dropFirst() == [second.version, first.version])
        }

        #expect(try client.everything().map(\.path.text) == ["khác"])
        #expect(try client.facts(of: path) == nil)
        #expect(try client.bytes(of: path, version: first.version, limit: 9) == [1])
        #expect(try client.bytes(of: path, version: second.version, limit: 9) == [2, 2])
        let reader = try #require(try S3ObjectReader(client, path, version: second.version))
        #expect(try reader.bytes(at: 1, count: 9) == [2])
    }

    @Test(arguments: [false, true])
    func `names with a percent sign are listed as they are`(withLocks: Bool) throws {
        guard let bucket = try SampleBucket(withLocks: withLocks) else { return }
        let client = try bucket.client("kho 100%3a+1%")
        let names: Set = ["ocfl/urn%3auuid%3aFF7E", "a%2Fb+c d&é", "100%"]
        for name in names { _ = try client.put([1], as: RelativePath(name)) }

        for size in [1000, 1] {
            #expect(try Set(client.everything(pageSize: size).map(\.path.text)) == names)
            #expect(try Set(client.everyVersion(pageSize: size).map(\.path.text)) == names)
        }
        var top: Set<String> = []
        try client.listNames { top.insert($0) }
        #expect(top == ["ocfl", "a%2Fb+c d&é", "100%"])
    }

    @Test func `taking a delete marker away brings the version back`() throws {
        guard let bucket = try SampleBucket(withLocks: true) else { return }
        let client = try bucket.client()
        let path = RelativePath("a")
        _ = try client.put([1], as: path)
        try client.delete(path)
        let marker = try #require(try client.everyVersion().first { $0.isDeleteMarker })

        try client.delete(path, version: marker.version)

        #expect(try client.bytes(of: path, limit: 9) == [1])
        #expect(try client.everyVersion().count == 1)
    }
}
