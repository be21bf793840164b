import Cryptography
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Exports changed by somebody who also wrote the list of digests and the counts anew.
@Suite struct RewrittenExportTests {
    private let bench: ExportBench

    init() throws {
        bench = try ExportBench(dossiers: 2)
        let code = "H61.12.2024.01.CĐS"
        var request = AmendRequest(dossier: code, reason: "Sửa")
        request.sets = ["title=Một"]
        try amend(request, 12)
        try bench.folder.write("chuyển", to: "chuyen/A.txt")
        request = AmendRequest(dossier: code, reason: "Chuyển")
        request.folder = bench.folder.path("chuyen")
        request.derivation = .init(representation: "rep2", document: "1", tool: "công cụ 1.0")
        try amend(request, 13)
    }

    private func amend(_ request: AmendRequest, _ minutes: Int64) throws {
        let outcome = try Archive.open(bench.root, in: ExportBench.world(minutes), for: .writing)
            .amend(request, isDryRun: false, passphrase: nil) { _ in }
        #expect(!outcome.isRejected, "\(outcome.findings)")
    }

    /// Every file of the export, by path.
    private func names(_ name: String) throws -> [String] { try bench.files(name).keys.sorted() }

    private func url(_ export: String, _ name: String) -> URL {
        URL(filePath: bench.folder.path(export).string + "/" + name)
    }

    /// Lists and counts everything as it is now, as whoever changed it would.
    private func rewrite(_ export: String) throws {
        var files = try bench.files(export)
        files["manifest-sha512.txt"] = nil
        let card = files.removeValue(forKey: "export.json") ?? Data()
        var text = String(decoding: card, as: UTF8.self)
        let bytes = files.values.reduce(0) { $0 + $1.count }
        text.replace(/"files": ?\d+/, with: "\"files\": \(files.count)")
        text.replace(/"bytes": ?\d+(?=,\s*"details")/, with: "\"bytes\": \(bytes)")
        let card2 = Data(text.utf8)
        try card2.write(to: url(export, "export.json"))
        files["export.json"] = card2
        let lines = files.map { name, data in
            (
                Array(name.utf8),
                Hexadecimal.text(of: Cryptography.Hasher.digest(.sha512, of: Array(data))) + "  "
                    + name + "\n"
            )
        }.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
        try Data(lines.joined().utf8).write(to: url(export, "manifest-sha512.txt"))
    }

    private func verdict(_ export: String) throws -> VerificationReport {
        try rewrite(export)
        return try bench.verify(export)
    }

    @Test(arguments: [ExportRequest.Form.folders, .zip])
    func `what was only listed anew is still valid`(form: ExportRequest.Form) throws {
        try bench.export("ra", form: form)
        let before = try bench.files("ra")
        let report = try verdict("ra")
        #expect(report.verdict == .valid, "\(report.findings)")
        #expect(try bench.files("ra") == before)
    }

    @Test func `every changed or removed file of an unpacked dossier is found`() throws {
        try bench.export("goc", form: .folders)
        let names = try names("goc").filter { $0.hasPrefix("dossiers/") }
        #expect(names.contains { $0.contains("/rep2/data/") })
        for (number, name) in names.enumerated() {
            for isRemoved in [false, true] {
                let export = "ra-\(number)-\(isRemoved)"
                try FileManager.default.copyItem(
                    atPath: bench.folder.path("goc").string,
                    toPath: bench.folder.path(export).string)
                let place = url(export, name)
                if isRemoved {
                    try FileManager.default.removeItem(at: place)
                } else {
                    try ExportBench.damage(place.path)
                }
                let report = try verdict(export)
                #expect(report.verdict != .valid, "\(name) \(isRemoved)")
                try FileManager.default.removeItem(at: url(export, ""))
            }
        }
    }

    @Test(arguments: [ExportRequest.Form.folders, .zip])
    func `every file beside a package is tied to its seal`(form: ExportRequest.Form) throws {
        try bench.export("goc", form: form)
        let names = try names("goc").filter {
            $0.hasPrefix("dossiers/") && $0.split(separator: "/").count == 3
        }
        #expect(names.count == (form == .zip ? 14 : 12))
        for (number, name) in names.enumerated() {
            let export = "ra-\(number)"
            try FileManager.default.copyItem(
                atPath: bench.folder.path("goc").string, toPath: bench.folder.path(export).string)
            try FileManager.default.removeItem(at: url(export, name))
            #expect(try verdict(export).verdict != .valid, "\(name)")
            try FileManager.default.removeItem(at: url(export, ""))
        }
    }

    @Test func `files that somebody added are found wherever they lie`() throws {
        try bench.export("goc", form: .folders)
        let mets = try #require(try names("goc").first { $0.contains("/rep2/METS.xml") })
        let package = mets.components(separatedBy: "/representations/")[0]
        let dossier = package.split(separator: "/").dropLast().joined(separator: "/")
        for (number, place) in [
            package + "/representations/rep1/data/", package + "/representations/rep2/data/v3/",
            package + "/representations/rep9/data/", package + "/", dossier + "/",
            package + "/metadata/descriptive/", "dossiers/", "dossiers/x/",
        ].enumerated() {
            let export = "ra-\(number)"
            try FileManager.default.copyItem(
                atPath: bench.folder.path("goc").string, toPath: bench.folder.path(export).string)
            try bench.folder.write("lạ", to: export + "/" + place + "lạ.pdf")
            #expect(try verdict(export).verdict == .invalid, "\(place)")
        }
    }
}
