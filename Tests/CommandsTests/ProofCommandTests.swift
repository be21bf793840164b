import Foundation
import Rehearsal
import Testing

/// `proof` as people type it, and `verify` of what it wrote.
@Suite struct ProofCommandTests {
    private let folder: TestFolder
    private let kho: String
    private let code = "H61.12.2024.01.CĐS"

    init() throws {
        folder = try TestFolder()
        kho = folder.url.path + "/kho"
        let run = try Program.run([
            "init", kho, "--agency", "UBND tỉnh <Vĩnh Long>", "--agency-code", "H61.12",
            "--fonds-code", "H61.12", "--fonds-name", "Phông UBND", "--trial-tsa",
        ])
        #expect(run.status == 0)
        let example = Program.root.appending(
            path: "docs/examples/01-quyet-dinh-chuyen-doi-so")
        #expect(try luutru("package", example.path).status == 0)
    }

    private func luutru(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
    }

    private func file(_ name: String) -> String { folder.url.path + "/" + name }

    @Test func `a proof is stamped, written and verified, and its JSON is documented`() throws {
        let documented = try String(
            contentsOf: Program.root.appending(path: "docs/json.md"), encoding: .utf8)
        let run = try luutru("proof", "--json", code, "-o", file("a.zip"))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.json.map { $0["kind"] as? String } == ["stamped", "proved"])
        for object in run.json {
            let payload = try #require(object["payload"] as? [String: Any])
            for key in payload.keys { #expect(documented.contains("`\(key)`"), "\(key)") }
        }
        #expect(documented.contains("| `proved` |"))
        #expect(try luutru("verify", file("a.zip")).status == 0)
        // Without the archive nobody vouches for the seal, unless its certificate is given.
        #expect(try Program.run(["verify", file("a.zip")]).status == 5)
        let trusted = try Program.run([
            "verify", file("a.zip"), "--trust", kho + "/keys/seal.crt",
        ])
        #expect(trusted.status == 0, "\(trusted.output)")
        #expect(try luutru("proof", code, "2", "-o", file("d.zip")).status == 0)
        #expect(try luutru("verify", file("d.zip")).status == 0)
    }

    @Test func `what cannot be proved or verified ends with the frozen statuses`() throws {
        #expect(try luutru("proof", code, "-o", file("a.zip")).status == 0)
        #expect(try luutru("proof", code, "-o", file("a.zip")).status == 64)
        #expect(try luutru("proof", "không-có", "-o", file("b.zip")).status == 64)
        #expect(try luutru("proof", code, "99", "-o", file("b.zip")).status == 64)
        #expect(try luutru("proof", code, "--version", "2", "-o", file("b.zip")).status == 64)
        #expect(try luutru("proof", code, "-o", file("none/b.zip")).status == 64)
        #expect(try luutru("verify", file("b.zip")).status == 64)
        #expect(try luutru("get", code, "-o", file("tt05.zip")).status == 0)
        #expect(try luutru("verify", file("tt05.zip")).status == 1)
        #expect(!FileManager.default.fileExists(atPath: file("b.zip")))
        #expect(try luutru("proof", code, "-o", folder.url.path).status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.contains { $0.hasPrefix("proof_urn_uuid_") && $0.hasSuffix(".v1.zip") })
    }

    @Test func `a void seal is proved to nobody until the dossier is sealed again`() throws {
        let revoked = try luutru(
            "key", "revoke", "--use", "seal", "--since", "2020-01-01T00:00:00Z", "--reason",
            "Mất khóa")
        #expect(revoked.status == 5, "\(revoked.errors)")
        let refused = try luutru("proof", code, "-o", file("a.zip"))
        #expect(refused.status == 5 && refused.errors.contains("LT-PROOF-UNTRUSTED"))
        #expect(!FileManager.default.fileExists(atPath: file("a.zip")))
        #expect(try luutru("key", "rotate", "--use", "seal", "--old-key-lost").status == 0)
        #expect(try luutru("key", "reseal", "--all", "--reason", "Khóa bị lộ").status == 0)
        let proved = try luutru("proof", code, "-o", file("a.zip"))
        #expect(proved.status == 0, "\(proved.errors)")
        let verified = try luutru("verify", file("a.zip"))
        #expect(verified.status == 0, "\(verified.output)")
    }

    @Test func `the report holds no element that a record or an agency could bring`() throws {
        #expect(try luutru("proof", code, "-o", file("a.zip")).status == 0)
        let bytes = try Data(contentsOf: URL(filePath: file("a.zip")))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("UBND tỉnh &lt;Vĩnh Long&gt;"))
        let page = try #require(
            text.components(separatedBy: "<!DOCTYPE html>").last?
                .components(separatedBy: "</html>").first)
        #expect(!page.contains("<Vĩnh") && !page.contains("<script") && !page.contains("src="))
        #expect(!page.contains("http") || !page.contains("href="))
    }
}
