import Cryptography
import Files
import Foundation
import Network
import Records
import Rehearsal
import Synchronization
import SystemPackage
import Testing

@testable import Storage

/// A copy store in a bucket of a real object store does what every copy store must; a vault does it too.
@Suite struct BucketStoreTests {
    @Test(arguments: [false, true])
    func `an empty store is made and keeps its card`(isVault: Bool) throws {
        try BucketBench(isVault: isVault)?.suite.keepsItsCard()
    }

    @Test(arguments: [false, true])
    func `an object comes in whole and once`(isVault: Bool) throws {
        guard let bench = try BucketBench(isVault: isVault) else { return }
        try bench.suite.takesAnObject()
        try bench.expectEqual()
    }

    @Test(arguments: [false, true])
    func `later versions follow`(isVault: Bool) throws {
        guard let bench = try BucketBench(isVault: isVault) else { return }
        try bench.suite.takesLaterVersions()
        try bench.expectEqual()
    }

    @Test(arguments: [false, true])
    func `a damaged original is not spread`(isVault: Bool) throws {
        try BucketBench(isVault: isVault)?.suite.refusesADamagedOriginal()
    }

    @Test(arguments: [false, true])
    func `the ledger grows at its end alone`(isVault: Bool) throws {
        try BucketBench(isVault: isVault)?.suite.appendsToTheLedger()
    }

    @Test(arguments: [false, true])
    func `files come in under their names with their own bytes`(isVault: Bool) throws {
        try BucketBench(isVault: isVault)?.suite.putsFiles()
    }

    @Test func `a ledger of many MiB grows without being sent again`() throws {
        guard let bench = try BucketBench(isVault: true) else { return }
        let line = Array(String(repeating: "a", count: 999).utf8) + [0x0A]
        let many = Array([[UInt8]](repeating: line, count: 6000).joined())
        try bench.store.appendToLedger(many, at: 0)

        try bench.store.appendToLedger(Array("cuối\n".utf8), at: Int64(many.count))

        let size = try bench.store.ledgerSize()
        #expect(size == Int64(many.count + "cuối\n".utf8.count))
        #expect(try bench.store.ledgerBytes(at: 0, count: Int(size)) == many + Array("cuối\n".utf8))
        let path = RelativePath("ledger/entries.jsonl")
        #expect(try bench.client.facts(of: path)?.lock?.mode == .compliance)
        #expect(try bench.client.abortUploads() == 0)
    }

    @Test(arguments: [1, 2])
    func `ended at any moment an object is as before, and the next run completes it`(
        versions: Int
    ) throws {
        guard let bench = try BucketBench(isVault: true) else { return }
        var before: Digest?
        if versions == 2 {
            let first = try bench.wanted
            before = first.inventory
            _ = try bench.take(first)
            _ = try bench.sample.addVersion(to: bench.sample.object, after: first.inventory)
        }
        let wanted = try bench.wanted
        var ended = 0
        var isDone = false
        while !isDone {
            let left = Atomic(ended)
            let client = try bench.bucket.client("Bản sao/kho 1") {
                if left.subtract(1, ordering: .relaxed).oldValue <= 0 { throw CancellationError() }
            }
            let store = BucketStore(
                client, lockedUntil: BucketBench.later(1), volume: DiskVolume())
            do {
                _ = try bench.take(wanted, by: store)
                isDone = true
            } catch is CancellationError {
                let here = try bench.store.inventoryDigest(of: bench.sample.object)
                // Between the root's inventory and its sidecar the object counts as unfinished.
                // It may also have been ended when all was done.
                #expect(here == before || here == nil || here == wanted.inventory)
            }
            ended += 1
        }

        #expect(ended > 12)
        #expect(try bench.store.inventoryDigest(of: bench.sample.object) == wanted.inventory)
        try bench.expectEqual()
        // What one run had put the next one left: no name has two versions but the root's inventory.
        var counts: [String: Int] = [:]
        try bench.client.listVersions(below: "ocfl/") { counts[$0.path.name, default: 0] += 1 }
        #expect(counts["urn_uuid_X.v1.tar"] == 1)
        #expect(counts["0=ocfl_object_1.1"] == 1)
    }

    @Test func `an object without its sidecar is unfinished and is completed`() throws {
        guard let bench = try BucketBench(isVault: false) else { return }
        let wanted = try bench.wanted
        _ = try bench.take(wanted)
        try bench.client.delete(bench.key("inventory.json.sha512"))
        #expect(try bench.store.inventoryDigest(of: bench.sample.object) == nil)

        let receipt = try bench.take(wanted)

        #expect(receipt.bytes == Int64("inventory.json\n".utf8.count + 129))
        try bench.expectEqual()
    }

    @Test func `something else in its place is told and left alone`() throws {
        guard let bench = try BucketBench(isVault: false) else { return }
        let wanted = try bench.wanted
        _ = try bench.take(wanted)
        _ = try bench.client.put(Array("{}".utf8), as: bench.key("inventory.json"))

        let outcome = try bench.store.take(wanted, bench.suite.run)

        guard case .different = outcome else {
            Issue.record("\(outcome)")
            return
        }
        let left = try bench.client.bytes(of: bench.key("inventory.json"), limit: 99)
        #expect(left == Array("{}".utf8))
    }

