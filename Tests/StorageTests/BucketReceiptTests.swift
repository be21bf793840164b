import Files
import Records
import SystemPackage
import Testing

@testable import Storage

/// A store in a bucket gives its word for what was brought or read back, and for nothing else.
@Suite struct BucketReceiptTests {
    @Test(arguments: [false, true])
    func `what is here without a word is read back, and what is missing comes again`(
        isVault: Bool
    ) throws {
        guard let bench = try BucketBench(isVault: isVault) else { return }
        let wanted = try bench.wanted
        _ = try bench.take(wanted)
        try bench.client.delete(bench.key("v1/content/urn_uuid_X.v1.tar"))
        try bench.client.delete(bench.key("v1/inventory.json.sha512"))

        let receipt = try bench.take(wanted)

        #expect(
            receipt.bytes == Int64("content 0\n".utf8.count + "inventory.json\n".utf8.count + 129))
        try bench.expectEqual()
    }

    @Test(arguments: ["v1/content/urn_uuid_X.v1.tar", "v1/inventory.json", "0=ocfl_object_1.1"])
    func `of what is here without a word nothing may be changed`(name: String) throws {
        guard let bench = try BucketBench(isVault: false) else { return }
        let first = try bench.wanted
        _ = try bench.take(first)
        let after = try bench.sample.addVersion(to: bench.sample.object, after: first.inventory)
        let wanted = CopiedObject(
            bench.sample.object, inventory: after.inventory, in: bench.sample.store)
        _ = try bench.client.put(Array("content X\n".utf8), as: bench.key(name))
        try bench.client.delete(bench.key("v1/content/urn_uuid_X.v1.sums"))

        let outcome = try bench.store.take(wanted, bench.suite.run)

        guard case .different = outcome else {
            Issue.record("\(outcome)")
            return
        }
        let left = try bench.client.bytes(of: bench.key(name), limit: 99)
        #expect(left == Array("content X\n".utf8))
        #expect(try bench.client.facts(of: bench.key("v1/content/urn_uuid_X.v1.sums")) == nil)
    }

    @Test func `what the store gave its word for is not read again`() throws {
        guard let bench = try BucketBench(isVault: false) else { return }
        let first = try bench.wanted
        _ = try bench.take(first)
        let after = try bench.sample.addVersion(to: bench.sample.object, after: first.inventory)
        _ = try bench.client.put([1], as: bench.key("v1/content/urn_uuid_X.v1.tar"))

        let receipt = try bench.take(
            CopiedObject(
                bench.sample.object, inventory: after.inventory, in: bench.sample.store,
                received: 1))

        #expect(receipt.version == 2)
        let left = try bench.client.bytes(
            of: bench.key("v1/content/urn_uuid_X.v1.tar"), limit: 99)
        #expect(left == [1])
    }

    @Test func `a whole copy is held though the original is damaged meanwhile`() throws {
        guard let bench = try BucketBench(isVault: false) else { return }
        let wanted = try bench.wanted
        _ = try bench.take(wanted)
        try bench.sample.rewrite(
            bench.sample.folder.appending("v1/content/urn_uuid_X.v1.tar"), [1])
        try bench.sample.rewrite(bench.sample.folder.appending("inventory.json"), [1])

        let receipt = try bench.take(wanted)

        #expect(receipt.version == 1)
        #expect(receipt.bytes == 0)
    }

    @Test func `what a vault had before has its versions in the receipt and is locked for as long`()
        throws
    {
        guard let bench = try BucketBench(isVault: true) else { return }
        let first = try bench.take(bench.wanted)
        let until = BucketBench.later(3)
        let later = BucketStore(bench.client, lockedUntil: until, volume: DiskVolume())

        let second = try bench.take(bench.wanted, by: later)

        #expect(second.bytes == 0)
        #expect(second.marks.count == 8)
        #expect(second.marks == first.marks)
        for (name, mark) in second.marks {
            let lock = try bench.client.lock(of: bench.key(name), version: mark)
            #expect(lock?.until == until, "\(name)")
        }
    }

    @Test func `a lock that ends later is left as it is`() throws {
        guard let bench = try BucketBench(isVault: true) else { return }
        let receipt = try bench.take(bench.wanted)
        let name = "v1/content/urn_uuid_X.v1.tar"
        let mark = try #require(receipt.marks[name])
        let until = BucketBench.later(3)

        try bench.store.prolong(bench.key(name).text, mark: mark, until: until)
        try bench.store.prolong(bench.key(name).text, mark: mark, until: BucketBench.later(2))

        #expect(try bench.store.lockedUntil(bench.key(name).text, mark: mark) == until)
    }
}
