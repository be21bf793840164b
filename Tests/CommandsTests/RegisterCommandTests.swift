import Foundation
import Rehearsal
import Testing

/// Fonds, inventories, accessions and places as people type them.
@Suite struct RegisterCommandTests {
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = folder.url.path + "/kho"
        let run = try Program.run([
            "init", kho, "--agency", "UBND tỉnh Vĩnh Long", "--agency-code", "H61.12",
            "--fonds-code", "H61.12", "--fonds-name", "Phông UBND",
        ])
        #expect(run.status == 0)
    }

    private func luutru(_ arguments: [String]) throws -> Program.Run {
        try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
    }

    private func luutru(_ arguments: String...) throws -> Program.Run { try luutru(arguments) }

    private func example(_ number: Int) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: Program.examples.path)
        let name = try #require(names.first { $0.hasPrefix("0\(number)-") })
        return Program.examples.appending(path: name).path
    }

    private func fill() throws {
        for arguments in [
            ["fonds", "add", "--code", "P2", "--name", "Phông hai", "--parent", "H61.12"],
            ["fonds", "add", "--code", "P3", "--name", "Phông ba", "--disaster-copies", "có"],
            ["inventory", "add", "--fonds", "H61.12", "--code", "03", "--name", "Mục lục ba"],
            [
                "accession", "add", "--code", "NL.SVHTTDL.2024.02", "--fonds", "H61.12",
                "--from-agency", "Sở Văn hóa", "--received", "20/05/2024", "--dossiers", "12",
            ],
            ["package", try example(1), try example(2)],
            [
                "move", "H61.12.2015.07.LH", "--location", "Kho 1/Kệ 2/Hộp 3", "--reason",
                "Dồn kho",
            ],
        ] {
            let run = try luutru(arguments)
            #expect(run.status == 0, "\(arguments) \(run.errors)")
        }
    }

    @Test func `the commands that the page of commands shows work as they stand there`() throws {
        #expect(try luutru("package", example(1), example(2)).status == 0)
        let page = try String(
            contentsOf: Program.root.appending(path: "docs/cli.md"), encoding: .utf8)
        let lines = page.split(separator: "\n").filter { $0.hasPrefix("$ luutru ") }
        #expect(lines.count >= 9)
        let script = lines.map { $0.dropFirst(2) + " || exit 99" }.joined(separator: "\n")
        let bin = (Program.path as NSString).deletingLastPathComponent
        let run = try Program.start(
            "/bin/bash", ["-c", script],
            environment: ["LUUTRU_ARCHIVE": kho, "PATH": bin + ":/usr/bin:/bin"], in: folder.url)
        #expect(run.status == 0, "\(run.output) \(run.errors)")
        let text = try String(contentsOfFile: folder.url.path + "/muc-luc.html", encoding: .utf8)
        #expect(text.hasPrefix("<!DOCTYPE html>"))
        #expect(try luutru("catalog", "check").status == 0)
    }

    @Test func `a register's lost file ends a rebuild with 1 and stops what would be entered`()
        throws
    {
        #expect(try luutru("fonds", "add", "--code", "P2", "--name", "Phông hai").status == 0)
        try FileManager.default.removeItem(
            atPath: kho + "/stores/chinh/policy/fonds-0002.json")

        let rebuilt = try luutru("catalog", "rebuild")
        let added = try luutru("fonds", "add", "--code", "P2", "--name", "Phông khác")

        #expect(rebuilt.status == 1 && rebuilt.output.contains("[LT-REGISTER-LOST]"))
        #expect(rebuilt.output.contains("luutru catalog rebuild"))
        #expect(added.status == 1 && added.errors.contains("LT-REGISTER-LOST"))
        #expect(try luutru("status").status == 0)
    }

    @Test func `every JSON line is of a documented kind with documented keys`() throws {
        try fill()
        let documented = try String(
            contentsOf: Program.root.appending(path: "docs/json.md"), encoding: .utf8)
        let runs = try [
            luutru("fonds", "amend", "P2", "--code", "P4", "--json"),
            luutru(
                "fonds", "succeed", "P2", "P3", "--on", "2026-01-01", "--kind", "merge", "--json"),
            luutru("fonds", "show", "P2", "--json"), luutru("fonds", "list", "--json"),
            luutru("inventory", "show", "03", "--json"), luutru("inventory", "list", "--json"),
            luutru("inventory", "amend", "03", "--series", "A=Nhóm A", "--json"),
            luutru("accession", "show", "NL.SVHTTDL.2024.02", "--json"),
            luutru("accession", "list", "--json"), luutru("list", "--tree", "--json"),
            luutru("list", "--tree", "--fonds", "H61.12", "--json"),
            luutru("link", "add", "H61.12.2015.07.LH", "replaces", "outside:x", "--json"),
            luutru("link", "show", "H61.12.2015.07.LH", "--json"),
            luutru("show", "H61.12.2015.07.LH", "--json"), luutru("link", "check", "--json"),
            luutru(
                "link", "remove", "H61.12.2015.07.LH", "replaces", "outside:x", "--reason", "x",
                "--json"),
            luutru(
                "move", "H61.12.2015.07.LH", "--location", "Kho 9", "--reason", "x", "--json"),
            luutru(
                "fonds", "report", "H61.12", "--form", "csv", "-o", folder.url.path + "/r.csv",
                "--json"),
        ]
        for run in runs {
            #expect(run.status == 0, "\(run.output) \(run.errors)")
            #expect(!run.json.isEmpty && run.json.count == run.output.split(separator: "\n").count)
            for object in run.json {
                let kind = try #require(object["kind"] as? String)
                #expect(documented.contains("| `\(kind)` |"), "\(kind)")
                let payload = try #require(object["payload"] as? [String: Any])
                for key in payload.keys {
                    #expect(documented.contains("`\(key)`"), "\(kind).\(key)")
                }
            }
        }
    }

    @Test func `findings of links are exit 1 in every form`() throws {
        try fill()
        let code = "H61.12.2015.07.LH"
        for arguments in [
            ["link", "add", code, "answers", "không-có"], ["link", "add", code, "part-of", code],
            ["link", "remove", code, "answers", "outside:x", "--reason", "x"],
        ] {
            let run = try luutru(arguments)
            #expect(run.status == 1 && !run.output.isEmpty, "\(arguments) \(run.errors)")
            let line = try #require(try luutru(arguments + ["--json"]).json.first)
            let payload = try #require(line["payload"] as? [String: Any])
            #expect(payload["link"] is NSNull)
            #expect((payload["findings"] as? [Any])?.count == 1)
        }
        #expect(try luutru("link", "add", code, "part", "x").status == 64)
        #expect(try luutru("link", "show", "không-có").status == 64)
        #expect(try luutru("link", "check").status == 0)
    }

    @Test func `what cannot be is refused with status 64, and writes nothing`() throws {
        try fill()
        let ledger = kho + "/stores/chinh/ledger/entries.jsonl"
        let before = try Data(contentsOf: URL(filePath: ledger))
        for arguments in [
            ["fonds", "add", "--code", "p2", "--name", "x"],
            ["fonds", "add", "--code", "P9", "--name", ""],
            ["fonds", "add", "--code", "P9", "--name", "x", "--parent", "P8"],
            ["fonds", "add", "--code", "P9", "--name", "x", "--from", "2025"],
            ["fonds", "add", "--code", "P9", "--name", "x", "--disaster-copies", "maybe"],
            ["fonds", "amend", "P2", "--name", "Phông hai"], ["fonds", "amend", "P2"],
            ["fonds", "amend", "P2", "--name", "x", "--from", "2025-01-01", "--correction"],
            ["fonds", "amend", "H61.12", "--parent", "P2"], ["fonds", "show", "P8"],
            ["fonds", "succeed", "P2", "P2", "--on", "2025-01-01", "--kind", "merge"],
            ["fonds", "succeed", "P2", "--on", "2025-01-01", "--kind", "merge"],
            ["fonds", "report", "P8", "--form", "csv", "-o", "/tmp/none.csv"],
            ["inventory", "add", "--fonds", "P8", "--code", "1", "--name", "x"],
            ["inventory", "amend", "03", "--series", "A"],
            [
                "accession", "add", "--code", "1", "--fonds", "P2", "--from-agency", "x",
                "--received", "2025",
            ],
            ["move", "không-có", "--location", "Kho 1", "--reason", "x"],
            ["move", "H61.12.2015.07.LH", "--location", " ", "--reason", "x"],
            ["list", "--as-of", "2025-01-01"], ["list", "--tree", "--fonds", "P8"],
        ] {
            #expect(try luutru(arguments).status == 64, "\(arguments)")
        }
        #expect(try Data(contentsOf: URL(filePath: ledger)) == before)
        #expect(try luutru("catalog", "check").status == 0)
        #expect(try luutru("audit", "run").status == 0)
    }

    @Test func `tree, show and search tell where the paper is`() throws {
        try fill()
        #expect(
            try luutru("list", "--tree", "--fonds", "H61.12").output.contains("@ Kho 1/Kệ 2/Hộp 3"))
        #expect(
            try luutru("show", "H61.12.2015.07.LH").output.contains("Kho 1/Kệ 2/Hộp 3 (Dồn kho)"))
        #expect(try luutru("search", "ke 2 hop 3").output.contains("H61.12.2015.07.LH"))
        let tree = try luutru("list", "--tree", "--lang", "en").output
        #expect(tree.contains("fonds H61.12  Phông UBND  2 dossiers · 11 documents"))
        #expect(tree.contains("inventory 03  Mục lục ba  1 dossiers"))
    }

    @Test func `a list of a fonds that is not here says which one may be meant`() throws {
        try fill()
        #expect(try luutru("list", "--fonds", "P2").status == 0)
        let unknown = try luutru("list", "--fonds", "P22", "--lang", "en")
        #expect(unknown.status == 64 && unknown.errors.contains("≈ P"), "\(unknown.errors)")
    }
}
