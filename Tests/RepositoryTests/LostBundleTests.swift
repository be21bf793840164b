import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// The ledger says what must be there: a lost or damaged dossier is never rebuilt away.
@Suite struct LostBundleTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        for number in 1...2 {
            let dossier = try folder.makeDossier("ho-so-\(number)", notation: "0\(number).CĐS")
            _ = try Archive.package(dossier, into: root, in: Self.world(Int64(number)))
        }
    }

    private static func world(_ minutes: Int64) -> World {
        TestWorld.make(
            seed: UInt64(minutes), from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func tar() throws -> URL {
        let ocfl = root.appending("stores/chinh/ocfl").string
        let names = try FileManager.default.subpathsOfDirectory(atPath: ocfl).filter {
            $0.hasSuffix(".tar")
        }
        return URL(filePath: ocfl + "/" + names.sorted()[0])
    }

    private func expectKnownLoss() throws {
        let counts = try Archive.rebuildCatalog(root, in: Self.world(20))
        #expect(counts.dossiers == 2)
        #expect(counts.unreadable.map(\.code) == [.bundleUnreadable])
        let check = try Archive.checkCatalog(root, in: Self.world(21))
        #expect(check.map(\.code) == [.bundleUnreadable])
        let report = try Archive.open(root, in: Self.world(22), for: .auditing).audit(
            [], progress: { _ in })
        #expect(report.damaged == 1)
        #expect(report.findings.containsErrors)
    }

    @Test func `a removed object stays known through check, rebuild and audit`() throws {
        let object = try tar().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        try FileManager.default.removeItem(at: object)
        #expect(
            try Archive.checkCatalog(root, in: Self.world(10)).map(\.code) == [.bundleUnreadable])
        try expectKnownLoss()
    }

    @Test
    func
        `a bundle with one damaged byte of structure stays known, and is whole again when put back`()
        throws
    {
        let file = try tar()
        let good = try Data(contentsOf: file)
        var bad = good
        bad[300] ^= 1
        try bad.write(to: file)
        try expectKnownLoss()
        try good.write(to: file)
        let counts = try Archive.rebuildCatalog(root, in: Self.world(30))
        #expect(counts.unreadable.isEmpty)
        #expect(try Archive.checkCatalog(root, in: Self.world(31)).isEmpty)
    }

    @Test func `status tells damage and a suspect ledger`() throws {
        let file = try tar()
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)
        _ = try Archive.open(root, in: Self.world(10), for: .auditing).audit([], progress: { _ in })
        var status = try Archive.open(root, in: Self.world(11), for: .reading).status()
        #expect(status.lastAuditDamaged == 1)
        #expect(!status.isLedgerSuspect)
        try FileManager.default.removeItem(
            atPath: root.appending("stores/chinh/ledger/entries.jsonl").string)
        status = try Archive.open(root, in: Self.world(12), for: .reading).status()
        #expect(status.isLedgerSuspect)
    }
}
