import Cataloging
import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// A lock of a vault never outlasts the duty to keep a record by more than its own days.
@Suite struct VaultPeriodTests {
    private typealias Bench = VaultTamperingTests.Bench

    /// A world so many seconds from now, by the clock that the object store has.
    private func later(_ seconds: Int64) -> World {
        TestWorld.make(
            seed: UInt64(seconds),
            from: Instant(seconds: Int64(Date().timeIntervalSince1970) + seconds))
    }

    /// Packages a dossier that ended in 2000; gives what the archive calls it.
    private func packageOld(
        _ bench: Bench, _ notation: String, keptFor period: String
    ) throws -> ObjectIdentifier? {
        let folder = try bench.folder.makeDossier("cũ " + notation, notation: notation)
        for name in ["dossier.yaml", "documents.csv"] {
            let file = URL(filePath: folder.string + "/" + name)
            let text = try String(contentsOf: file, encoding: .utf8)
                .replacing("2024", with: "2000").replacing("20 năm", with: period)
            try Data(text.utf8).write(to: file)
        }
        let outcome = try Archive.package(folder, into: bench.root, in: bench.world)
        guard case .packaged(let packaged) = outcome.result else { return nil }
        return packaged.object
    }

    /// Until when each dossier is locked, as the ledger tells.
    private func ends(_ bench: Bench) throws -> [ObjectIdentifier: Instant] {
        let catalog = try bench.reading().catalog
        var objects: [ObjectIdentifier] = []
        try catalog.forEachHolding { object, _, _ in objects.append(object) }
        var ends: [ObjectIdentifier: Instant] = [:]
        for object in objects { ends[object] = try catalog.copies(of: object).first?.lockedUntil }
        return ends
    }

    @Test func `what need not be kept any more is locked no longer, and no look calls it unlocked`()
        throws
    {
        guard let bench = try Bench() else { return }
        var old: Set<ObjectIdentifier> = []
        for (place, period) in ["5 năm", "10 năm", "15 năm"].enumerated() {
            old.insert(try #require(try packageOld(bench, "1\(place).CĐS", keptFor: period)))
        }
        #expect(try bench.sync().map(\.isComplete) == [true])
        let before = try ends(bench)
        try #require(before.count == 4)

        let archive = try Archive.open(bench.root, in: later(80_000), for: .writing)
        let synced = try archive.syncStores([], progress: { _ in })
        try archive.finish()
        // By then the locks of the old ones are over.
        let checks = try Archive.open(bench.root, in: later(100_000), for: .reading)
            .checkStores([])

        #expect(synced.flatMap(\.findings).isEmpty, "\(synced)")
        let after = try ends(bench)
        for (object, end) in before {
            let isLater = after[object].map { $0.seconds > end.seconds + 70_000 }
            #expect(isLater == !old.contains(object))
        }
        #expect(checks.map(\.checked) == [4])
        #expect(checks.flatMap(\.findings).isEmpty, "\(checks.flatMap(\.findings))")
    }

    @Test func `after a lock that is over the others are looked at, too`() throws {
        guard let bench = try Bench(dossiers: 3) else { return }
        let sums = try bench.paths(".sums")
        try #require(sums.count == 3)
        let far = Instant(seconds: Int64(Date().timeIntervalSince1970) + 900_000)
        try bench.client.prolong(
            RelativePath(sums[1]), version: nil, to: S3Lock(mode: .compliance, until: far))

        let found = try Archive.open(bench.root, in: later(200_000), for: .reading)
            .checkStores([]).flatMap(\.findings)

        #expect(Set(found.map(\.code)) == [.vaultUnlocked], "\(found)")
        let subjects = found.map(\.subject)
        #expect(subjects.filter { $0.hasSuffix(".sums") }.sorted() == [sums[0], sums[2]])
    }
}
