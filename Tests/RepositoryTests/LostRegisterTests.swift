import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// Invariant P2 where a file of a register is lost: no code that it gave is given again.
@Suite struct LostRegisterTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        let archive = try open(1)
        _ = try archive.enter(.fonds, [.code: "P1", .name: "Phông một"])
        try archive.finish()
    }

    private func open(_ minutes: Int64) throws -> Archive {
        try Archive.open(root, in: Self.world(minutes), for: .writing)
    }

    private static func world(_ minutes: Int64) -> World {
        TestWorld.make(
            seed: UInt64(minutes), from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private var store: String { root.string + "/stores/chinh/" }

    private func enter(_ code: String, at minutes: Int64) -> ArchiveFailure.Reason? {
        do {
            let archive = try open(minutes)
            _ = try archive.enter(.fonds, [.code: code, .name: "Phông"])
            try archive.finish()
            return nil
        } catch {
            return (error as? ArchiveFailure)?.reason
        }
    }

    @Test(arguments: [false, true])
    func `while a register's file is lost nothing is entered`(isChanged: Bool) throws {
        let path = store + "policy/fonds-0002.json"
        let bytes = try Data(contentsOf: URL(filePath: path))
        try FileManager.default.removeItem(atPath: path)
        if isChanged { try Data("{}".utf8).write(to: URL(filePath: path)) }

        #expect(enter("P2", at: 10) == .registerLost)
        let lost = try Archive.rebuildCatalog(root, in: Self.world(20)).lost
        #expect(lost.map(\.code) == [.registerLost])
        #expect(lost.map(\.subject) == ["policy/fonds-0002.json"])
        #expect(enter("P1", at: 30) == .registerLost)
        #expect(
            throws: ArchiveFailure.self,
            performing: { try open(35).close(.fonds, "H61.12", on: nil) })

        // Brought back, it is read by the next rebuild, and not before.
        try bytes.write(to: URL(filePath: path))
        #expect(enter("P1", at: 40) == .registerLost)
        #expect(try Archive.rebuildCatalog(root, in: Self.world(50)).findings.isEmpty)
        #expect(enter("P1", at: 60) == .codeTaken)
        #expect(enter("P2", at: 70) == nil)
    }

    @Test func `other files that the ledger names are told as what they are`() throws {
        _ = try Archive.package(folder.makeDossier(), into: root, in: Self.world(10))
        _ = try Archive.open(root, in: Self.world(15), for: .auditing)
            .audit(["H61.12.2024.01.CĐS"]) { _ in }
        let details = try FileManager.default.contentsOfDirectory(atPath: store + "details")
        try FileManager.default.removeItem(atPath: store + "details/" + #require(details.first))
        try FileManager.default.removeItem(atPath: store + "policy/configuration-0001.yaml")

        let counts = try Archive.rebuildCatalog(root, in: Self.world(20))

        #expect(Set(counts.lost.map(\.code)) == [.detailsFileWrong, .policyFileMissing])
        #expect(counts.dossiers == 1 && counts.unreadable.isEmpty)
    }
}
