import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

@Suite struct MainJobTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
    }

    private static func world(_ minutes: Int64, seed: UInt64 = 5) -> World {
        TestWorld.make(seed: seed, from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func packaged(_ outcome: PackageOutcome) throws -> PackageOutcome.Packaged {
        guard case .packaged(let packaged) = outcome.result else {
            throw Unexpected(what: "\(outcome.findings)")
        }
        return packaged
    }

    /// Something else came than the test wants.
    private struct Unexpected: Error {
        let what: String
    }

    private func tar(in root: FilePath) throws -> Data {
        let ocfl = root.appending("stores/chinh/ocfl").string
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: ocfl).first { $0.hasSuffix(".tar") })
        return try Data(contentsOf: URL(filePath: ocfl + "/" + name))
    }

    private func tarPath(in root: FilePath) throws -> String {
        let ocfl = root.appending("stores/chinh/ocfl").string
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: ocfl).first { $0.hasSuffix(".tar") })
        return ocfl + "/" + name
    }

    @Test func `the same folder, clock, key and id give the same tar bytes`() throws {
        let other = folder.path("kho-2")
        try FileManager.default.copyItem(atPath: root.string, toPath: other.string)
        let dossier = try folder.makeDossier()
        for target in [root, other] {
            _ = try packaged(Archive.package(dossier, into: target, in: Self.world(1)))
        }
        #expect(try tar(in: root) == tar(in: other))
    }

    @Test func `the same dossier twice is a finding that names the holder`() throws {
        let dossier = try folder.makeDossier()
        let first = try packaged(Archive.package(dossier, into: root, in: Self.world(1)))
        let second = try Archive.package(dossier, into: root, in: Self.world(2))
        #expect(second.isRejected)
        let finding = try #require(second.findings.first { $0.code == .alreadyArchived })
        #expect(finding.facts["id"] == first.object.text)
    }

    @Test func `a dry run writes nothing`() throws {
        let before = try FileManager.default.subpathsOfDirectory(atPath: root.string).sorted()
        let archive = try Archive.open(root, in: Self.world(1), for: .reading)
        let outcome = try archive.packaging(
            identifier: nil, isDryRun: true, passphrase: nil, progress: { _ in }, fileDone: {}
        ).package(folder.makeDossier())
        #expect(!outcome.isRejected)
        let after = try FileManager.default.subpathsOfDirectory(atPath: root.string).sorted()
        #expect(before == after.filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") })
    }

    @Test func `a second writer is told who holds the lock, readers are not hindered`() throws {
        let first = try Archive.open(root, in: Self.world(1), for: .writing)
        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.open(root, in: Self.world(2), for: .writing)
        }
        #expect(failure?.reason == .locked)
        #expect(failure?.facts["holder"]?.contains("os:test, pid 1") == true)
        #expect(try Archive.open(root, in: Self.world(2), for: .reading).status().dossiers == 0)
        withExtendedLifetime(first) {}
    }

    @Test func `the rebuilt catalog equals the old one and answers as before`() throws {
        for number in 1...3 {
            let dossier = try folder.makeDossier(
                "ho-so-\(number)", notation: "0\(number).CĐS", documents: 4)
            _ = try Archive.package(
                dossier, into: root, in: Self.world(Int64(number), seed: UInt64(number)))
        }
        _ = try Archive.open(root, in: Self.world(10), for: .auditing).audit([], progress: { _ in })
        var request = SearchRequest()
        request.words = "quyet dinh phe duyet"
        let before = try Archive.open(root, in: Self.world(11), for: .reading).search(request)
        #expect(before.count == 12)
        for ending in ["", "-wal", "-shm"] {
            let file = root.string + "/catalog.sqlite" + ending
            if FileManager.default.fileExists(atPath: file) {
                try FileManager.default.removeItem(atPath: file)
            }
        }
        let counts = try Archive.rebuildCatalog(root, in: Self.world(12))
        #expect(counts.dossiers == 3)
        #expect(counts.documents == 12)
        #expect(try Archive.checkCatalog(root, in: Self.world(13)).isEmpty)
        let archive = try Archive.open(root, in: Self.world(14), for: .reading)
        let after = try archive.search(request)
        #expect(before.map(\.object) == after.map(\.object))
        #expect(before.map(\.document) == after.map(\.document))
        #expect(try archive.status().lastAudit != nil)
    }

    @Test(arguments: [
        "kho 02 gia 05", "nl.ubnd.2024.02", "muc luc 7", "phong to chuc", "2.07", "phong F77",
    ])
    func `where a dossier stands is searchable from the start`(words: String) throws {
        let dossier = try folder.makeDossier()
        let yaml = try String(contentsOfFile: dossier.string + "/dossier.yaml", encoding: .utf8)
        let more = """

            location: Kho 02, giá 05, hộp 113
            accession: NL.UBND.2024.02
            inventory: Mục lục 7
            series: Phòng tổ chức
            retentionRow: "2.07"
            fonds: Phông F77
            """
        try folder.write(yaml + more, to: "ho-so/dossier.yaml")
        _ = try packaged(Archive.package(dossier, into: root, in: Self.world(1)))
        var request = SearchRequest()
        request.words = words
        let hits = try Archive.open(root, in: Self.world(2), for: .reading).search(request)
        #expect(hits.first?.document == nil)
        #expect(hits.first?.matched.isEmpty == false)
    }

    @Test func `one document comes back byte for byte, and nothing is overwritten`() throws {
        let dossier = try folder.makeDossier()
        let done = try packaged(Archive.package(dossier, into: root, in: Self.world(1)))
        let archive = try Archive.open(root, in: Self.world(2), for: .reading)
        let target = folder.path("lay-ra.txt")
        let code = "H61.12.2024.01.CĐS"
        for (number, name) in [
            (code, "2"), (done.object.text, "Văn bản 2.txt"), (code + ".0000002", nil),
        ] {
            let delivery = try archive.deliver(number, document: name, toFile: target)
            let wanted = try Data(contentsOf: URL(filePath: dossier.string + "/Văn bản 2.txt"))
            #expect(try Data(contentsOf: URL(filePath: target.string)) == wanted)
            #expect(delivery.bytes == Int64(wanted.count))
            #expect(throws: ArchiveFailure.self) {
                try archive.deliver(number, document: name, toFile: target)
            }
            try FileManager.default.removeItem(atPath: target.string)
        }
    }

    @Test func `a whole dossier comes as the ZIP of the circular with the same files`() throws {
        _ = try Archive.package(folder.makeDossier(), into: root, in: Self.world(1))
        let archive = try Archive.open(root, in: Self.world(2), for: .reading)
        let zip = folder.path("goi.zip")
        let delivery = try archive.deliver("H61.12.2024.01.CĐS", document: nil, toFile: zip)
        #expect(delivery.bytes > 0)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [
            "-c",
            """
            import sys, zipfile, tarfile
            z = zipfile.ZipFile(sys.argv[1]); t = tarfile.open(sys.argv[2])
            files = {m.name: t.extractfile(m).read() for m in t}
            assert {i.filename: z.read(i) for i in z.infolist()} == files
            assert any("Văn bản" in name for name in files)
            """, zip.string, try tarPath(in: root),
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func `a damaged document is not handed over`() throws {
        _ = try Archive.package(folder.makeDossier(), into: root, in: Self.world(1))
        let ocfl = root.appending("stores/chinh/ocfl").string
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: ocfl).first { $0.hasSuffix(".tar") })
        var bytes = try tar(in: root)
        let range = try #require(bytes.range(of: Data("văn bản số 2".utf8)))
        bytes[range.lowerBound] ^= 1
        try bytes.write(to: URL(filePath: ocfl + "/" + name))
        let archive = try Archive.open(root, in: Self.world(2), for: .reading)
        let failure = #expect(throws: ArchiveFailure.self) {
            try archive.deliver("H61.12.2024.01.CĐS", document: "2", toFile: folder.path("x"))
        }
        #expect(failure?.reason == .damaged)
        #expect(!FileManager.default.fileExists(atPath: folder.path("x").string))
    }

    @Test func `unknown records and versions are usage, with the nearest known one`() throws {
        _ = try Archive.package(folder.makeDossier(), into: root, in: Self.world(1))
        let archive = try Archive.open(root, in: Self.world(2), for: .reading)
        let failure = #expect(throws: ArchiveFailure.self) {
            try archive.show("H61.12.2024.01.CĐX")
        }
        #expect(failure?.reason == .unknownRecord)
        #expect(failure?.facts["nearest"]?.contains("H61.12.2024.01.CĐS") == true)
        var verification = Verification(
            archive: root, trust: [], version: 2, world: Self.world(3), progress: { _ in })
        let missing = #expect(throws: ArchiveFailure.self) {
            try verification.verify("H61.12.2024.01.CĐS", at: folder.path("none"))
        }
        #expect(missing?.reason == .unknownVersion)
    }

    @Test func `a vanished or foreign store is told apart`() throws {
        let store = root.string + "/stores/chinh"
        try FileManager.default.moveItem(atPath: store, toPath: store + "-away")
        let away = #expect(throws: ArchiveFailure.self) {
            try Archive.open(root, in: Self.world(1), for: .writing)
        }
        #expect(away?.reason == .storeAway)
        let other = try TestFolder()
        let foreign = try other.makeArchive(in: Self.world(1, seed: 77))
        try FileManager.default.copyItem(atPath: foreign.string + "/stores/chinh", toPath: store)
        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.open(root, in: Self.world(1), for: .writing)
        }
        #expect(failure?.reason == .storeForeign)
    }

    @Test func `a wrong configuration is refused with its line`() throws {
        let file = URL(filePath: root.string + "/luutru.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try (text + "agencyNam: x\n").write(to: file, atomically: true, encoding: .utf8)
        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.open(root, in: Self.world(1), for: .reading)
        }
        #expect(failure?.reason == .configuration)
        #expect(failure?.facts["line"] == "9")
        #expect(failure?.facts["detail"]?.contains("agencyName") == true)
    }

    @Test func `an edited configuration is adopted by an entry`() throws {
        let file = URL(filePath: root.string + "/luutru.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacing("Phông UBND tỉnh Vĩnh Long", with: "Phông khác")
            .write(to: file, atomically: true, encoding: .utf8)
        let before = try Archive.open(root, in: Self.world(1), for: .reading).status().ledgerEntries
        let after = try Archive.open(root, in: Self.world(2), for: .writing).status().ledgerEntries
        #expect(after == before + 1)
        let kept = root.string + "/stores/chinh/policy/configuration-0002.yaml"
        #expect(FileManager.default.fileExists(atPath: kept))
    }

    @Test func `a file that changes under our hands stops its dossier and leaves nothing`() throws {
        let dossier = try folder.makeDossier()
        let volume = ChangingVolume(dossier.appending("Văn bản 2.txt"))
        let world = TestWorld.make(volume, from: Instant(seconds: TestWorld.start.seconds + 60))
        let outcome = try Archive.package(dossier, into: root, in: world)
        #expect(outcome.isRejected)
        #expect(outcome.findings.contains { $0.code == .fileChanged })
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.string + "/work").isEmpty)
        #expect(try Archive.open(root, in: Self.world(3), for: .reading).status().dossiers == 0)
    }
}
