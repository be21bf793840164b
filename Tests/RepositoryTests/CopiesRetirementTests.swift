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

/// A store retires when another one was read back whole, and nothing in it is removed.
@Suite struct CopiesRetirementTests {
    private let bench: CopyBench

    init() throws {
        bench = try CopyBench(dossiers: 2)
        try bench.add("b")
        try bench.sync()
        try bench.add("c")
    }

    private func retire(_ name: String, to heir: String?) throws -> Retirement {
        try bench.write {
            try $0.retireStore(name, to: heir, because: "Ổ quá tuổi", progress: { _ in })
        }.result
    }

    @Test(arguments: ["", "  ", "a\nb", String(repeating: "x", count: 4001)])
    func `a store leaves, and leads, for a reason of one line`(reason: String) throws {
        let leaving = #expect(throws: ArchiveFailure.self) {
            try bench.write { try $0.retireStore("b", to: nil, because: reason) { _ in } }
        }
        let leading = #expect(throws: ArchiveFailure.self) {
            try Archive.promote(bench.root, "b", because: reason, in: bench.world())
        }

        for failure in [leaving, leading] {
            #expect(failure?.reason == .usage && failure?.subject == "--reason")
        }
        #expect(try names() == ["b", "c"])
        #expect(try DiskVolume().status(bench.root.appending("promotion.json")) == nil)
    }

    private func names() throws -> [String] { try bench.read().storeStandings().map(\.entry.name) }

    @Test func `the heir gets everything, is read back, and only then the old store leaves`() throws
    {
        let before = try bench.files(bench.path("b"))

        let outcome = try retire("b", to: "c")

        #expect(outcome.isRetired && outcome.checked == 2 && outcome.bytes > 0)
        #expect(outcome.findings.isEmpty)
        #expect(try names() == ["c"])
        let after = try bench.files(bench.path("b"))
        #expect(before.keys.allSatisfy { after[$0] != nil })
        try bench.expectEqual("c")
        try bench.expectHonest()
    }

    @Test func `a damaged heir keeps the old store in service`() throws {
        try bench.sync()
        let tar = try #require(bench.files(bench.path("c")).keys.first { $0.hasSuffix(".tar") })
        let file = URL(filePath: bench.path("c").string + "/" + tar)
        var bytes = try Data(contentsOf: file)
        bytes[5000] ^= 1
        try bytes.write(to: file)

        let outcome = try retire("b", to: "c")

        #expect(!outcome.isRetired)
        #expect(outcome.findings.contains { $0.code == .contentDigestWrong })
        #expect(try names() == ["b", "c"])
    }

    @Test func `an heir whose details or evidence are damaged is refused, too`() throws {
        try bench.sync()
        let detail = try #require(
            bench.files(bench.path("c")).keys.first { $0.hasPrefix("details/") })
        try bench.folder.write("khác", to: "c/" + detail)

        let outcome = try retire("b", to: "c")

        #expect(!outcome.isRetired)
        #expect(outcome.findings.map(\.code) == [.detailsFileWrong])
        #expect(try names() == ["b", "c"])
    }

    @Test func `an heir that is away keeps the old store in service`() throws {
        try bench.unmount("c")
        let outcome = try retire("b", to: "c")
        #expect(!outcome.isRetired && outcome.findings.map(\.code) == [.copyStoreAway])
        #expect(try names() == ["b", "c"])
    }

    @Test func `a store that is lost retires without an heir`() throws {
        try FileManager.default.removeItem(atPath: bench.path("b").string)
        #expect(try retire("b", to: nil).isRetired)
        #expect(try names() == ["c"])
        try bench.expectHonest()
    }

    /// The same tar is damaged in the primary store and in c, as an audit found out.
    private func harmAllButB() throws {
        try bench.sync()
        let tar = try #require(
            bench.files(bench.path("b")).keys.sorted().first { $0.hasSuffix(".tar") })
        for store in try [bench.primary, bench.path("c")] {
            try AuditRunTests.flip(store.pushing(FilePath(tar)))
        }
        try bench.write { _ = try $0.audit(AuditRequest(.everything)) { _ in } }
    }

    @Test func `a store that has the last good copy stays until the others are mended`() throws {
        try harmAllButB()

        let outcome = try retire("b", to: nil)

        #expect(!outcome.isRetired && outcome.lastCopies == 1)
        #expect(outcome.findings.map(\.code) == [.copyLast] && outcome.findings.containsErrors)
        #expect(try names() == ["b", "c"])
        // Damage in another store alone takes nothing away.
        let reading = try bench.read()
        let c = try reading.opened(reading.storeEntry(named: "c"))
        #expect(try reading.lastCopies(in: c).isEmpty)
        let mended = try bench.write {
            try $0.repair([], isDryRun: false, progress: { _ in })
        }.result
        #expect(mended.items.map(\.ending) == [.repaired, .repaired])
        #expect(try retire("b", to: nil).isRetired)
        try bench.expectHonest()
    }

    @Test func `a lost store that had the last good copy leaves, and that is told`() throws {
        try harmAllButB()
        try bench.unmount("b")

        let outcome = try retire("b", to: nil)

        #expect(outcome.isRetired && outcome.lastCopies == 1)
        #expect(outcome.findings.map(\.code) == [.copyLast])
        #expect(try names() == ["c"])
    }

    /// A file of details is gone from the primary store and from others, as an audit found out.
    private func loseDetails(in stores: String...) throws -> String {
        let names = try bench.files(bench.path("b")).keys.filter { $0.hasPrefix("details/") }
        let path = try #require(names.sorted().first)
        for store in try [bench.primary] + stores.map({ bench.path($0) }) {
            try FileManager.default.removeItem(atPath: store.pushing(FilePath(path)).string)
        }
        try bench.write { _ = try $0.audit(AuditRequest(.everything)) { _ in } }
        return path
    }

    @Test(arguments: [nil, "c"])
    func `a store that has the last good copy of a file beside the dossiers stays`(heir: String?)
        throws
    {
        try bench.sync()
        let path = try loseDetails(in: "c")

        let outcome = try retire("b", to: heir)

        #expect(!outcome.isRetired && outcome.lastFiles == 1 && outcome.lastCopies == 0)
        let last = outcome.findings.filter { $0.code == .copyLast }
        #expect(last.map(\.subject) == [path] && last.containsErrors)
        #expect(try names() == ["b", "c"])
        try bench.write { _ = try $0.repair([], isDryRun: false, progress: { _ in }) }
        #expect(try retire("b", to: heir).isRetired)
        try bench.expectHonest()
    }

    @Test func `a file beside the dossiers that another store has keeps none in service`() throws {
        try bench.sync()
        _ = try loseDetails()

        let outcome = try retire("b", to: nil)

        #expect(outcome.isRetired && outcome.lastFiles == 0 && outcome.findings.isEmpty)
    }

    /// A tar of some MiB is damaged at different places in the primary store and in b, and an audit found out.
    private func harmApart() throws -> CopyBench {
        let bench = try CopyBench(dossiers: 1)
        try bench.add("b")
        let dossier = try bench.folder.makeDossier("lớn", notation: "9.CĐS", documents: 1)
        try bench.folder.write(
            String(repeating: "hồ sơ ", count: 400_000), to: "lớn/Văn bản 1.txt")
        try bench.write { archive in
            let outcome = try archive.packaging(
                identifier: nil, isDryRun: false, passphrase: nil, progress: { _ in }, fileDone: {}
            ).package(dossier)
            try #require(!outcome.isRejected, "\(outcome.findings)")
        }
        try bench.sync()
        let tar = try #require(
            bench.files(bench.path("b")).first {
                $0.key.hasSuffix(".tar") && $0.value.count > 3_000_000
            }
        ).key
        try AuditRunTests.flip(bench.primary.pushing(FilePath(tar)), at: 100_000)
        try AuditRunTests.flip(bench.path("b").pushing(FilePath(tar)), at: 2_500_000)
        try bench.write { _ = try $0.audit(AuditRequest(.everything)) { _ in } }
        return bench
    }

    private func mend(_ bench: CopyBench) throws {
        let report = try bench.write {
            try $0.repair([], isDryRun: false, progress: { _ in })
        }.result
        #expect(report.items.map(\.ending) == [.repaired, .repaired], "\(report)")
    }

    @Test func `a store stays while it can mend another though both are damaged`() throws {
        let bench = try harmApart()

        let outcome = try bench.write {
            try $0.retireStore("b", to: nil, because: "Cũ", progress: { _ in })
        }.result

        #expect(!outcome.isRetired && outcome.damagedEverywhere == 1 && outcome.lastCopies == 0)
        #expect(outcome.findings.map(\.code) == [.copyNoneGood])
        #expect(outcome.findings.containsErrors)
        try mend(bench)
        let again = try bench.write {
            try $0.retireStore("b", to: nil, because: "Cũ", progress: { _ in })
        }.result
        #expect(again.isRetired && again.findings.isEmpty)
        try bench.expectHonest()
    }

    @Test func `an heir without a good copy keeps a store that can mend another`() throws {
        let bench = try harmApart()
        try bench.add("c")

        let outcome = try bench.write {
            try $0.retireStore("b", to: "c", because: "Cũ", progress: { _ in })
        }.result

        #expect(!outcome.isRetired && outcome.damagedEverywhere == 1)
        #expect(outcome.findings.contains { $0.code == .copySourceDamaged })
        #expect(outcome.findings.contains { $0.code == .copyNoneGood && $0.severity == .error })
        try mend(bench)
        let again = try bench.write {
            try $0.retireStore("b", to: "c", because: "Cũ", progress: { _ in })
        }.result
        #expect(again.isRetired && again.checked == 2)
    }

    @Test func `a promotion tells of what is damaged everywhere, and the old primary stays`() throws
    {
        let bench = try harmApart()

        let done = try Archive.promote(bench.root, "b", because: "Ổ cũ", in: bench.world())

        #expect(done.damaged == 1 && done.findings.map(\.code) == [.copyNoneGood])
        let outcome = try bench.write {
            try $0.retireStore(done.former, to: nil, because: "Cũ", progress: { _ in })
        }.result
        #expect(!outcome.isRetired && outcome.findings.map(\.code) == [.copyNoneGood])
        try mend(bench)
    }

    @Test func `a store that has nothing left of a dossier is kept for no sake of it`() throws {
        let bench = try harmApart()
        let object = try #require(
            try bench.read().damagedDossiers(in: nil).first)
        let store = StoreLayout(root: bench.path("b"))
        try FileManager.default.removeItem(
            atPath: ObjectStore(layout: store, volume: DiskVolume()).folder(of: object).string)

        let outcome = try bench.write {
            try $0.retireStore("b", to: nil, because: "Cũ", progress: { _ in })
        }.result

        #expect(outcome.isRetired && outcome.damagedEverywhere == 0)
    }

    @Test func `how many dossiers are short of the policy without a store is told`() throws {
        let bench = try CopyBench(dossiers: 2)
        let file = URL(filePath: bench.root.appending("luutru.yaml").string)
        let text = try String(contentsOf: file, encoding: .utf8)
        try (text + "copies:\n  place: Kho A\n").write(to: file, atomically: true, encoding: .utf8)
        for name in ["b", "c"] { try bench.add(name) }
        try bench.sync()

        let outcome = try bench.write {
            try $0.retireStore("c", to: nil, because: "Cũ", progress: { _ in })
        }.result

        #expect(outcome.isRetired && outcome.short == 2)
        let finding = try #require(outcome.findings.first)
        #expect(outcome.findings.count == 1 && finding.code == .copiesFewer)
        #expect(finding.severity == .warning)
        #expect(finding.facts == ["count": "2", "before": "0"])
    }

    @Test func `a store cannot be its own heir`() throws {
        let failure = #expect(throws: ArchiveFailure.self) { try retire("b", to: "b") }
        #expect(failure?.reason == .storeName)
        let unknown = #expect(throws: ArchiveFailure.self) { try retire("b", to: "d") }
        #expect(unknown?.reason == .unknownStore)
    }

    @Test func `a retired store that comes back is read before its word counts`() throws {
        #expect(try retire("b", to: nil).isRetired)
        try bench.package(3)
        let tar = try #require(
            bench.files(bench.path("b")).keys.filter { $0.hasSuffix(".tar") }.sorted().first)
        let file = URL(filePath: bench.path("b").string + "/" + tar)
        var bytes = try Data(contentsOf: file)
        bytes[5000] ^= 1
        try bytes.write(to: file)

        let entry = try bench.add("b")
        #expect(try bench.read().storeStandings().first { $0.entry == entry }?.held == 0)
        let report = try #require(bench.sync("b").first)

        #expect(report.taken == 2 && report.lacking == 1)
        #expect(report.findings.map(\.code) == [.copyDifferent])
        #expect(try bench.read().storeStandings().first { $0.entry == entry }?.held == 2)
        #expect(try Archive.checkCatalog(bench.root, in: bench.world()) == [])
    }

    @Test func `an edit of the configuration by hand is entered as what it is`() throws {
        let file = URL(filePath: bench.root.appending("luutru.yaml").string)
        let text = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(text.range(of: "  - name: \"c\""))
        let edited = text[..<start.lowerBound].replacing("place: \"Kho B\"", with: "place: Hà Nội")
        try edited.write(to: file, atomically: true, encoding: .utf8)

        try bench.write { _ in }

        let ledger = try String(
            contentsOfFile: bench.primary.string + "/ledger/entries.jsonl", encoding: .utf8)
        let changes = ledger.split(separator: "\n").filter { $0.contains("\"act\":\"store\"") }
            .suffix(2)
        #expect(changes.first?.contains("\"change\":\"retire\"") == true)
        #expect(changes.last?.contains("\"change\":\"change\"") == true)
        #expect(try bench.read().storeStandings().map(\.held) == [2])
        try bench.expectHonest()
    }
}
