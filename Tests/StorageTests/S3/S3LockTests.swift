import Foundation
import Network
import Records
import Rehearsal
import Storage
import Testing

@Suite struct S3LockTests {
    private static let path = RelativePath("ocfl/v1/content/a.tar")

    /// The store's own clock decides on locks, so these tests go by the real one.
    private static func hours(_ count: Int64) -> S3Lock {
        let now = Int64(Date().timeIntervalSince1970)
        return S3Lock(mode: .compliance, until: Instant(seconds: now + count * 3600))
    }

    @Test func `a bucket says whether it keeps versions and locks`() throws {
        guard let plain = try SampleBucket(), let locking = try SampleBucket(withLocks: true)
        else { return }

        #expect(try plain.client().versioning() == .off)
        #expect(try plain.client().hasObjectLock() == false)
        #expect(try locking.client().versioning() == .enabled)
        #expect(try locking.client().hasObjectLock())
    }

    @Test func `a locked version can be neither deleted nor unlocked, only locked for longer`()
        throws
    {
        guard let bucket = try SampleBucket(withLocks: true) else { return }
        let client = try bucket.client()
        let lock = Self.hours(1)
        let stored = try client.put([1], as: Self.path, S3Terms(lock: lock))
        #expect(try client.facts(of: Self.path)?.lock == lock)

        let deletion = #expect(throws: S3Failure.self) {
            try client.delete(Self.path, version: stored.version)
        }
        #expect(deletion?.reason == .denied)

        let longer = Self.hours(2)
        try client.prolong(Self.path, version: stored.version, to: longer)
        #expect(try client.lock(of: Self.path, version: stored.version) == longer)

        let shortening = #expect(throws: S3Failure.self) {
            try client.prolong(Self.path, version: stored.version, to: lock)
        }
        #expect(shortening?.reason == .denied)
        #expect(try client.lock(of: Self.path, version: stored.version) == longer)
    }

    @Test func `a version laid above a locked one does not change it`() throws {
        guard let bucket = try SampleBucket(withLocks: true) else { return }
        let client = try bucket.client()
        let stored = try client.put([1], as: Self.path, S3Terms(lock: Self.hours(1)))

        let above = try client.put([2], as: Self.path)
        #expect(try client.lock(of: Self.path, version: above.version) == nil)
        try client.delete(Self.path)

        #expect(try client.bytes(of: Self.path, version: stored.version, limit: 9) == [1])
        #expect(try client.facts(of: Self.path, version: stored.version)?.lock != nil)
    }

    @Test func `an object of several parts is locked as a whole`() throws {
        guard let bucket = try SampleBucket(withLocks: true) else { return }
        let client = try bucket.client()
        let file = EndlessPattern(size: 6 << 20)

        let stored = try client.put(
            file, size: file.size, as: Self.path, expecting: nil,
            S3Terms(isFirst: true, lock: Self.hours(1)), parts: S3Parts(largestPiece: 5 << 20))

        #expect(stored.version != nil)
        #expect(try client.lock(of: Self.path, version: stored.version)?.mode == .compliance)
        #expect(throws: S3Failure.self) { try client.delete(Self.path, version: stored.version) }
    }

    @Test func `a bucket without locks refuses one`() throws {
        guard let bucket = try SampleBucket() else { return }
        let client = try bucket.client()

        let failure = #expect(throws: S3Failure.self) {
            try client.put([1], as: Self.path, S3Terms(lock: Self.hours(1)))
        }

        #expect(failure?.reason == .refused)
        #expect(try client.everything().isEmpty)
    }
}
