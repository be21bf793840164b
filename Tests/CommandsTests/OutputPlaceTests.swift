import Foundation
import Rehearsal
import SystemPackage
import Testing

/// What people ask for is written beside archives and stores, and never into one.
@Suite struct OutputPlaceTests {
    private static let code = "H61.12.2024.01.CĐS"
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = try folder.makeArchive(withTrialAuthority: true).string
        #expect(try luutru("package", folder.makeDossier().string).status == 0)
        let hai = folder.path("hai").string
        #expect(
            try luutru("store", "add", "hai", hai, "--medium", "disk", "--place", "B").status == 0)
        #expect(try luutru("store", "sync").status == 0)
        let names = try FileManager.default.subpathsOfDirectory(atPath: hai)
        let tar = try #require(names.first { $0.hasSuffix(".tar") })
        let file = URL(filePath: hai + "/" + tar)
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)
        // An incident, so that there is something to report.
        #expect(try luutru("audit", "run").status == 1)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("liên-kết").string, withDestinationPath: hai + "/details")
    }

    private func luutru(_ arguments: String...) throws -> Program.Run { try luutru(arguments) }

    private func luutru(_ arguments: [String]) throws -> Program.Run {
        try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
    }

    /// The names in the archive and its store, but those that a reader of the catalog makes, and the ledger.
    private func state() throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).filter {
            !$0.hasPrefix("kho/catalog.sqlite-")
        }
        let ledger = try String(
            contentsOfFile: kho + "/stores/chinh/ledger/entries.jsonl", encoding: .utf8)
        return names.sorted() + [ledger]
    }

    /// Every command that writes what it is asked for, without the place.
    private var outputs: [[String]] {
        [
            ["audit", "run", "--shard", "1/1", "--report"], ["get", Self.code, "1", "-o"],
            ["get", Self.code, "-o"], ["proof", Self.code, "-o"], ["export", Self.code, "-o"],
            ["evidence", "export", Self.code, "-o"], ["incident", "report", "1", "-o"],
            ["fonds", "report", "H61.12", "--form", "csv", "-o"], ["drill", "-o"],
            ["audit", "report", "--from", "2024-01-01", "--to", "2030-01-01", "-o"],
            ["status", "--metrics"],
            [
                "init", "--agency", "UBND", "--agency-code", "H61.12", "--fonds-code", "H61.12",
                "--fonds-name", "Phông",
            ],
        ]
    }

    @Test(arguments: ["kho/stores/chinh/ocfl", "kho/keys", "hai/details", "liên-kết"])
    func `no output goes into an archive or a store, also by way of a link`(place: String) throws {
        let before = try state()
        for output in outputs {
            let run = try luutru(output + [folder.path(place).string + "/x.prom"])
            #expect(run.status == 64, "\(output): \(run.output) \(run.errors)")
        }
        #expect(try luutru("get", Self.code, "-o", folder.path(place).string).status == 64)
        #expect(
            try luutru("get", Self.code, "-o", folder.path(place).string + "/x.zip").status == 64)
        #expect(try state() == before)
    }

    @Test(arguments: [
        "kho/import.json", "kho/promotion.json", "kho/keys/copy-mark-x",
        "kho/catalog.sqlite-journal",
        "hai/x.json", "không-có/x.json",
    ])
    func `the report of a part is refused before anything is read`(place: String) throws {
        let before = try state()
        let run = try luutru(
            "audit", "run", "--shard", "1/1", "--report", folder.path(place).string)

        #expect(run.status == 64 && run.output.isEmpty, "\(run.output) \(run.errors)")
        #expect(try state() == before)
        #expect(try luutru("status").status == 1)
    }

    @Test func `a file that lies in a store is not replaced either`() throws {
        try folder.write("cũ", to: "hai/x.prom")

        #expect(try luutru("status", "--metrics", folder.path("hai/x.prom").string).status == 64)

        let file = URL(filePath: folder.path("hai/x.prom").string)
        #expect(try String(contentsOf: file, encoding: .utf8) == "cũ")
    }
}
