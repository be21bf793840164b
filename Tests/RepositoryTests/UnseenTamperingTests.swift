import Cataloging
import Files
import Foundation
import Glibc
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Tampering beside the bundles, each of which once stayed unseen by an audit.
@Suite struct UnseenTamperingTests {
    private let folder: TestFolder
    private let root: FilePath
    private let object: ObjectIdentifier

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        let outcome = try Archive.package(folder.makeDossier(), into: root, in: Self.world(1))
        guard case .packaged(let packaged) = outcome.result else {
            throw ArchiveFailure(.usage, subject: "not packaged")
        }
        object = packaged.object
    }

    private static func world(_ minutes: Int64) -> World {
        TestWorld.make(
            seed: UInt64(minutes), from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private var store: String { root.string + "/stores/chinh" }

    private func objectFolder() throws -> String {
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: store + "/ocfl").first {
                $0.hasSuffix("0=ocfl_object_1.1")
            })
        return String((store + "/ocfl/" + name).dropLast("/0=ocfl_object_1.1".count))
    }

    private func audit(_ minutes: Int64 = 30) throws -> AuditReport {
        try Archive.open(root, in: Self.world(minutes), for: .auditing).audit([]) { _ in }
    }

    private func sql(_ text: String) throws {
        let run = Process()
        run.executableURL = URL(filePath: "/usr/bin/env")
        run.arguments = [
            "python3", "-c",
            "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.close()",
            root.string + "/catalog.sqlite", text,
        ]
        try run.run()
        run.waitUntilExit()
        #expect(run.terminationStatus == 0)
    }

    @Test func `a dossier gone from store and catalog is missed, as the ledger names it`() throws {
        try FileManager.default.removeItem(atPath: objectFolder())
        try sql("DELETE FROM version; DELETE FROM document; DELETE FROM searchable;")

        let codes = try audit().findings.map(\.code)

        #expect(codes.contains(.objectMissing))
        #expect(codes.contains(.catalogRowMissing))
    }

    @Test func `an object in another folder than its own is missing`() throws {
        let from = try objectFolder()
        let other = store + "/ocfl/000/000/000"
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        try FileManager.default.moveItem(
            atPath: from, toPath: other + "/" + (from.split(separator: "/").last ?? ""))

        let report = try audit()

        #expect(report.damaged == 1)
        #expect(report.findings.contains { $0.code == .objectMissing })
    }

    @Test(arguments: ["folder", "pipe"])
    func `a details file that cannot be read hides nothing behind it`(what: String) throws {
        _ = try Archive.open(root, in: Self.world(2), for: .auditing)
            .audit([object.text]) { _ in }
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: store + "/details").first)
        let path = store + "/details/" + name
        try FileManager.default.removeItem(atPath: path)
        if what == "folder" {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false)
        } else {
            #expect(mkfifo(path, 0o600) == 0)
        }
        let configuration = root.string + "/luutru.yaml"
        let text = try String(contentsOfFile: configuration, encoding: .utf8)
        try (text + "# sửa\n").write(toFile: configuration, atomically: false, encoding: .utf8)
        _ = try Archive.open(root, in: Self.world(3), for: .writing)
        try text.write(
            toFile: store + "/policy/configuration-0002.yaml", atomically: false, encoding: .utf8)

        let codes = try audit().findings.map(\.code)

        #expect(codes.contains(.detailsFileWrong))
        #expect(codes.contains(.policyFileWrong))
    }

    @Test(arguments: ["\"epoch\": 1", "\"store\": \"urn:uuid:"])
    func `a changed store card is a finding`(part: String) throws {
        let card = store + "/store.json"
        let text = try String(contentsOfFile: card, encoding: .utf8)
        let range = try #require(text.range(of: part))
        let end = text.index(range.upperBound, offsetBy: part.hasSuffix("1") ? 0 : 8)
        let changed =
            part.hasSuffix("1")
            ? text.replacingOccurrences(of: part, with: "\"epoch\": 7")
            : text.replacingCharacters(in: range.upperBound..<end, with: "00000000")
        try changed.write(toFile: card, atomically: false, encoding: .utf8)

        #expect(try audit().findings.contains { $0.code == .storeCardWrong })
    }

    @Test func `strange files in the store are told of`() throws {
        try Data("x".utf8).write(to: URL(filePath: store + "/ghi-chu.txt"))
        try Data("x".utf8).write(to: URL(filePath: store + "/ledger/x"))
        let folder = "details/" + String(repeating: "a", count: 64) + ".json"
        try Data("x".utf8).write(to: URL(filePath: store + "/details/x.json"))
        try FileManager.default.createDirectory(
            atPath: store + "/" + folder, withIntermediateDirectories: false)

        let report = try audit()

        #expect(
            report.findings.filter { $0.code == .storeExtraFile }.map(\.subject)
                == ["ghi-chu.txt", "ledger/x", folder, "details/x.json"])
        #expect(report.damaged == 0)
    }

    @Test func `a catalog with a trigger is not opened`() throws {
        try sql(
            "CREATE TRIGGER x AFTER INSERT ON event BEGIN DELETE FROM version; END;")

        for purpose in [Archive.Purpose.reading, .writing] {
            #expect(throws: CatalogFailure(.damaged)) {
                try Archive.open(root, in: Self.world(4), for: purpose)
            }
        }
    }

    @Test(arguments: [
        "UPDATE document SET size = -1", "UPDATE document SET offset = -5",
        "UPDATE version SET tarBytes = -1",
        "UPDATE document SET offset = 9223372036854775807",
    ])
    func `sizes that no file has are damage of the catalog`(change: String) throws {
        try sql(change)
        let archive = try Archive.open(root, in: Self.world(4), for: .reading)
        let isOfDocument = change.contains("document")

        #expect(throws: CatalogFailure(.damaged)) {
            try archive.deliver(
                object.text, document: isOfDocument ? "1" : nil, toFile: folder.path("x"))
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("x").string))
    }

    @Test func `a catalog that knows less than nothing of the ledger is suspect`() throws {
        try sql("UPDATE ledgerHead SET count = 0")

        #expect(try Archive.open(root, in: Self.world(4), for: .reading).status().isLedgerSuspect)
    }

    @Test func `the status tells of an audit that found faults beside the dossiers`() throws {
        try FileManager.default.removeItem(atPath: store + "/policy/configuration-0001.yaml")
        _ = try audit()

        let status = try Archive.open(root, in: Self.world(50), for: .reading).status()

        #expect(status.lastAuditDamaged == 0)
        #expect(status.hasLastAuditFailed)
    }

    @Test(arguments: ["folder", "link", "pipe"])
    func `a bundle that is no file keeps its row in a rebuild`(what: String) throws {
        let content = try objectFolder() + "/v1/content"
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: content).first {
                $0.hasSuffix(".tar")
            })
        let path = content + "/" + name
        try FileManager.default.removeItem(atPath: path)
        switch what {
        case "folder":
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false)
        case "link":
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: "/dev/null")
        default: #expect(mkfifo(path, 0o600) == 0)
        }

        let counts = try Archive.rebuildCatalog(root, in: Self.world(20))

        #expect(counts.dossiers == 1)
        #expect(counts.unreadable.map(\.code) == [.bundleUnreadable])
        #expect(try audit().damaged == 1)
    }
}
