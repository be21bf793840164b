import Cataloging
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// Damage that is open belongs to a store and not to its role: it goes with it, and ends when the store leaves.
@Suite struct DamageAndRolesTests {
    private let bench: CopyBench

    init() throws {
        bench = try CopyBench(dossiers: 2)
        try bench.add("b")
        try bench.add("c")
        try bench.sync()
    }

    /// Cuts the end of a tar of a store.
    private func cutTar(of store: FilePath) throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: store.string)
        let tar = try #require(names.sorted().first { $0.hasSuffix(".tar") })
        let file = try FileHandle(forUpdating: URL(filePath: store.string + "/" + tar))
        try file.truncate(atOffset: try file.seekToEnd() - 100)
        try file.close()
    }

    @discardableResult
    private func audit(_ stores: String...) throws -> AuditReport {
        var request = AuditRequest(.everything)
        request.stores = stores
        return try bench.write { try $0.audit(request, progress: { _ in }) }.result
    }

    private func repair() throws -> RepairReport {
        try bench.write { try $0.repair([], isDryRun: false, progress: { _ in }) }.result
    }

    private func openPlaces() throws -> Int { try bench.read().catalog.openDamageCount().places }

    private func expectMended() throws {
        #expect(try repair().items.map(\.ending) == [.repaired])
        try bench.sync()
        #expect(try audit().findings.isEmpty)
        #expect(try openPlaces() == 0)
        #expect(try Archive.checkCatalog(bench.root, in: bench.world()).isEmpty)
    }

    @Test func `what was found in the primary is mended where it lies after another store leads`()
        throws
    {
        try cutTar(of: bench.primary)
        #expect(try !audit("chinh").findings.isEmpty)
        _ = try Archive.promote(bench.root, "b", because: "Ổ cũ", in: bench.world())

        #expect(try openPlaces() == 1)
        #expect(try bench.sync().flatMap(\.findings).map(\.code) == [.copyDifferent])
        try expectMended()
        try bench.expectEqual("c")
    }

    @Test func `what was found in a copy is mended when the copy leads`() throws {
        // Only a bundle that was read is known to be damaged: one that was cut would not lead.
        let b = bench.path("b")
        let names = try FileManager.default.subpathsOfDirectory(atPath: b.string)
        let tar = try #require(names.sorted().first { $0.hasSuffix(".tar") })
        try AuditRunTests.flip(b.pushing(FilePath(tar)))
        #expect(try !audit("b").findings.isEmpty)
        _ = try Archive.promote(bench.root, "b", because: "Ổ cũ", in: bench.world())

        #expect(try openPlaces() == 1)
        try expectMended()
    }

    @Test func `the store that led before gives right bytes though it gave no word yet`() throws {
        let bench = try CopyBench(dossiers: 1)
        try bench.add("b")
        try bench.sync()
        let b = bench.path("b")
        let names = try FileManager.default.subpathsOfDirectory(atPath: b.string)
        let tar = try #require(names.sorted().first { $0.hasSuffix(".tar") })
        try AuditRunTests.flip(b.pushing(FilePath(tar)))
        try bench.write { _ = try $0.audit(AuditRequest(.everything), progress: { _ in }) }

        let done = try Archive.promote(bench.root, "b", because: "Ổ cũ", in: bench.world())
        #expect(done.damaged == 1 && done.lacking == 0)
        #expect(done.findings.map(\.code) == [.copyDamaged])
        let report = try bench.write {
            try $0.repair([], isDryRun: false, progress: { _ in })
        }.result

        #expect(report.items.map(\.ending) == [.repaired], "\(report)")
        #expect(report.items.map(\.source) == ["cu-1"])
        #expect(try bench.read().catalog.openDamageCount().places == 0)
    }

    @Test func `seals in doubt for a lost certificate make no dossier of a new primary damaged`()
        throws
    {
        let certificate = try bench.primary.appending("policy/seal-0001.crt")
        try FileManager.default.removeItem(atPath: certificate.string)
        #expect(try audit().findings.contains { $0.code == .sealIssuerUnknown })

        let done = try Archive.promote(bench.root, "b", because: "Ổ cũ", in: bench.world())

        #expect(done.damaged == 0 && done.damagedFiles == 0, "\(done.findings)")
        #expect(done.findings.isEmpty)
    }

    @Test func `a lost certificate makes no copy a damaged one for a store that leaves`() throws {
        let certificate = try bench.primary.appending("policy/seal-0001.crt")
        try FileManager.default.removeItem(atPath: certificate.string)
        #expect(try audit().findings.contains { $0.code == .sealIssuerUnknown })

        let outcome = try bench.write {
            try $0.retireStore("b", to: nil, because: "Cũ", progress: { _ in })
        }.result

        #expect(outcome.isRetired && outcome.findings.isEmpty, "\(outcome.findings)")
        #expect(outcome.lastCopies == 0 && outcome.damagedEverywhere == 0)
    }

    @Test func `a promotion tells what is damaged beside the dossiers of the new primary`() throws {
        let b = bench.path("b")
        let details = try bench.files(b).keys.filter { $0.hasPrefix("details/") }
        let path = try #require(details.sorted().first)
        try FileManager.default.removeItem(atPath: b.pushing(FilePath(path)).string)
        #expect(try !audit("b").findings.isEmpty)

        let done = try Archive.promote(bench.root, "b", because: "Ổ cũ", in: bench.world())

        #expect(done.damaged == 0 && done.damagedFiles == 1)
        #expect(done.findings.map(\.code) == [.copyDamaged])
        #expect(done.findings.map(\.subject) == [path])
        try expectMended()
    }

    @Test func `damage in a store that left is over, and found again when the store comes back`()
        throws
    {
        try cutTar(of: bench.path("b"))
        #expect(try !audit("b").findings.isEmpty)
        try bench.write {
            _ = try $0.retireStore("b", to: "c", because: "Cũ", progress: { _ in })
        }
        #expect(try openPlaces() == 0)
        #expect(try repair().items.isEmpty)

        try bench.add("b")
        #expect(try bench.sync().flatMap(\.findings).map(\.code) == [.copyDifferent])
        #expect(try !audit("b").findings.contains { $0.code == .objectWithoutEntry })
        try expectMended()
    }

    @Test func `a ledger with a changed entry is told and takes nothing more`() throws {
        let entries = URL(filePath: try bench.primary.string + "/ledger/entries.jsonl")
        let good = try Data(contentsOf: entries)
        let text = String(decoding: good, as: UTF8.self)
        let changed = try #require(text.range(of: "\"outcome\":\"success\""))
        let bad = text.replacingCharacters(in: changed, with: "\"outcome\":\"warning\"")
        try Data(bad.utf8).write(to: entries)

        let report = try Archive.open(bench.root, in: bench.world(), for: .auditing)
            .audit([], progress: { _ in })

        #expect(report.findings.containsErrors)
        #expect(try Data(contentsOf: entries) == Data(bad.utf8))
        try good.write(to: entries)
        try expectGoesOn()
    }

    private func expectGoesOn() throws {
        try bench.package(3)
        #expect(try audit().findings.isEmpty)
    }

    @Test func `an hour that is decades ahead is refused before anything is entered`() throws {
        let late = TestWorld.make(
            from: Instant(seconds: TestWorld.start.seconds + 100 * 365 * 86_400))
        let failure = #expect(throws: LedgerFailure.self) {
            _ = try Archive.open(bench.root, in: late, for: .writing)
        }
        #expect(failure?.reason == .clockAhead)
        try bench.package(3)
    }
}
