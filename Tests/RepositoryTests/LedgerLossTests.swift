import Cataloging
import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Invariant R2 of `docs/design.md`: a lost or cut ledger is noticed, and nothing is removed or completed.
@Suite struct LedgerLossTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        for number in 1...5 {
            let dossier = try folder.makeDossier("ho-so-\(number)", notation: "0\(number).CĐS")
            _ = try Archive.package(dossier, into: root, in: Self.world(Int64(number)))
        }
    }

    private static func world(_ minutes: Int64) -> World {
        TestWorld.make(
            seed: UInt64(minutes), from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private var entries: URL {
        URL(filePath: root.appending("stores/chinh/ledger/entries.jsonl").string)
    }

    private func objectCount() throws -> Int {
        try FileManager.default.subpathsOfDirectory(
            atPath: root.appending("stores/chinh/ocfl").string
        )
        .count { $0.hasSuffix(".tar") }
    }

    private func expectSuspect() throws {
        for purpose in [Archive.Purpose.writing, .auditing] {
            let failure = #expect(throws: ArchiveFailure.self) {
                try Archive.open(root, in: Self.world(60), for: purpose)
            }
            #expect(failure?.reason == .ledgerSuspect)
        }
        #expect(try objectCount() == 5)
        #expect(try Archive.open(root, in: Self.world(61), for: .reading).status().dossiers == 5)
    }

    @Test func `a lost ledger is noticed and nothing is completed`() throws {
        try FileManager.default.removeItem(at: entries)
        try expectSuspect()
    }

    @Test func `a ledger cut at a line is noticed`() throws {
        let lines = try String(contentsOf: entries, encoding: .utf8).split(separator: "\n")
        try (lines.dropLast().joined(separator: "\n") + "\n").write(
            to: entries, atomically: false, encoding: .utf8)
        try expectSuspect()
    }

    @Test func `a changed last entry is noticed`() throws {
        let text = try String(contentsOf: entries, encoding: .utf8)
        let index = try #require(text.range(of: "os:test", options: .backwards))
        try text.replacingCharacters(in: index, with: "os:tesu")
            .write(to: entries, atomically: false, encoding: .utf8)
        try expectSuspect()
    }

    @Test func `a changed older entry is a finding of the audit`() throws {
        let text = try String(contentsOf: entries, encoding: .utf8)
        let index = try #require(text.range(of: "os:test"))
        try text.replacingCharacters(in: index, with: "os:tesu")
            .write(to: entries, atomically: false, encoding: .utf8)
        let report = try Archive.open(root, in: Self.world(60), for: .auditing).audit(
            [], progress: { _ in })
        #expect(report.findings.contains { $0.code == .ledgerInconsistent })
    }

    @Test func `with catalog and four entries lost nothing is completed`() throws {
        let lines = try String(contentsOf: entries, encoding: .utf8).split(separator: "\n")
        try (lines.dropLast(4).joined(separator: "\n") + "\n").write(
            to: entries, atomically: false, encoding: .utf8)
        try FileManager.default.removeItem(atPath: root.appending("catalog.sqlite").string)
        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.rebuildCatalog(root, in: Self.world(60))
        }
        #expect(failure?.reason == .ledgerSuspect)
        #expect(try objectCount() == 5)
        #expect(!FileManager.default.fileExists(atPath: root.appending("catalog.sqlite").string))
    }

    private func expectRefusedRebuild() throws {
        let catalog = root.appending("catalog.sqlite").string
        let before = try Data(contentsOf: URL(filePath: catalog))
        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.rebuildCatalog(root, in: Self.world(60))
        }
        #expect(failure?.reason == .ledgerSuspect)
        // The only witness stays.
        #expect(try Data(contentsOf: URL(filePath: catalog)) == before)
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: root.appending("work").string
            ).isEmpty)
        #expect(try Archive.open(root, in: Self.world(61), for: .reading).status().isLedgerSuspect)
    }

    @Test func `a rebuild does not make a lost ledger the truth`() throws {
        try FileManager.default.removeItem(at: entries)
        try expectRefusedRebuild()
        try Data().write(to: entries)
        try expectRefusedRebuild()
        try FileManager.default.removeItem(at: entries.deletingLastPathComponent())
        try expectRefusedRebuild()
    }

    @Test func `a rebuild does not make a cut or rewritten ledger the truth`() throws {
        let whole = try Data(contentsOf: entries)
        let lines = whole.split(separator: 0x0A)
        for count in 1...3 {
            try Data(lines.dropLast(count).joined(separator: [0x0A]) + [0x0A]).write(to: entries)
            try expectRefusedRebuild()
        }
        try whole.write(to: entries)
        #expect(try Archive.rebuildCatalog(root, in: Self.world(70)).dossiers == 5)
    }

    @Test func `an empty catalog does not pass for one that knows nothing`() throws {
        try Data().write(to: URL(filePath: root.appending("catalog.sqlite").string))
        for purpose in [Archive.Purpose.reading, .writing, .auditing] {
            #expect(throws: CatalogFailure(.damaged)) {
                try Archive.open(root, in: Self.world(60), for: purpose)
            }
        }
        #expect(throws: CatalogFailure(.damaged)) {
            try Archive.checkCatalog(root, in: Self.world(61))
        }
        #expect(try Archive.rebuildCatalog(root, in: Self.world(62)).dossiers == 5)
    }

    @Test func `a torn last line is set aside and the archive goes on`() throws {
        let handle = try FileHandle(forWritingTo: entries)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"act\":\"pack".utf8))
        try handle.close()
        #expect(try Archive.open(root, in: Self.world(60), for: .writing).recovered.count == 1)
        let kept = try FileManager.default.contentsOfDirectory(
            atPath: root.appending("stores/chinh/recovered").string)
        #expect(kept.count == 1)
        #expect(try Archive.open(root, in: Self.world(61), for: .writing).recovered.isEmpty)
    }

    @Test func `a clock behind the ledger refuses to write`() throws {
        let dossier = try folder.makeDossier("ho-so-6", notation: "06.CĐS")
        let early = TestWorld.make(from: Instant(seconds: TestWorld.start.seconds - 86_400))
        #expect(throws: (any Error).self) { try Archive.package(dossier, into: root, in: early) }
        #expect(try objectCount() == 5)
        #expect(try Archive.open(root, in: Self.world(70), for: .writing).status().dossiers == 5)
    }
}
