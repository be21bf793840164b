import Files
import Foundation
import Policies
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// That no good copy is left is said only where every store that holds one was asked.
@Suite struct RepairAwayTests {
    private let kho: CopiedArchive
    private let away: String

    init() throws {
        kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        away = kho.folder.path("xa").string
    }

    private func leave() throws {
        try FileManager.default.moveItem(atPath: kho.store("hai").string, toPath: away)
    }

    private func comeBack() throws {
        try? FileManager.default.removeItem(atPath: kho.store("hai").string)
        try FileManager.default.moveItem(atPath: away, toPath: kho.store("hai").string)
    }

    @Test(arguments: [false, true])
    func `a copy that is away is named, and nothing is called lost`(isExchanged: Bool) throws {
        try AuditRunTests.flip(kho.file(".tar", in: "chinh"))
        #expect(try kho.audit().damaged == 1)
        try leave()
        if isExchanged {
            try FileManager.default.createDirectory(
                atPath: kho.store("hai").string, withIntermediateDirectories: false)
        }

        for report in try [kho.repair(isDryRun: true), kho.repair()] {
            #expect(report.items.map(\.ending) == [.copyAway], "\(report)")
            #expect(report.items.map(\.away) == [["hai"]])
            #expect(report.findings.map(\.code) == [isExchanged ? .copyStoreOther : .copyStoreAway])
            #expect(!report.isComplete && report.hasLoss == isExchanged)
        }

        let status = try kho.status()
        #expect(status.openDamage == 1 && status.damageAwaits == ["hai"])
        let shown = try kho.open(.reading).incident(1)
        #expect(shown.repairs.map(\.ending) == [.copyAway])
        #expect(shown.repairs.map(\.away) == [["hai"]])
        try kho.expectEqualCatalog()
        try comeBack()
        #expect(try kho.repair().items.map(\.ending) == [.repaired])
        #expect(try kho.status().damageAwaits.isEmpty)
        #expect(try kho.audit().findings.isEmpty)
    }

    @Test func `what lies beside the dossiers waits for a copy that is away, too`() throws {
        let details = kho.store("chinh").appending("details").string
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: details).sorted().first)
        try FileManager.default.removeItem(atPath: details + "/" + name)
        _ = try kho.audit()
        try leave()

        let report = try kho.repair()

        #expect(report.items.map(\.ending) == [.copyAway], "\(report)")
        #expect(report.items.map(\.away) == [["hai"]])
        try comeBack()
        #expect(try kho.repair().items.map(\.ending) == [.repaired])
    }

    @Test func `a copy that stops answering while it is read was not asked`() throws {
        try AuditRunTests.flip(kho.file(".tar", in: "chinh"))
        #expect(try kho.audit().damaged == 1)

        let report = try kho.repair(
            [], BrokenFolder(kho.place(0, in: "hai"), .staleNFSFileHandle))

        #expect(report.items.map(\.ending) == [.copyAway], "\(report)")
        #expect(report.findings.map(\.subject) == ["hai"])
        #expect(try kho.repair().items.map(\.ending) == [.repaired])
    }

    @Test func `the watch waits for a copy that is away`() throws {
        let path = URL(filePath: kho.root.appending("luutru.yaml").string)
        let text = try String(contentsOf: path, encoding: .utf8)
        try Data((text + "repair: auto\n").utf8).write(to: path)
        try AuditRunTests.flip(kho.file(".tar", in: "chinh"))
        #expect(try kho.audit().damaged == 1)
        try leave()
        var outcomes: [WatchOutcome] = []

        let watch = WatchRound(kho.root, in: kho.world(), pace: { _ in { _ in } })
        try watch.run { outcomes.append($0) }

        let repair = try #require(outcomes.first { $0.duty == .repair })
        #expect(repair.status == .incomplete, "\(repair)")
        #expect(repair.facts == ["repaired": 0, "lost": 0, "away": 1])
        #expect(repair.findings.map(\.code) == [.copyStoreAway])
    }
}
