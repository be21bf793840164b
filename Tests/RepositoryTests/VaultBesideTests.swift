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
}
