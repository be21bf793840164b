import Foundation
import Glibc
import Rehearsal
import SystemPackage
import Testing

/// Sizes that an archive meets; the real program does them whole.
@Suite(.serialized) struct LargeDossierTests {
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = try folder.makeArchive().string
    }

    private func payload(_ run: Program.Run) throws -> [String: Any] {
        try #require(run.json.last?["payload"] as? [String: Any])
    }

    @Test func `a file of five gibibytes is packaged and proved`() throws {
        let dossier = try folder.makeDossier(documents: 1).string
        let file = dossier + "/Văn bản 1.txt"
        truncate(file, 5 << 30)
        let packaged = try Program.run(["package", dossier, "--json", "--archive", kho])
        #expect(packaged.status == 0, "\(packaged.output)")
        #expect(try (payload(packaged)["bytes"] as? Int ?? 0) > 5 << 30)
        try FileManager.default.removeItem(atPath: file)
        let verified = try Program.run(["verify", "H61.12.2024.01.CĐS", "--archive", kho])
        #expect(verified.status == 0, "\(verified.output)")
    }

    @Test func `twenty thousand files are one dossier`() throws {
        let dossier = try folder.makeDossier(documents: 20_000).string
        let packaged = try Program.run(["package", dossier, "--json", "--archive", kho])
        #expect(packaged.status == 0, "\(packaged.output)")
        #expect(try payload(packaged)["documents"] as? Int == 20_000)
        let target = folder.url.path + "/one.txt"
        let got = try Program.run(
            ["get", "H61.12.2024.01.CĐS", "19999", "-o", target, "--archive", kho])
        #expect(got.status == 0, "\(got.errors)")
        #expect(try String(contentsOfFile: target, encoding: .utf8).contains("19999"))
        #expect(try Program.run(["audit", "run", "--archive", kho]).status == 0)
    }
}
