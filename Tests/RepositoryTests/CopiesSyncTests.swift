import Cataloging
import Files
import Foundation
import Policies
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Stores beside the primary one follow it: what is new goes to those that answer, the others catch up.
@Suite struct CopiesSyncTests {
    @Test func `what is packaged goes to every store that answers, whole and byte for byte`() throws
    {
        let bench = try CopyBench(dossiers: 1)
        try bench.add("b")
        try bench.add("c")

        let news = try bench.package(2)

        #expect(news.allSatisfy { $0.isReached && $0.taken == 1 })
        // What was there before the store came waits for a sync.
        let waiting = try bench.read().storeStandings()
        #expect(waiting.allSatisfy { $0.held == 1 && $0.lacking == 1 && $0.waitingSince != nil })
        let reports = try bench.sync()
        #expect(reports.map(\.name) == ["b", "c"] && reports.allSatisfy(\.isComplete))
        try bench.expectEqual("b")
        try bench.expectEqual("c")
        try bench.expectHonest()
        #expect(try bench.read().checkStores([]).flatMap(\.findings) == [])
    }

    @Test func `a store that was away is told of, and catches up with all it missed`() throws {
        let bench = try CopyBench()
        try bench.add("b")
        try bench.add("c")
        try bench.unmount("c")

        let news = try bench.package(1)
        try bench.amend(1)
        try bench.package(2)

        #expect(news.first { $0.name == "b" }?.isComplete == true)
        #expect(news.first { $0.name == "c" }?.findings.map(\.code) == [.copyStoreAway])
        let standing = try #require(bench.read().storeStandings().first { $0.entry.name == "c" })
        guard case .away = standing.state else {
            Issue.record("\(standing.state)")
            return
        }
        #expect(standing.lacking == 2 && standing.ledgerLag == nil)
        let away = try bench.sync()
        #expect(away.first { $0.name == "c" }?.isComplete == false)
        #expect(away.map(\.lacking) == [0, 2])
        #expect(away.flatMap(\.findings).allSatisfy { $0.severity == .warning })
        try bench.mount("c")
        #expect(try bench.sync("c").first?.taken == 2)
        for name in ["b", "c"] { try bench.expectEqual(name) }
        try bench.expectHonest()
    }

    @Test func `later versions follow, and a rebuilt catalog knows every receipt`() throws {
        let bench = try CopyBench()
        try bench.add("b")
        try bench.package(1)
        try bench.unmount("b")
        for _ in 1...3 { try bench.amend(1) }
        try bench.mount("b")
        #expect(try bench.read().storeStandings().first?.held == 0)

        #expect(try bench.sync().first?.taken == 1)

        #expect(try bench.read().storeStandings().first?.held == 1)
        try bench.expectEqual("b")
        let before = try receipts(bench)
        #expect(before.map(\.version) == [4])
        _ = try Archive.rebuildCatalog(bench.root, in: bench.world())
        #expect(try receipts(bench) == before)
        try bench.expectHonest()
    }

    private func receipts(_ bench: CopyBench) throws -> [CatalogedCopy] {
        let archive = try bench.read()
        var found: [CatalogedCopy] = []
        try archive.list(fonds: nil) { found += try archive.catalog.copies(of: $0.object) }
        return found
    }

    @Test func `a dossier that is damaged in the primary store is not spread`() throws {
        let bench = try CopyBench(dossiers: 2)
        try bench.add("b")
        let tar = try #require(
            bench.files(bench.primary).keys.filter { $0.hasSuffix(".tar") }.sorted().first)
        let file = try URL(filePath: bench.primary.string + "/" + tar)
        var bytes = try Data(contentsOf: file)
        bytes[1000] ^= 1
        try bytes.write(to: file)

        let report = try #require(bench.sync().first)

        #expect(report.taken == 1 && report.lacking == 1 && !report.isComplete)
        #expect(report.findings.map(\.code) == [.copySourceDamaged])
        #expect(try bench.files(bench.path("b")).keys.count { $0.hasSuffix(".tar") } == 1)
    }

    @Test func `a store that failed in the middle of a command is caught up by the next one`()
        throws
    {
        let bench = try CopyBench()
        try bench.add("b")
        let dossier = try bench.folder.makeDossier("d1", notation: "1.CĐS", documents: 1)
        // The work is done and signed; the process ends before the stores are told.
        do {
            let archive = try Archive.open(bench.root, in: bench.world(), for: .writing)
            _ = try archive.packaging(
                identifier: nil, isDryRun: false, passphrase: nil, progress: { _ in }, fileDone: {}
            ).package(dossier)
            try archive.finish()
        }
        #expect(try bench.read().storeStandings().first?.ledgerLag ?? 0 > 0)

        // A command that enters nothing brings the ledger there all the same.
        try bench.write { _ in }

        #expect(try bench.read().storeStandings().first?.ledgerLag == 0)
        #expect(try bench.read().storeStandings().first?.lacking == 1)
        try bench.sync()
        try bench.expectEqual("b")
    }

    @Test func `a policy of copies is counted, and what is late is overdue`() throws {
        let bench = try CopyBench(dossiers: 2)
        let file = URL(filePath: bench.root.appending("luutru.yaml").string)
        let text = try String(contentsOf: file, encoding: .utf8)
        try (text + "copies:\n  count: 2\n  media: 2\n  places: 2\n  lag-days: 1\n  place: Kho A\n")
            .write(to: file, atomically: true, encoding: .utf8)
        let late = TestWorld.make(from: Instant(seconds: TestWorld.start.seconds + 90_000))

        let now = try #require(try bench.read().copyStanding())
        #expect(now.counts == CopyCounts(short: 2, overdue: 0) && now.short.count == 2)
        let counts = try Archive.open(bench.root, in: late, for: .reading).status().copies
        #expect(counts == CopyCounts(short: 2, overdue: 2))

        try bench.add("b")
        try bench.sync()
        #expect(try bench.read().status().copies == CopyCounts())
        try bench.unmount("b")
        try bench.package(3)
        #expect(try bench.read().status().copies == CopyCounts(short: 1, overdue: 0))
        #expect(try bench.read().status().storesReady == 0)
        let short = try #require(try bench.read().copyStanding()).short
        #expect(short.map(\.copies) == [1] && short.map(\.media) == [1])
    }
}
