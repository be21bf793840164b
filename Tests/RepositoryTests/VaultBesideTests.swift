import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// What a vault holds beside the dossiers stays locked as they do.
@Suite struct VaultBesideTests {
    /// The latest version's lock of every file outside the dossiers, by path.
    private func locks(_ bench: VaultTamperingTests.Bench) throws -> [String: Instant] {
        let archive = try bench.reading()
        let copy = try #require(try archive.openCopies().first?.store as? BucketStore)
        var locks: [String: Instant] = [:]
        for folder in ["", "ocfl", "policy", "details", "ledger", "evidence"] {
            try copy.forEachName(in: folder) { name in
                let path = folder.isEmpty ? name : folder + "/" + name
                guard try copy.size(of: path) != nil else { return }
                locks[path] = try copy.lockedUntil(path, mark: nil)
            }
        }
        return locks
    }

    @Test func `card, root, policy, details and ledger are locked again before their time is over`()
        throws
    {
        guard let bench = try VaultTamperingTests.Bench() else { return }
        let before = try locks(bench)
        for path in ["store.json", "ocfl/0=ocfl_1.1", "ledger/entries.jsonl", "README.txt"] {
            #expect(before[path] != nil, "\(path): \(before.keys.sorted())")
        }
        #expect(before.keys.contains { $0.hasPrefix("policy/") })
        #expect(before.keys.contains { $0.hasPrefix("details/") })

        let soon = Int64(Date().timeIntervalSince1970) + 80_000
        let archive = try Archive.open(
            bench.root, in: TestWorld.make(from: Instant(seconds: soon)), for: .writing)
        #expect(try archive.syncStores([], progress: { _ in }).flatMap(\.findings).isEmpty)
        try archive.finish()

        let after = try locks(bench)
        for (path, lock) in before {
            #expect(
                after[path].map { $0.seconds > lock.seconds + 70_000 } == true,
                "\(path): \(lock) \(String(describing: after[path]))")
        }
    }

    private typealias Bench = VaultTamperingTests.Bench

    /// A version of a file that lies beside the dossiers.
    private struct Version: Hashable {
        let path: RelativePath
        let mark: String?

        /// Whether the folder has more of its kind with time.
        var isNamed: Bool { ["details", "policy"].contains(path.text.prefix { $0 != "/" }) }
    }

    /// Every version beside the dossiers with its lock; those of the ledger give way to later ones.
    private func versions(_ bench: Bench) throws -> [Version: Instant] {
        var all: [Version] = []
        try bench.client.listVersions { listed in
            let depth = listed.path.text.split(separator: "/").count
            guard !listed.isDeleteMarker, depth < 6, !listed.path.text.hasPrefix("ledger/") else {
                return
            }
            all.append(Version(path: listed.path, mark: listed.version))
        }
        var locks: [Version: Instant] = [:]
        for version in all { locks[version] = try lock(of: version, bench) }
        return locks
    }

    private func lock(of version: Version, _ bench: Bench) throws -> Instant? {
        try bench.client.lock(of: version.path, version: version.mark)?.until
    }

    private func now(_ seconds: Int64) -> Instant {
        Instant(seconds: Int64(Date().timeIntervalSince1970) + seconds)
    }

    private func sync(_ bench: Bench, after seconds: Int64) throws -> [SyncReport] {
        let archive = try Archive.open(
            bench.root, in: TestWorld.make(seed: UInt64(seconds), from: now(seconds)),
            for: .writing)
        let reports = try archive.syncStores([], progress: { _ in })
        try archive.finish()
        return reports
    }

    private func isLater(_ lock: Instant?, than before: Instant) -> Bool {
        lock.map { $0.seconds > before.seconds + 70_000 } ?? false
    }

    /// Locks versions for long, as anybody can who has the keys of the vault.
    private func lockLong(_ versions: some Sequence<Version>, _ bench: Bench) throws {
        for version in versions {
            try bench.client.prolong(
                version.path, version: version.mark,
                to: S3Lock(mode: .compliance, until: now(9_000_000)))
        }
    }

    @Test func `neither a card that is locked for long nor a delete marker keeps a lock short`()
        throws
    {
        guard let bench = try Bench() else { return }
        let before = try versions(bench)
        let named = before.keys.filter(\.isNamed)
        try #require(named.count > 2)
        try lockLong(before.keys.filter { $0.path.text == "store.json" }, bench)
        for version in named { try bench.hide(version.path.text) }

        let synced = try sync(bench, after: 80_000)

        #expect(synced.map(\.isReached) == [true], "\(synced)")
        for (version, lock) in before {
            let after = try self.lock(of: version, bench)
            #expect(isLater(after, than: lock), "\(version) \(lock) \(String(describing: after))")
        }
    }

    @Test func `a card that was covered keeps no lock short, its own neither`() throws {
        guard let bench = try Bench() else { return }
        let before = try versions(bench)
        try bench.cover("store.json", isLocked: true)

        let synced = try sync(bench, after: 80_000)

        #expect(synced.flatMap(\.findings).map(\.code) == [.copyOverlaid], "\(synced)")
        for (version, lock) in before {
            #expect(try isLater(self.lock(of: version, bench), than: lock), "\(version)")
        }
    }

    /// Leaves a mark that says that all folders are locked until then.
    private func claim(lockedUntil end: Instant, _ bench: Bench) throws {
        let archive = try bench.reading()
        let store = try #require(archive.configuration.stores.first?.store)
        let ends = LockMark.folders.map { ($0, end) }
        try DiskVolume().replaceDurably(
            LockMark(ends: Dictionary(uniqueKeysWithValues: ends)).bytes,
            as: archive.layout.lockMark(of: store))
    }

    @Test func `a mark that claims too much silences nothing`() throws {
        guard let bench = try Bench() else { return }
        let before = try versions(bench)
        // All that is looked at each time seems to be locked for long.
        try lockLong(before.keys.filter { !$0.isNamed }, bench)
        for name in ["entries.jsonl", "checkpoint"] {
            try lockLong([Version(path: RelativePath("ledger/" + name), mark: nil)], bench)
        }
        try claim(lockedUntil: now(9_000_000), bench)

        _ = try sync(bench, after: 80_000)

        for (version, lock) in before where version.isNamed {
            #expect(try isLater(self.lock(of: version, bench), than: lock), "\(version)")
        }
    }

    @Test func `what a vault shows counts for more than a mark that can be believed`() throws {
        guard let bench = try Bench() else { return }
        let before = try versions(bench)
        try claim(lockedUntil: now(160_000), bench)

        _ = try sync(bench, after: 80_000)

        for (version, lock) in before {
            #expect(try isLater(self.lock(of: version, bench), than: lock), "\(version)")
        }
    }

    @Test func `locks that were prolonged are left alone until half of their time is over`() throws
    {
        guard let bench = try Bench() else { return }
        _ = try sync(bench, after: 80_000)
        let before = try versions(bench)

        _ = try sync(bench, after: 90_000)

        for (version, lock) in before {
            #expect(try self.lock(of: version, bench) == lock, "\(version)")
        }
    }

    @Test func `what was laid above a file is not locked with it`() throws {
        guard let bench = try Bench() else { return }
        let before = try versions(bench)
        let detail = try #require(before.keys.first { $0.path.text.hasPrefix("details/") })
        var rubbish: [Version] = []
        for path in [detail.path, RelativePath("README.txt"), RelativePath("details/la.json")] {
            try bench.cover(path.text, isLocked: false)
            let mark = try bench.client.facts(of: path)?.version
            rubbish.append(Version(path: path, mark: mark))
        }

        _ = try sync(bench, after: 80_000)

        for version in rubbish { #expect(try lock(of: version, bench) == nil, "\(version)") }
        for (version, lock) in before {
            #expect(try isLater(self.lock(of: version, bench), than: lock), "\(version)")
        }
    }

    @Test func `a look through a vault tells locks that are over beside the dossiers, too`() throws
    {
        guard let bench = try Bench() else { return }
        let sums = try bench.paths(".sums").map { Version(path: RelativePath($0), mark: nil) }
        let card = Version(path: RelativePath("store.json"), mark: nil)
        try lockLong(sums + [card], bench)

        let found = try Archive.open(
            bench.root, in: TestWorld.make(from: now(200_000)), for: .reading
        ).checkStores([]).flatMap(\.findings)

        #expect(Set(found.map(\.code)) == [.vaultUnlocked], "\(found)")
        let subjects = Set(found.map(\.subject))
        let steady = ["README.txt", "ocfl/0=ocfl_1.1", "ocfl/ocfl_layout.json"]
        #expect(subjects.isSuperset(of: steady + ["ledger/entries.jsonl"]), "\(subjects)")
        #expect(subjects.contains { $0.hasPrefix("details/") })
        #expect(subjects.contains { $0.hasPrefix("policy/") })
        #expect(subjects.isDisjoint(with: (sums + [card]).map(\.path.text)))
    }
}
