import Foundation
import Rehearsal
import SystemPackage
import Testing

/// What commands do where evidence, keys or targets are not as they should be.
@Suite struct DamagedEvidenceTests {
    private let folder: TestFolder
    private let kho: String
    private let code = "H61.12.2024.01.CĐS"

    init() throws {
        folder = try TestFolder()
        kho = folder.url.path + "/kho"
        let run = try Program.run([
            "init", kho, "--agency", "UBND tỉnh Vĩnh Long", "--agency-code", "H61.12",
            "--fonds-code", "H61.12", "--fonds-name", "Phông UBND", "--trial-tsa",
        ])
        try #require(run.status == 0)
        let example = Program.examples.appending(path: "01-quyet-dinh-chuyen-doi-so").path
        try #require(try luutru("package", example).status == 0)
        try #require(try luutru("evidence", "stamp").status == 0)
    }

    private func luutru(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
    }

    private func file(_ name: String) -> String { folder.url.path + "/" + name }
    private func stored(_ name: String) -> URL { URL(filePath: kho + "/stores/chinh/" + name) }

    /// Changes one bit, lets commands run, and puts the file back.
    private func flipped(_ url: URL, at offset: Int, _ body: () throws -> Void) throws {
        let whole = try Data(contentsOf: url)
        var bytes = whole
        bytes[bytes.startIndex + offset] ^= 1
        try bytes.write(to: url)
        try body()
        try whole.write(to: url)
    }

    @Test func `nothing is renewed over or proved with a token that is not the ledger's`() throws {
        let token = stored("evidence/000001/stamps/0001.tst")
        // Each of these bytes lies elsewhere in the token: in its imprint, names, signature.
        for offset in [120, 200, 300, 700] {
            try flipped(token, at: offset) {
                for command in [
                    ["evidence", "renew", "--force"],
                    ["evidence", "renew", "--hash-tree", "--force"],
                    ["proof", code, "-o", file("a.zip")],
                    ["evidence", "export", code, "-o", file("giao-\(offset)")],
                ] {
                    let run = try Program.run(command, environment: ["LUUTRU_ARCHIVE": kho])
                    #expect(run.status == 1, "\(command) \(run.output)")
                    #expect(run.errors.contains("evidence/000001"))
                }
                #expect(!FileManager.default.fileExists(atPath: file("a.zip")))
            }
        }
        #expect(try luutru("evidence", "renew", "--force").status == 0)
        let renewal = stored("evidence/renewal-0001/stamps/0001.tst")
        try flipped(renewal, at: 200) {
            let run = try luutru("evidence", "renew", "--force")
            #expect(run.status == 1)
        }
        #expect(try luutru("evidence", "renew", "--hash-tree", "--force").status == 0)
        #expect(try luutru("audit", "run").status == 0)
        #expect(try luutru("proof", code, "-o", file("a.zip")).status == 0)
        #expect(try luutru("verify", file("a.zip")).status == 0)
        #expect(try luutru("export", "--all", "-o", file("xuat")).status == 0)
        let verified = try luutru("verify", file("xuat"))
        #expect(verified.status == 0, "\(verified.output)")
    }

    @Test func `a batch that is gone or a link is named`() throws {
        let batch = stored("evidence/000001").path
        try FileManager.default.moveItem(atPath: batch, toPath: batch + ".x")
        let gone = try luutru("proof", code, "-o", file("a.zip"))
        #expect(gone.status == 1 && gone.errors.contains("LT-EVIDENCE-DAMAGED"))
        try FileManager.default.createSymbolicLink(
            atPath: batch, withDestinationPath: batch + ".x")
        let audit = try luutru("audit", "run")
        #expect(audit.status == 1 && audit.output.contains("LT-EVIDENCE-BATCH-MISSING"))
    }

    @Test func `another key of the ledger is taken only when people say that the old one is lost`()
        throws
    {
        let key = URL(filePath: kho + "/keys/ledger.key")
        let whole = try Data(contentsOf: key)
        try FileManager.default.removeItem(at: key)
        let refused = try luutru("fonds", "add", "--code", "P1", "--name", "Phông")
        #expect(refused.status == 12 && refused.errors.contains("LT-KEY-LEDGER-LOST"))
        #expect(!FileManager.default.fileExists(atPath: key.path))
        try Data("x".utf8).write(to: key)
        #expect(try luutru("fonds", "add", "--code", "P1", "--name", "Phông").status == 12)
        // Who only reads needs no private key.
        #expect(try luutru("ledger", "verify").status == 0)
        try whole.write(to: key)
        #expect(try luutru("fonds", "add", "--code", "P1", "--name", "Phông").status == 0)

        try FileManager.default.removeItem(at: key)
        let rotated = try luutru("key", "rotate", "--use", "ledger", "--old-key-lost", "--json")
        #expect(rotated.status == 0, "\(rotated.errors)")
        let payload = try #require(rotated.json.last?["payload"] as? [String: Any])
        #expect(payload["announced"] as? Bool == false)
        #expect(try luutru("fonds", "add", "--code", "P2", "--name", "Phông").status == 0)
        #expect(try luutru("ledger", "verify").status == 0)
        #expect(try luutru("catalog", "check").status == 0)
    }

