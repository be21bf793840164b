import Files
import Foundation
import Records
import SystemPackage
import Testing

@testable import Storage

/// What a test works with: a bucket that keeps versions and locks, or one that does not.
struct BucketBench {
    let bucket: SampleBucket
    let client: S3Client
    let store: BucketStore
    let sample: SampleStore
    let suite: CopyStoreConformance

    init?(isVault: Bool) throws {
        guard let bucket = try SampleBucket(withLocks: isVault) else { return nil }
        self.bucket = bucket
        client = try bucket.client("Bản sao/kho 1")
        store = BucketStore(
            client, lockedUntil: isVault ? Self.later(1) : nil, volume: DiskVolume()
        )
        sample = try SampleStore()
        suite = CopyStoreConformance(store: store, sample: sample)
    }

    var wanted: CopiedObject {
        get throws {
            CopiedObject(
                sample.object, inventory: try sample.store.inventory(of: sample.object).1,
                in: sample.store)
        }
    }

    func key(_ name: String) -> RelativePath {
        RelativePath("ocfl/" + ObjectLocation.folder(of: sample.object) + "/" + name)
    }

    func take(_ wanted: CopiedObject, by store: BucketStore? = nil) throws -> CopyReceipt {
        let outcome = try (store ?? self.store).take(wanted, suite.run)
        guard case .held(let receipt) = outcome else {
            throw CopyStoreFailure(.failed, subject: "\(outcome)")
        }
        return receipt
    }

    /// Every object here is the file of the same name in the primary store.
    func expectEqual() throws {
        let files = try sample.files(below: sample.folder)
        var names: [String] = []
        try store.forEachFile(below: "ocfl") { names.append($0.path) }
        let prefix = "ocfl/" + ObjectLocation.folder(of: sample.object)
        #expect(
            names == files.map { prefix + $0.string.dropFirst(sample.folder.string.count) })
        for (name, file) in zip(names, files) {
            let bytes = try DiskVolume().readAll(file, limit: 1 << 20)
            #expect(try client.bytes(of: RelativePath(name), limit: 1 << 20) == bytes)
        }
    }

    /// So many hours from now by the object store's own clock, which decides on locks.
    static func later(_ hours: Int64) -> Instant {
        Instant(seconds: Int64(Date().timeIntervalSince1970) + hours * 3600)
    }
}
