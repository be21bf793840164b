import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// An archive with dossiers, and what tests of export and import do with it.
struct ExportBench {
    let folder: TestFolder
    let root: FilePath

    /// Makes an archive with small dossiers `01.CĐS`, `02.CĐS`, ….
    init(dossiers: Int = 2, later minutes: Int = 0) throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        for number in 0..<dossiers {
            let dossier = try folder.makeDossier(
                "ho-so-\(number + 1)", notation: "0\(number + 1).CĐS", documents: 1)
            _ = try Archive.package(
                dossier, into: root, in: Self.world(Int64(minutes + number + 1)))
        }
    }

    static func world(_ minutes: Int64, _ volume: any Volume = DiskVolume()) -> World {
        TestWorld.make(
            volume, seed: UInt64(minutes + 40),
            from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    /// Exports into a folder of the bench.
    @discardableResult
    func export(
        _ name: String, scope: ExportRequest.Scope = .everything,
        form: ExportRequest.Form = .ocfl, of archive: FilePath? = nil, in world: World = world(30)
    ) throws -> ExportReport {
        try Archive.open(archive ?? root, in: world, for: .reading).export(
            ExportRequest(scope: scope, form: form, target: folder.path(name)),
            progress: { _ in })
    }

    /// Makes another, fresh archive with a key of its own.
    func fresh(_ name: String, seed: UInt64 = 77) throws -> FilePath {
        let world = TestWorld.make(seed: seed)
        let founding = Founding(
            root: folder.path(name), agencyName: "Sở Nội vụ", agencyCode: "H61.99",
            fondsCode: "H61.99", fondsName: "Phông Sở Nội vụ", usesRSA: false, passphrase: nil)
        return try Archive.found(founding, in: world).layout.root
    }

    @discardableResult
    func importing(
        _ name: String, into target: FilePath, trust: [FilePath] = [], in world: World = world(40)
    ) throws -> ImportReport {
        try Archive.importing(
            ImportRequest(source: folder.path(name), trust: trust), into: target, in: world,
            progress: { _ in })
    }

    /// Verifies an export on its own word, or by the certificates given.
    func verify(_ name: String, trust: [FilePath] = []) throws -> VerificationReport {
        var verification = Verification(
            archive: nil, trust: trust, version: nil, world: Self.world(50), progress: { _ in })
        let path = folder.path(name)
        return try verification.verify(path.string, at: path)
    }

    /// Every file below a folder with its bytes.
    func files(_ name: String) throws -> [String: Data] {
        let path = folder.path(name).string
        var files: [String: Data] = [:]
        for file in try FileManager.default.subpathsOfDirectory(atPath: path) {
            var isFolder: ObjCBool = false
            let inner = path + "/" + file
            _ = FileManager.default.fileExists(atPath: inner, isDirectory: &isFolder)
            if !isFolder.boolValue { files[file] = try Data(contentsOf: URL(filePath: inner)) }
        }
        return files
    }

    /// The one file below a folder whose name ends so.
    func file(_ name: String, ending: String) throws -> String {
        let path = folder.path(name).string
        let found = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
            .first { $0.hasSuffix(ending) }
        return path + "/" + (try #require(found))
    }

    /// Flips one bit in the middle of a file.
    static func damage(_ path: String) throws {
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: path))
    }

    /// Nothing wrong with an archive: its audit and its catalog.
    static func expectSound(_ root: FilePath, dossiers: Int, _ minutes: Int64 = 60) throws {
        let archive = try Archive.open(root, in: world(minutes), for: .auditing)
        let report = try archive.audit([], progress: { _ in })
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.checked == dossiers)
    }
}