    @Test(arguments: ["garbage", "folder"])
    func `a kept checkpoint that cannot be read is told, and nothing is written`(
        _ kind: String
    ) throws {
        let kept = kho + "/keys/checkpoint"
        try FileManager.default.removeItem(atPath: kept)
        if kind == "garbage" {
            try Data("x".utf8).write(to: URL(filePath: kept))
        } else {
            try FileManager.default.createDirectory(
                atPath: kept, withIntermediateDirectories: false)
        }
        let verified = try luutru("ledger", "verify")
        #expect(verified.status == 1 && verified.output.contains("keys/checkpoint"))
        let before = try Data(contentsOf: stored("ledger/entries.jsonl"))
        #expect(try luutru("fonds", "add", "--code", "P1", "--name", "Phông").status == 2)
        #expect(try Data(contentsOf: stored("ledger/entries.jsonl")) == before)
        try FileManager.default.removeItem(atPath: kept)
        #expect(try luutru("fonds", "add", "--code", "P1", "--name", "Phông").status == 0)
        #expect(FileManager.default.fileExists(atPath: kept))
    }

    @Test func `an export over a file that is there is refused before anything is written`() throws
    {
        let dossier = try folder.makeDossier("khác", notation: "99.CĐS").string
        try #require(try luutru("package", dossier).status == 0)
        let target = file("giao")
        try #require(try luutru("evidence", "export", "--all", "-o", target).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: target)
        for name in names where name.hasSuffix(".er") || name.hasSuffix(".sums.p7s") {
            let other = file("giao-" + name)
            try FileManager.default.createDirectory(
                atPath: other, withIntermediateDirectories: true)
            try Data("x".utf8).write(to: URL(filePath: other + "/" + name))
            let run = try luutru("evidence", "export", "--all", "-o", other)
            #expect(run.status == 64 && run.errors.contains(name), "\(run.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: other) == [name])
        }
        #expect(names.count == 11)
    }

    @Test func `nothing is handed out into the store, and names steer no terminal`() throws {
        for place in ["ocfl/x.zip", "policy/seal-0099.crt"] {
            let target = stored(place).path
            for command in [
                ["proof", code, "-o", target], ["get", code, "-o", target],
                ["get", code, "1", "-o", target],
            ] {
                let run = try Program.run(command, environment: ["LUUTRU_ARCHIVE": kho])
                #expect(run.status == 64, "\(command)")
            }
        }
        let folder = stored("policy").path
        #expect(try luutru("evidence", "export", code, "-o", folder).status == 64)
        #expect(try luutru("audit", "run").status == 0)
        #expect(try luutru("proof", code, "-o", file("a.zip")).status == 0)
        let name = file("x\u{1B}[31m\nVALID.zip")
        try FileManager.default.moveItem(atPath: file("a.zip"), toPath: name)
        let run = try luutru("verify", name)
        #expect(run.status == 0 && !run.output.contains("\u{1B}"))
        #expect(!run.output.contains("\nVALID"))
        #expect(try luutru("verify", "--version", "9", name).status == 64)
    }

    @Test func `what a witness program says is told within bounds when it fails`() throws {
        let program = file("nhan-chung")
        try "#!/bin/sh\nexec yes $(printf 'a\\033[31m')\n".write(
            toFile: program, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: program)
        let configuration = URL(filePath: kho + "/luutru.yaml")
        var text = try String(contentsOf: configuration, encoding: .utf8)
        text += "\nwitness:\n  command: \"\(program)\"\n  timeout: 1\n"
        try text.write(to: configuration, atomically: false, encoding: .utf8)
        let run = try luutru("ledger", "witness")
        #expect(run.status == 3, "\(run.errors)")
        let said = run.output + run.errors
        #expect(said.utf8.count < 4_000 && !said.contains("\u{1B}"))
        #expect(said.contains("LT-WITNESS-COMMAND") && said.contains("a\\u{1b}[31m"))
    }
}