    @Test func `what a vault took is read by its mark whatever is laid above it`() throws {
        guard let bench = try BucketBench(isVault: true) else { return }
        let receipt = try bench.take(bench.wanted)
        let name = "v1/content/urn_uuid_X.v1.tar"
        let key = bench.key(name)
        let mark = try #require(receipt.marks[name])

        _ = try bench.client.put(Array("rác".utf8), as: key)
        try bench.client.delete(key)

        let bytes = try bench.store.reader(of: key.text, mark: mark).bytes(at: 0, count: 99)
        #expect(bytes == Array("content 0\n".utf8))
        #expect(receipt.marks.count == 8)
        for (name, mark) in receipt.marks {
            let failure = #expect(throws: S3Failure.self, "\(name)") {
                try bench.client.delete(bench.key(name), version: mark)
            }
            #expect(failure?.reason == .denied, "\(name)")
        }
    }

    @Test func `a vault is not made where nothing can be locked`() throws {
        guard let bench = try BucketBench(isVault: false) else { return }
        let vault = BucketStore(
            bench.client, lockedUntil: BucketBench.later(1), volume: DiskVolume())
        let card = StoreCard(
            archive: bench.sample.object, store: bench.sample.object, epoch: 1,
            created: SampleStore.created)

        let failure = #expect(throws: CopyStoreFailure.self) {
            try vault.found(card, readMe: [])
        }
        #expect(failure?.reason == .noLocks)
        #expect(try bench.client.everything().isEmpty)
    }

    @Test func `what is away, closed or strange is told in the terms of a copy store`() throws {
        guard let bench = try BucketBench(isVault: false) else { return }
        let reader = BucketStore(
            try bench.bucket.client(keys: SeaweedServer.reader), lockedUntil: nil,
            volume: DiskVolume())
        let credentials = try #require(S3Credentials(lines: Array(SeaweedServer.writer.utf8)))
        let nowhere = try #require(S3Endpoint("http://127.0.0.1:1"))
        let away = BucketStore(
            try SampleBucket.client(
                "s3://kho/a", S3Connection(nowhere, credentials: credentials)),
            lockedUntil: nil, volume: DiskVolume())

        let closed = #expect(throws: CopyStoreFailure.self) { try reader.replace("a", with: [1]) }
        let gone = #expect(throws: CopyStoreFailure.self) { try away.card() }
        let late = #expect(throws: CopyStoreFailure.self) {
            try bench.store.appendToLedger([1], at: 5)
        }

        #expect(closed?.reason == .refused)
        #expect(closed?.detail == "LT-S3-DENIED 403 AccessDenied")
        #expect(gone?.reason == .away)
        #expect(gone?.detail == "LT-S3-AWAY")
        #expect(late?.reason == .overtaken)
        #expect(throws: FileFailure.self) { try bench.store.reader(of: "khong-co", mark: nil) }
    }

    @Test(arguments: [false, true])
    func `what gives way to a whole file is kept`(isVault: Bool) throws {
        guard let bench = try BucketBench(isVault: isVault) else { return }
        _ = try bench.take(bench.wanted)
        let key = bench.key("v1/content/urn_uuid_X.v1.tar")
        let rotten = try bench.client.put(Array("rác".utf8), as: key)
        let file = bench.sample.folder.appending("v1/content/urn_uuid_X.v1.tar")

        let restored = try bench.store.restore(
            key.text, from: CopiedFile(file, sha512: nil), keepingAs: "a/hỏng", bench.suite.run)
        _ = try bench.client.put([1], as: RelativePath("ocfl/lạ"))
        try bench.store.setAside("ocfl/lạ", as: "a/hỏng")

        try bench.expectEqual()
        #expect(restored.size == 10)
        var kept: [String] = []
        try bench.client.list(below: "recovered/") { kept.append($0.path.text) }
        #expect(kept.sorted() == (isVault ? [] : ["recovered/a_hỏng", "recovered/a_hỏng-2"]))
        let bytes =
            try isVault
            ? bench.client.bytes(of: key, version: rotten.version, limit: 99)
            : bench.client.bytes(of: RelativePath("recovered/a_hỏng"), limit: 99)
        #expect(bytes == Array("rác".utf8))
    }

    @Test(arguments: [false, true])
    func `what is no line at the end of a ledger gives way, and is kept`(isVault: Bool) throws {
        guard let bench = try BucketBench(isVault: isVault) else { return }
        let path = RelativePath("ledger/entries.jsonl")
        let line = Array(String(repeating: "a", count: 999).utf8) + [0x0A]
        for count in [0, 2, 6000] {
            let whole = Array([[UInt8]](repeating: line, count: count).joined())
            let size = Int64(whole.count)
            for more in [[], line] {
                _ = try bench.client.put(whole + Array("rác".utf8), as: path)

                try bench.store.appendToLedger(more, at: size)

                let found = try bench.client.bytes(of: path, limit: 8 << 20)
                #expect(found == whole + more, "\(count)")
            }
            _ = try bench.client.put(whole + line, as: path)
            #expect(throws: CopyStoreFailure.self) {
                try bench.store.appendToLedger(line, at: size)
            }
        }
        var kept: [String] = []
        try bench.client.list(below: "recovered/") { kept.append($0.path.text) }
        #expect(kept.count == (isVault ? 0 : 6))
    }

    @Test func `names that stand beside a store are told`() throws {
        guard let bench = try BucketBench(isVault: false) else { return }
        var names: Set<String> = []
        try bench.store.forEachName { names.insert($0) }
        #expect(names.isEmpty)
        _ = try bench.client.put([1], as: RelativePath("ocfl/a/b"))
        _ = try bench.client.put([1], as: RelativePath("lạ.txt"))

        try bench.store.forEachName { names.insert($0) }

        #expect(names == ["ocfl", "lạ.txt"])
    }
}
