import Cataloging
import Cryptography
import Files
import Foundation
import Policies
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Invariant S2 of `docs/design.md`: who writes knows all that any store knows, or does not write.
@Suite struct CopiesLedgerTests {
    private let bench: CopyBench

    init() throws {
        bench = try CopyBench()
        try bench.add("b")
        try bench.package(1)
    }

    private var entries: URL {
        URL(filePath: bench.path("b").appending("ledger/entries.jsonl").string)
    }

    /// Writing is refused with exit 2 and leaves everything as it was; reading goes on.
    private func expectRefused(_ bench: CopyBench, audits: Bool = false) throws {
        let before = try bench.files(bench.base.appending("b"))
        let primary = try bench.files(bench.primary)
        for purpose in audits ? [Archive.Purpose.writing] : [.writing, .auditing] {
            let failure = #expect(throws: ArchiveFailure.self) {
                try Archive.open(bench.root, in: bench.world(), for: purpose)
            }
            #expect(failure?.reason == .storeAhead)
            #expect(failure.map { FailureReport(describing: $0).status } == .failed)
        }
        #expect(try bench.files(bench.base.appending("b")) == before)
        #expect(try bench.files(bench.primary) == primary)
        let reading = try bench.read()
        #expect(try reading.status().storesReady == 0)
        guard case .ahead = try #require(reading.storeStandings().first).state else {
            Issue.record("not ahead")
            return
        }
    }

    @Test func `a ledger that was cut at a line grows again`() throws {
        let lines = try Data(contentsOf: entries).split(separator: 0x0A)
        for left in [0, 1, lines.count - 1] {
            let cut = Data(lines.prefix(left).map { Data($0) + [0x0A] }.joined())
            try cut.write(to: entries)

            #expect(try bench.read().storeStandings().first?.ledgerLag ?? 0 > 0)
            let report = try #require(try bench.sync().first)
            #expect(report.isComplete)
            #expect(report.findings.map(\.code) == [.copyLedgerBack])

            try bench.expectEqual("b")
            #expect(try bench.sync().first?.findings.isEmpty == true)
        }
        try bench.expectHonest()
    }

    @Test func `an older state of the same disk is told, and what it lacks is taken`() throws {
        let place = bench.path("b").string
        try FileManager.default.copyItem(atPath: place, toPath: place + ".old")
        for number in 2...3 { try bench.package(number) }
        try FileManager.default.removeItem(atPath: place)
        try FileManager.default.moveItem(atPath: place + ".old", toPath: place)

        let check = try #require(try bench.read().checkStores([]).first)
        #expect(check.findings.contains { $0.code == .copyLedgerBack })
        // A command's own news leave the trace as it is.
        let news = try bench.package(4)
        #expect(news.flatMap(\.findings).map(\.code) == [.copyLedgerBack])
        let report = try #require(try bench.sync().first)

        #expect(report.findings.map(\.code) == [.copyLedgerBack])
        #expect(report.isComplete && report.taken == 3)
        try bench.expectEqual("b")
        try bench.expectHonest()
    }

    /// An audit of everything and a repair, by one run that lets the archive go afterwards.
    private func auditAndRepair() throws -> (AuditReport, RepairReport) {
        let archive = try Archive.open(bench.root, in: bench.world(), for: .auditing)
        let audit = try archive.audit([], progress: { _ in })
        let repair = try archive.repair([], isDryRun: false) { _ in }
        try archive.finish()
        return (audit, repair)
    }

    @Test func `a copy without ledger, policy and details is damaged until it is mended`() throws {
        for name in ["ledger", "policy", "details"] {
            let folder = bench.path("b").appending(name).string
            for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
                try FileManager.default.removeItem(atPath: folder + "/" + file)
            }
        }

        let check = try #require(try bench.read().checkStores([]).first)
        #expect(check.findings.contains { $0.code == .copyFileWrong })
        let (audit, repair) = try auditAndRepair()
        #expect(audit.findings.contains { $0.code == .copyLedgerBack })
        #expect(audit.findings.contains { $0.code == .policyFileMissing })

        #expect(repair.items.map(\.ending) == [.repaired], "\(repair.items)")
        #expect(try bench.sync().first?.findings.isEmpty == true)
        try bench.expectEqual("b")
    }

    @Test(arguments: ["flipped", "removed"])
    func `a changed checkpoint of a copy is found and set aside`(harm: String) throws {
        let path = bench.path("b").appending("ledger/checkpoint")
        if harm == "flipped" {
            try AuditRunTests.flip(path)
        } else {
            try FileManager.default.removeItem(atPath: path.string)
        }

        let check = try #require(try bench.read().checkStores([]).first)
        #expect(check.findings.map(\.subject) == ["ledger/checkpoint"])
        let (audit, repair) = try auditAndRepair()
        #expect(audit.findings.map(\.subject) == ["ledger/checkpoint"])

        #expect(repair.items.map(\.ending) == [.repaired], "\(repair.items)")
        #expect(try bench.sync().first?.findings.isEmpty == true)
        try bench.expectEqual("b")
    }

    @Test func `half a line at the end is completed`() throws {
        let whole = try Data(contentsOf: entries)
        for missing in [1, 2, 100, 400] {
            try whole.dropLast(missing).write(to: entries)
            #expect(try bench.sync().first?.isComplete == true, "\(missing)")
            try bench.expectEqual("b")
        }
        #expect(try DiskVolume().status(bench.path("b").appending("recovered")) == nil)
    }

    @Test func `bytes that a power cut left in a line's place are set aside`() throws {
        let lines = try Data(contentsOf: entries).split(separator: 0x0A)
        let left = Data(lines.dropLast(2).map { Data($0) + [0x0A] }.joined())
        for zeros in [1, 300] {
            try (left + Data(repeating: 0, count: zeros)).write(to: entries)

            #expect(try bench.sync().first?.isComplete == true)

            try bench.expectEqual("b")
        }
        let kept = try bench.files(bench.path("b")).keys.filter { $0.hasPrefix("recovered/") }
        #expect(kept.count == 2)
        try bench.expectHonest()
    }

    @Test(arguments: ["junk", "{\"act\":\"pack", String(repeating: "x", count: 70_000)])
    func `junk behind the last whole line is no other machine, and the next sync sets it aside`(
        junk: String
    ) throws {
        let whole = try Data(contentsOf: entries)
        try (whole + Data(junk.utf8)).write(to: entries)

        #expect(try bench.read().status().storesWrong == 0)
        let report = try #require(try bench.sync().first)

        #expect(report.isComplete && report.findings.isEmpty)
        try bench.expectEqual("b")
        let kept = try bench.files(bench.path("b")).keys.filter { $0.hasPrefix("recovered/") }
        #expect(kept.count == 1)
    }

    @Test(arguments: ["junk\n", "twice"])
    func `lines that follow nothing are damage, told once with what mends them`(end: String)
        throws
    {
        let whole = try Data(contentsOf: entries)
        let last = try #require(whole.split(separator: 0x0A).last)
        let more = end == "twice" ? Data(last) + [0x0A] : Data(end.utf8)
        try (whole + more).write(to: entries)

        let synced = try bench.write { try $0.syncStores([]) { _ in } }
        #expect(synced.result.flatMap(\.findings).map(\.code) == [.copyFileWrong])
        #expect(synced.news.isEmpty)
        let check = try #require(try bench.read().checkStores([]).first)
        #expect(check.findings.map(\.code) == [.copyFileWrong])
        let (audit, repair) = try auditAndRepair()

        #expect(audit.findings.map(\.code) == [.ledgerInconsistent])
        #expect(repair.items.map(\.ending) == [.repaired], "\(repair.items)")
        #expect(try bench.sync().first?.findings.isEmpty == true)
        try bench.expectEqual("b")
    }

    @Test func `a longer ledger in a copy refuses writing`() throws {
        let whole = try Data(contentsOf: entries)
        let last = try #require(whole.split(separator: 0x0A).last)
        // An entry that follows the last one, as another machine would have made it.
        var members = try #require(JSONValue(parsing: last).objectValue)
        members["n"] = .number((members["n"]?.numberValue ?? 0) + 1)
        members["prev"] = .string(
            Hexadecimal.text(of: Cryptography.Hasher.digest(.sha256, of: Array(last))))
        let line = JSONValue.object(members).canonicalText + "\n"
        try (whole + Data(line.utf8)).write(to: entries)
        try expectRefused(bench)
        #expect(throws: ArchiveFailure.self) { try retire() }
    }

    @Test
    func `another line at the same place refuses writing, and an audit says which is damaged`()
        throws
    {
        let text = try String(contentsOf: entries, encoding: .utf8)
        let index = try #require(text.range(of: "os:test", options: .backwards))
        try text.replacingCharacters(in: index, with: "os:tesu")
            .write(to: entries, atomically: false, encoding: .utf8)
        try expectRefused(bench, audits: true)
        let archive = try Archive.open(bench.root, in: bench.world(), for: .auditing)
        #expect(
            try archive.audit([], progress: { _ in }).findings.map(\.code) == [.copyStoreAhead])
    }

    @Test func `a newer epoch in a copy's card refuses writing, an older one is raised`() throws {
        try putEpoch(2)
        try expectRefused(bench)
        try putEpoch(0)
        try bench.sync()
        #expect(
            try DirectoryStore(root: bench.path("b"), volume: DiskVolume()).card()?.epoch == 1)
    }

    private func putEpoch(_ epoch: Int64) throws {
        let store = DirectoryStore(root: bench.path("b"), volume: DiskVolume())
        let card = try #require(try store.card())
        try store.replaceCard(
            StoreCard(archive: card.archive, store: card.store, epoch: epoch, created: card.created)
        )
    }

    private func retire() throws -> Retirement {
        let archive = try Archive.open(bench.root, in: bench.world(), for: .retiring("b"))
        let outcome = try archive.retireStore("b", to: nil, because: "Sai", progress: { _ in })
        try archive.finish()
        let news = try archive.syncNews(progress: { _ in }).flatMap(\.findings)
        #expect(!news.contains { $0.code == .copyStoreAhead })
        return outcome
    }

    private func expectGoesOnWithout(_ outcome: Retirement, _ codes: [FindingCode]) throws {
        #expect(outcome.isRetired && outcome.findings.map(\.code) == codes)
        #expect(!outcome.findings.containsErrors)
        try bench.package(2)
        #expect(try bench.read().configuration.stores.isEmpty)
        try bench.expectHonest()
    }

    @Test(arguments: [Int64.max, 9_007_199_254_740_991, StoreCard.mostEpoch + 1])
    func `a card with an epoch beyond all promotions is none, and leads nowhere`(epoch: Int64)
        throws
    {
        try putEpoch(epoch)

        guard case .other = try #require(bench.read().storeStandings().first).state else {
            Issue.record("a card")
            return
        }
        #expect(throws: ArchiveFailure.self) {
            try Archive.promote(bench.root, "b", because: "x", in: bench.world())
        }
        #expect(try DiskVolume().status(bench.root.appending("promotion.json")) == nil)
        try expectGoesOnWithout(try retire(), [])
    }

    @Test func `the highest epoch leads nowhere either, and the store is taken out`() throws {
        try putEpoch(StoreCard.mostEpoch)

        #expect(throws: ArchiveFailure.self) {
            try Archive.promote(bench.root, "b", because: "x", in: bench.world())
        }
        #expect(try DiskVolume().status(bench.root.appending("promotion.json")) == nil)
        try expectGoesOnWithout(try retire(), [.copyStoreAhead])
    }

    @Test func `a reason that the note of a promotion cannot hold is refused`() throws {
        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.promote(
                bench.root, "b", because: String(repeating: "x", count: 70_000),
                in: bench.world())
        }
        #expect(failure?.reason == .usage)
        #expect(try DiskVolume().status(bench.root.appending("promotion.json")) == nil)
        try bench.package(2)
    }

    @Test func `a store that stands against writing by its card alone can be taken out`() throws {
        try putEpoch(2)
        try expectRefused(bench)
        try expectGoesOnWithout(try retire(), [.copyStoreAhead])
    }

    @Test func `a store whose ledger tells something else can be taken out`() throws {
        let text = try String(contentsOf: entries, encoding: .utf8)
        let index = try #require(text.range(of: "os:test", options: .backwards))
        try text.replacingCharacters(in: index, with: "os:tesu")
            .write(to: entries, atomically: false, encoding: .utf8)
        try expectGoesOnWithout(try retire(), [.copyStoreAhead])
    }

    /// Two machines, one restored from last week's snapshot of the archive's folder, both with the same copy.
    @Test func `of two machines the second to write is refused and nothing is lost`() throws {
        let old = bench.base.appending("kho-cu")
        try FileManager.default.copyItem(atPath: bench.root.string, toPath: old.string)
        try bench.package(2)
        let written = try bench.files(bench.path("b"))

        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.open(old, in: bench.world(), for: .writing)
        }

        #expect(failure?.reason == .storeAhead)
        #expect(try bench.files(bench.path("b")) == written)
        #expect(try Archive.open(old, in: bench.world(), for: .reading).status().dossiers == 1)
        try bench.package(3)
        try bench.expectEqual("b")
        try bench.expectHonest()
    }

    @Test func `a machine that wrote while the copy was away is refused when the copy is back`()
        throws
    {
        let old = bench.base.appending("kho-cu")
        try FileManager.default.copyItem(atPath: bench.root.string, toPath: old.string)
        try bench.package(2)
        try bench.unmount("b")
        // The restored machine cannot see the copy, so it writes another history.
        do {
            let archive = try Archive.open(old, in: bench.world(), for: .writing)
            _ = try archive.addStore(bench.request("c"))
            try archive.finish()
        }
        try bench.mount("b")

        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.open(old, in: bench.world(), for: .writing)
        }

        #expect(failure?.reason == .storeAhead)
        try bench.package(3)
        try bench.expectEqual("b")
    }

    @Test func `an archive that was imported writes to none of the old one's copies`() throws {
        let other = bench.base.appending("ra")
        let export = ExportRequest(scope: .everything, form: .ocfl, target: other)
        _ = try bench.read().export(export, progress: { _ in })
        let fresh = try TestFolder()
        let root = try fresh.makeArchive(in: bench.world())
        _ = try Archive.importing(
            ImportRequest(source: other, trust: []), into: root, in: bench.world(),
            progress: { _ in })
        let before = try bench.files(bench.path("b"))

        do {
            let archive = try Archive.open(root, in: bench.world(), for: .writing)
            #expect(archive.configuration.stores.isEmpty)
            #expect(try archive.openCopies().isEmpty)
        }

        #expect(try bench.files(bench.path("b")) == before)
        #expect(try Archive.checkCatalog(root, in: bench.world()) == [])
    }

    @Test func `stores are listed while the primary ledger is suspect`() throws {
        let primary = try bench.primary.appending("ledger/entries.jsonl")
        try FileManager.default.removeItem(atPath: primary.string)

        let standing = try #require(bench.read().storeStandings().first)

        guard case .ahead(let detail) = standing.state else {
            Issue.record("\(standing.state)")
            return
        }
        #expect(detail.hasSuffix("> 0") && standing.held == 1)
        #expect(try bench.read().status().isLedgerSuspect)
    }
}
