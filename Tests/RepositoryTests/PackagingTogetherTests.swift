import Bundles
import Cataloging
import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Dossiers that are packaged together: hashed side by side, kept one after another.
@Suite struct PackagingTogetherTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
    }

    /// Packages folders into an archive, together or one after another.
    private func package(
        _ folders: [FilePath], into root: FilePath, together: Bool = true, at seconds: Int64 = 60,
        on volume: any Volume = DiskVolume(), giving give: (PackageOutcome) -> Void = { _ in }
    ) throws {
        let world = TestWorld.make(
            volume, seed: UInt64(seconds), from: Instant(seconds: TestWorld.start.seconds + seconds)
        )
        let archive = try Archive.open(root, in: world, for: .writing)
        let packaging = try archive.packaging(
            identifier: nil, isDryRun: false, passphrase: nil, progress: { _ in }, fileDone: {})
        if together {
            try packaging.package(folders, give: give)
        } else {
            for folder in folders { give(try packaging.package(folder)) }
        }
        try archive.finish()
    }

    private func outcomes(
        _ folders: [FilePath], into root: FilePath, together: Bool = true, at seconds: Int64 = 60
    ) throws -> [PackageOutcome] {
        var outcomes: [PackageOutcome] = []
        try package(folders, into: root, together: together, at: seconds) { outcomes.append($0) }
        return outcomes
    }

    private func copyOfArchive() throws -> FilePath {
        let other = folder.path("kho-2")
        try FileManager.default.copyItem(atPath: root.string, toPath: other.string)
        return other
    }

    private func expectSound(_ root: FilePath, dossiers: Int) throws {
        let archive = try Archive.open(
            root, in: TestWorld.make(from: Instant(seconds: TestWorld.start.seconds + 9_000)),
            for: .auditing)
        let report = try archive.audit([], progress: { _ in })
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(try archive.status().dossiers == dossiers)
        for place in ["work", "stores/chinh/incoming"] {
            let left = try FileManager.default.contentsOfDirectory(
                atPath: root.appending(place).string)
            #expect(left.isEmpty, "\(left)")
        }
    }

    @Test func `what is kept, and in which order, is as if each had come alone`() throws {
        let other = try copyOfArchive()
        var folders = try (1...9).map {
            try folder.makeDossier("ho-so-\($0)", notation: "\($0).CĐS", documents: $0)
        }
        // One is rejected, one has the code of another, one says which it continues.
        try FileManager.default.removeItem(atPath: folders[2].appending("Văn bản 1.txt").string)
        folders.append(try folder.makeDossier("lap-lai", notation: "2.CĐS"))
        try folder.write(
            String(contentsOfFile: folders[6].appending("dossier.yaml").string, encoding: .utf8)
                + "\nlinks:\n  - continues: H61.12.2024.4.CĐS\n", to: "ho-so-7/dossier.yaml")
        let together = try outcomes(folders, into: root)
        let alone = try outcomes(folders, into: other, together: false)
        #expect(together.map(\.folder) == folders)
        #expect(together.map(\.isRejected) == alone.map(\.isRejected))
        #expect(
            together.map(\.isRejected)
                == [2, 9].reduce(into: Array(repeating: false, count: 10)) {
                    $0[$1] = true
                })
        #expect(together.map { $0.findings.map(\.code) } == alone.map { $0.findings.map(\.code) })
        #expect(together[9].findings.map(\.code) == [.alreadyArchived])
        #expect(together[6].findings.isEmpty, "\(together[6].findings)")
        try expectSound(root, dossiers: 8)
        try expectSound(other, dossiers: 8)
        #expect(try targets(root) == targets(other))
    }

    /// How many links lead to a dossier that is here.
    private func targets(_ root: FilePath) throws -> Int {
        let archive = try Archive.open(root, in: TestWorld.make(), for: .reading)
        var count = 0
        try archive.objects.forEachObject { object, _ in
            guard let object else { return }
            for link in try archive.catalog.links(of: object) {
                if case .record = link.link.target { count += 1 }
            }
        }
        #expect(count == 1)
        return count
    }

    @Test func `bytes that are read back otherwise stop the dossier, and those before it are kept`()
        throws
    {
        let folders = try (1...4).map {
            try folder.makeDossier("ho-so-\($0)", notation: "\($0).CĐS")
        }
        let rehearsal = try copyOfArchive()
        var objects: [ObjectIdentifier] = []
        for outcome in try outcomes(folders, into: rehearsal) {
            guard case .packaged(let packaged) = outcome.result else { continue }
            objects.append(packaged.object)
        }
        let third = try #require(objects.count == 4 ? objects[2] : nil)
        let victim = root.appending("work").appending(third.fileName).appending(
            BundleLayout(object: third, version: 1).tar)
        var given = 0
        let failure = #expect(throws: BundleFailure.self) {
            try package(folders, into: root, on: LyingVolume(victim, at: 700, .times(1))) { _ in
                given += 1
            }
        }
        #expect(failure?.reason == .notReadBack)
        #expect(failure.map { FailureReport(describing: $0).status } == .failed)
        #expect(given == 2)
        try expectSound(root, dossiers: 2)
        let again = try outcomes(folders, into: root, at: 20_000)
        #expect(again.map(\.isRejected) == [true, true, false, false])
    }

    @Test func `a folder that cannot be read leaves those before it archived`() throws {
        let folders = try (1...3).map {
            try folder.makeDossier("ho-so-\($0)", notation: "\($0).CĐS")
        }
        var given: [FilePath] = []
        let volume = DenyingVolume(folders[2])
        #expect(throws: (any Error).self) {
            try package(folders, into: root, on: volume) { given.append($0.folder) }
        }
        #expect(given == Array(folders.prefix(2)))
        try expectSound(root, dossiers: 2)
    }

    @Test func `files of every size have their digests, whether they are hashed together or alone`()
        throws
    {
        let dossier = try folder.makeDossier(documents: 40)
        var rows = [
            String(
                decoding: try Data(
                    contentsOf: URL(filePath: dossier.appending("documents.csv").string)),
                as: UTF8.self)
        ]
        for (number, size) in [0, 1, 63, 64, 511, 512, 513, 1 << 20, 9 << 20, 3 << 20, 100_000]
            .enumerated()
        {
            let bytes = Data((0..<size).map { UInt8(truncatingIfNeeded: ($0 &* 7) ^ ($0 >> 9)) })
            let text = Data("a".utf8) + Data(bytes.map { 0x20 + $0 % 64 })
            try text.write(to: URL(filePath: dossier.appending("to-\(number).txt").string))
            rows.append(
                "to-\(number).txt,02,\(900 + number),QĐ-UBND,01/03/2024,UBND tỉnh,Về cỡ \(size),01,1,01\r\n"
            )
        }
        try folder.write(rows.joined(), to: "ho-so/documents.csv")
        let second = try folder.makeDossier("hai", notation: "02.CĐS")
        let outcomes = try outcomes([dossier, second], into: root)
        #expect(outcomes.allSatisfy { !$0.isRejected }, "\(outcomes.map(\.findings))")
        var verification = Verification(
            archive: root, trust: [], version: nil, world: TestWorld.make(), progress: { _ in })
        for outcome in outcomes {
            guard case .packaged(let packaged) = outcome.result else { continue }
            let id = packaged.object.text
            let report = try verification.verify(id, at: FilePath(id))
            #expect(report.verdict == .valid, "\(report.findings)")
        }
    }
}
