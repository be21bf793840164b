import Foundation
import Rehearsal
import Testing

/// `ledger` as people type it, and its proofs under the checkers of others.
@Suite struct LedgerCommandTests {
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

    private func luutru(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
    }

    private var checkpoint: String { kho + "/stores/chinh/ledger/checkpoint" }

    private func addFonds(_ codes: ClosedRange<Int>) throws {
        for code in codes {
            let run = try luutru("fonds", "add", "--code", "P\(code)", "--name", "Phông \(code)")
            #expect(run.status == 0, "\(run.errors)")
        }
    }

    private func payload(_ run: Program.Run) throws -> [String: Any] {
        try #require(run.json.last?["payload"] as? [String: Any], "\(run.output) \(run.errors)")
    }

    @Test func `the ledger is verified, and what is not so is named with exit 1`() throws {
        try addFonds(1...3)
        let sound = try luutru("ledger", "verify", "--json")
        #expect(sound.status == 0)
        #expect(try payload(sound)["entries"] as? Int == payload(sound)["signed"] as? Int)
        let outside = folder.url.path + "/diem"
        try FileManager.default.copyItem(atPath: checkpoint, toPath: outside)
        #expect(try luutru("ledger", "verify", "--from", outside).status == 0)
        try addFonds(4...4)
        #expect(try luutru("ledger", "verify", "--from", outside).status == 0)
        #expect(try luutru("ledger", "consistency", outside).status == 0)
        var text = try String(contentsOfFile: outside, encoding: .utf8)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        lines[1] = "2"
        text = lines.joined(separator: "\n")
        try text.write(toFile: outside, atomically: false, encoding: .utf8)
        let forged = try luutru("ledger", "verify", "--from", outside)
        #expect(forged.status == 1 && forged.output.contains("LOG_CHECKPOINT_BAD_SIG"))
        #expect(try luutru("ledger", "consistency", outside).status == 1)
        #expect(try luutru("ledger", "verify", "--from", outside + "-none").status == 64)
        #expect(try luutru("ledger", "consistency", outside + "-none").status == 64)
        #expect(try luutru("ledger", "prove", "999").status == 64)
        #expect(try luutru("ledger", "prove", "không-có").status == 64)
        #expect(try luutru("ledger", "prove", "0").output.hasPrefix("c2sp.org/tlog-proof@v1\n"))
        let status = try luutru("status", "--json")
        let entries = try payload(luutru("ledger", "verify", "--json"))["entries"] as? Int
        #expect(try payload(status)["ledgerSigned"] as? Int == entries && entries ?? 0 > 5)
    }

    @Test func `the acts are shown in order, of one dossier or since a day`() throws {
        let example = try #require(
            FileManager.default.contentsOfDirectory(atPath: Program.examples.path).sorted()
                .first { $0.hasPrefix("01-") })
        let run = try luutru("package", Program.examples.path + "/" + example, "--json")
        #expect(run.status == 0)
        try addFonds(1...1)
        let all = try luutru("ledger", "show", "--json").json.compactMap {
            $0["payload"] as? [String: Any]
        }
        #expect(all.map { $0["entry"] as? Int } == Array(0..<all.count))
        #expect(all.first?["act"] as? String == "init")
        let id = try #require(
            all.first { $0["act"] as? String == "package" }?["id"] as? String)
        let one = try luutru("ledger", "show", "--object", id, "--json")
        #expect(one.json.count == 1)
        let future = try luutru("ledger", "show", "--since", "2999-01-01")
        #expect(future.status == 0 && future.output.isEmpty)
        #expect(try luutru("ledger", "show", "--since", "hôm qua").status == 64)
        #expect(try luutru("ledger", "show", "--object", "không-có").status == 64)
        #expect(try luutru("ledger", "prove", id, "--json").status == 0)
    }

    /// What a ledger of 300 entries says of itself, for the checkers of others.
    private func facts() throws -> [String: Any] {
        try addFonds(1...4)
        let old = folder.url.path + "/cu"
        try FileManager.default.copyItem(atPath: checkpoint, toPath: old)
        try addFonds(5...12)
        let proof = try payload(luutru("ledger", "prove", "5", "--json"))
        let growth = try payload(luutru("ledger", "consistency", old, "--json"))
        let lines = try String(
            contentsOfFile: kho + "/stores/chinh/ledger/entries.jsonl", encoding: .utf8
        ).split(separator: "\n").map { String($0) }
        func head(_ note: String) -> [String: Any] {
            let lines = note.split(separator: "\n")
            return ["size": Int(lines[1]) ?? 0, "root": String(lines[2])]
        }
        let before = try String(contentsOfFile: old, encoding: .utf8)
        let now = try #require(proof["checkpoint"] as? String)
        return [
            "entries": lines, "index": 5, "inclusion": proof["path"] ?? [],
            "consistency": growth["path"] ?? [], "old": head(before), "new": head(now),
            "Vkey": proof["verifier"] ?? "", "Cp7": before, "Cp13": now,
            "Leaf5": try leaf(lines[5]), "Incl5": proof["path"] ?? [], "Cons": growth["path"] ?? [],
        ]
    }

    /// The leaf's hash, made by another program than ours.
    private func leaf(_ line: String) throws -> String {
        let file = folder.url.appending(path: "la")
        try Data([0] + Array(line.utf8)).write(to: file)
        let run = try Program.start(
            "/bin/bash", ["-c", "openssl dgst -sha256 -binary \"$0\" | base64", file.path])
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func `checkpoints and proofs verify in Go's sumdb, and a tampered root does not`() throws
    {
        let source = Program.root.deletingLastPathComponent().appending(
            path: "shared/peers/tlog_verify.go")
        let module = "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog"
        guard FileManager.default.fileExists(atPath: source.path) else {
            return print("not run: fixtures absent")
        }
        guard Program.isInstalled("go"), FileManager.default.fileExists(atPath: module) else {
            return print("not run: Go or its sumdb absent")
        }
        let file = folder.url.appending(path: "facts.json")
        try JSONSerialization.data(withJSONObject: facts()).write(to: file)
        try FileManager.default.copyItem(
            at: source, to: folder.url.appending(path: "tlog_verify.go"))
        let run = try Program.start(
            "/usr/bin/go", ["run", "tlog_verify.go", file.path],
            environment: [
                "GO111MODULE": "off", "GOPATH": "/usr/share/gocode",
                "GOCACHE": folder.url.path + "/go", "HOME": folder.url.path, "GOFLAGS": "",
            ], in: folder.url)
        let lines = run.output.split(separator: "\n")
        #expect(lines.contains("inclusion <nil>"), "\(run.output) \(run.errors)")
        #expect(lines.contains("consistency <nil>"), "\(run.output)")
        #expect(lines.contains { $0.hasPrefix("tampered") && !$0.contains("<nil>") })
    }

    @Test func `checkpoints and proofs verify in pymerkle, and a tampered root does not`() throws {
        guard let python = ProcessInfo.processInfo.environment["PEERS_PYTHON"],
            try Program.start(python, ["-c", "import pymerkle"]).status == 0
        else { return print("not run: pymerkle absent") }
        let script = Program.root.appending(path: "Tests/Peers/log.py").path
        let file = folder.url.appending(path: "facts.json")
        try JSONSerialization.data(withJSONObject: facts()).write(to: file)
        let run = try Program.start(python, [script, file.path])
        #expect(run.status == 0 && run.output == "PASS\n", "\(run.output) \(run.errors)")
    }
}
