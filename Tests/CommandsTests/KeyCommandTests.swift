import Foundation
import Rehearsal
import SystemPackage
import Testing

/// `luutru key …` as a person types it.
@Suite struct KeyCommandTests {
    private let folder: TestFolder
    private let archive: String

    init() throws {
        folder = try TestFolder()
        archive = folder.path("kho").string
        let founded = try Program.run([
            "init", archive, "--agency", "UBND", "--agency-code", "H61.12", "--fonds-code",
            "H61.12", "--fonds-name", "Phông",
        ])
        try #require(founded.status == 0)
        try #require(try luutru("package", dossier(1)).status == 0)
    }

    private func dossier(_ number: Int) throws -> String {
        try folder.makeDossier("ho-so-\(number)", notation: "\(number).CĐS").string
    }

    private func luutru(_ arguments: String...) throws -> Program.Run {
        try Program.run(
            arguments, environment: ["LUUTRU_ARCHIVE": archive, "LC_ALL": "en_US.UTF-8"])
    }

    private func now() -> String {
        ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: -5))
    }

    @Test func `a stolen key is revoked, changed and its seals are mended`() throws {
        #expect(try luutru("key", "status").status == 0)
        let revoked = try luutru("key", "revoke", "--since", now(), "--reason", "Mất máy")
        #expect(revoked.status == 5)
        #expect(revoked.output.contains("void seals: 1"))
        #expect(try luutru("verify", "H61.12.2024.1.CĐS").status == 5)
        #expect(try luutru("audit", "run").status == 5)
        #expect(try luutru("package", dossier(2)).status == 12)
        #expect(try luutru("key", "reseal", "--all", "--reason", "x").status == 12)
        let standing = try luutru("status")
        #expect(standing.status == 1 && standing.output.contains("SEALING KEY IS REVOKED"))
        func sheet() throws -> String {
            try String(contentsOfFile: archive + "/key-sheet.txt", encoding: .utf8)
        }
        #expect(try sheet().contains("REVOKED"))

        let rotated = try luutru("key", "rotate", "--use", "seal")
        #expect(rotated.status == 0 && rotated.output.contains("Not signed by the old key"))
        #expect(try sheet().contains("REVOKED"))
        #expect(try luutru("status", "--check", "--json").output.contains("void-seals"))
        // Which of two keys is stolen is never guessed.
        let unnamed = try luutru("key", "revoke", "--since", now(), "--reason", "x")
        #expect(unnamed.status == 64 && unnamed.errors.contains("LT-KEY-SEVERAL"))
        #expect(unnamed.errors.contains("has had 2 keys"), "\(unnamed.errors)")
        let status = try luutru("key", "status")
        #expect(status.status == 5)
        #expect(status.output.contains("LT-SEAL-KEY-REVOKED"))
        #expect(try luutru("key", "reseal", "--all", "--reason", "Lộ khóa").status == 0)

        #expect(try luutru("verify", "H61.12.2024.1.CĐS").status == 0)
        #expect(try luutru("audit", "run").status == 0)
        #expect(try luutru("key", "status").status == 0)
        #expect(try luutru("key", "reseal", "--all", "--reason", "x").output.isEmpty)
        #expect(try luutru("package", dossier(2)).status == 0)
        #expect(try luutru("catalog", "check").status == 0)
    }

    @Test func `every line of the commands is of a documented kind`() throws {
        let documented = try String(
            contentsOf: Program.root.appending(path: "docs/json.md"), encoding: .utf8)
        let runs = try [
            luutru("key", "revoke", "--since", now(), "--reason", "x", "--json"),
            luutru("package", "--json", dossier(2)),
            luutru("key", "rotate", "--json", "--key-type", "rsa3072"),
            luutru("key", "reseal", "--all", "--reason", "x", "--json"),
            luutru("key", "status", "--json"),
            luutru("key", "rotate", "--use", "ledger", "--json"),
            luutru("key", "status", "--use", "ledger", "--json"),
        ]
        var kinds: Set<String> = []
        for object in runs.flatMap(\.json) {
            let kind = try #require(object["kind"] as? String)
            let row = try #require(
                documented.split(separator: "\n").first { $0.hasPrefix("| `\(kind)` |") })
            let payload = try #require(object["payload"] as? [String: Any])
            for key in payload.keys { #expect(row.contains("`\(key)`"), "\(kind).\(key)") }
            kinds.insert(kind)
        }
        #expect(
            kinds == ["keyRevoked", "error", "keyRotated", "resealed", "keyStatus", "ledgerKeys"])
    }

    @Test func `the ledger's key is changed, and the old one revoked`() throws {
        let keys = try luutru("key", "status", "--use", "ledger", "--json").json
        let payload = try #require(keys.first?["payload"] as? [String: Any])
        let shown = try #require((payload["keys"] as? [[String: Any]])?.first)
        let old = try #require(shown["fingerprint"] as? String)
        func revoke() throws -> Program.Run {
            try luutru(
                "key", "revoke", "--use", "ledger", "--fingerprint", old, "--since", now(),
                "--reason", "Mất máy")
        }
        let inUse = try revoke()
        #expect(inUse.status == 64 && inUse.errors.contains("LT-KEY-LEDGER-IN-USE"))
        #expect(try luutru("key", "rotate", "--use", "ledger", "--old-key-lost").status == 64)

        let rotated = try luutru("key", "rotate", "--use", "ledger")
        #expect(rotated.status == 0 && rotated.output.contains(old))
        let revoked = try revoke()
        #expect(revoked.status == 0 && revoked.output.contains("REVOKED"))
        #expect(!revoked.output.contains("void seals"))

        let status = try luutru("key", "status", "--use", "ledger").output
        #expect(status.contains("SIGNS THE LEDGER NOW") && status.contains("Mất máy"))
        #expect(try luutru("ledger", "verify").status == 0)
        #expect(try luutru("audit", "run").status == 0)
        #expect(try luutru("key", "status").status == 0)
    }

    @Test func `nothing is sealed while a record of revoked keys is gone`() throws {
        let revoked = try luutru(
            "key", "revoke", "--use", "seal", "--since", now(), "--reason", "Mất máy")
        #expect(revoked.status == 0 || revoked.status == 5)
        #expect(try luutru("key", "rotate", "--old-key-lost").status == 0)
        let file = archive + "/stores/chinh/policy/revocation-0001.json"
        let bytes = try Data(contentsOf: URL(filePath: file))
        try FileManager.default.removeItem(atPath: file)
        let refused = try luutru("key", "reseal", "--all", "--reason", "Lộ khóa")
        #expect(refused.status == 12 && refused.errors.contains("policy/revocation-0001.json"))
        try bytes.write(to: URL(filePath: file))
        #expect(try luutru("key", "reseal", "--all", "--reason", "Lộ khóa").status == 0)
    }

    @Test func `the announcement of a new key is verified with openssl alone`() throws {
        guard Program.isInstalled("openssl") else { return print("not run: openssl absent") }
        #expect(try luutru("key", "rotate").status == 0)
        let policy = archive + "/stores/chinh/policy/"

        let run = try Program.start(
            "/usr/bin/openssl",
            [
                "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in",
                policy + "seal-0002.crt.p7s", "-content", policy + "seal-0002.crt", "-CAfile",
                policy + "seal-0001.crt", "-purpose", "any", "-out", "/dev/null",
            ])

        #expect(run.status == 0, "\(run.errors)")
    }

    @Test func `what leaves knows of revoked keys, and what comes back still does`() throws {
        #expect(try luutru("key", "revoke", "--since", now(), "--reason", "x").status == 5)
        let export = folder.path("xuat").string
        #expect(try luutru("export", "--all", "-o", export).status == 0)
        #expect(try Program.run(["verify", export]).status == 5)

        #expect(try luutru("key", "rotate").status == 0)
        #expect(try luutru("key", "reseal", "--all", "--reason", "x").status == 0)
        for form in ["ocfl", "folders"] {
            let mended = folder.path("xuat-" + form).string
            let out = try luutru("export", "--all", "-o", mended, "--form", form)
            #expect(out.status == 0)
            #expect(try Program.run(["verify", mended]).status == 0, "\(form)")
        }
        let fresh = folder.path("kho-moi").string
        let founded = try Program.run([
            "init", fresh, "--agency", "UBND", "--agency-code", "H61.12", "--fonds-code", "H61.12",
            "--fonds-name", "Phông",
        ])
        #expect(founded.status == 0)
        let taken = try Program.run(["import", folder.path("xuat-ocfl").string, "--archive", fresh])
        #expect(taken.status == 0, "\(taken.errors)")
        let status = try Program.run(["key", "status", "--archive", fresh, "--json"])
        #expect(status.output.contains("\"revokedSince\":\"2"))
        #expect(try Program.run(["audit", "run", "--archive", fresh]).status == 0)
    }

    @Test(arguments: [
        ["key", "rotate", "--key", "/none"], ["key", "rotate", "--certificate", "/none"],
        ["key", "rotate", "--pkcs11", "/m.so"], ["key", "reseal", "--reason", "x"],
        ["key", "reseal", "x", "--all", "--reason", "x"],
        ["key", "rotate", "--use", "ledger", "--key", "k.pem"],
        [
            "key", "revoke", "--since", "2020-01-01T00:00:00Z", "--reason", "x", "--fingerprint",
            "ffffffff",
        ],
        ["package", "--pin-file", "a", "--pin-fd", "9", "x"],
        ["package", "--pin-fd", "99", "x"],
    ])
    func `what makes no sense is usage`(arguments: [String]) throws {
        let run = try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": archive])
        #expect(run.status == 64, "\(run.errors)")
    }

    @Test(arguments: [
        ("sealKey: hsm", 9), ("sealKey: pkcs11", 9), ("sealToken: t", 9),
        ("sealKey: pkcs11\nsealModule: m.so\nsealToken: t\nsealKeyLabel: k", 10),
        ("sealKey: software\nsealModule: /m.so", 10),
        ("sealModules: /m.so", 9),
    ])
    func `a wrong word about the token is named with its line`(text: String, line: Int) throws {
        let file = archive + "/luutru.yaml"
        let yaml = try String(contentsOfFile: file, encoding: .utf8)
        try (yaml + text + "\n").write(toFile: file, atomically: false, encoding: .utf8)

        let run = try luutru("status")

        #expect(run.status == 64)
        #expect(run.errors.contains("\(line)"), "\(run.errors)")
        #expect(run.errors.contains("LT-ARCHIVE-CONFIGURATION"))
    }
}
