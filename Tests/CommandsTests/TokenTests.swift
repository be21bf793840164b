import Foundation
import Rehearsal
import SystemPackage
import Testing

/// The seal's key on a real token, as a person uses it: SoftHSM2 behind libp11.
@Suite(.enabled(if: SoftToken.isInstalled)) struct TokenTests {
    private let token: SoftToken
    private let archive: String
    private static let agency = [
        "--agency", "UBND tỉnh Vĩnh Long", "--agency-code", "H61.12", "--fonds-code", "H61.12",
        "--fonds-name", "Phông",
    ]

    init() throws {
        token = try SoftToken()
        archive = token.path("kho")
    }

    private var withPIN: [String] { ["--pin-file", token.path("pin")] }

    private func run(_ arguments: [String]) throws -> Program.Run {
        try Program.run(arguments, environment: token.environment)
    }

    private func found(_ options: [String]? = nil, _ pin: [String]? = nil) throws -> Program.Run {
        try run(
            ["init", archive] + Self.agency + (options ?? token.options)
                + ["--certificate", token.certificate] + (pin ?? withPIN))
    }

    private func dossiers(_ count: Int) throws -> [String] {
        try (1...count).map {
            try token.folder.makeDossier("ho-so-\($0)", notation: "\($0).CĐS").string
        }
    }

    private func package(_ folders: [String]) throws -> Program.Run {
        try run(["package", "--archive", archive, "--json"] + withPIN + folders)
    }

    private func audit() throws -> Program.Run {
        try run(["audit", "run", "--archive", archive, "--json"])
    }

    private func files(ending: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: archive).filter {
            $0.hasSuffix(ending)
        }.map { archive + "/" + $0 }.sorted()
    }

    @Test func `a dossier sealed on a token verifies here and with openssl`() throws {
        #expect(try found().status == 0)
        #expect(!FileManager.default.fileExists(atPath: archive + "/keys/seal.key"))

        let run = try package(dossiers(2))

        #expect(run.status == 0, "\(run.errors)")
        #expect(try audit().status == 0)
        for seal in try files(ending: ".sums.p7s") {
            let sums = String(seal.dropLast(4))
            let judged = try Program.start(
                "/usr/bin/openssl",
                [
                    "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", seal,
                    "-content", sums, "-CAfile", token.certificate, "-purpose", "any", "-out",
                    "/dev/null",
                ])
            #expect(judged.status == 0, "\(judged.errors)")
        }
    }

    @Test func `the token's own certificate is taken where no file is given`() throws {
        let options = ["init", archive] + Self.agency + token.options + withPIN
        let without = try run(options)
        #expect(without.status == 12)
        #expect(without.errors.contains("LT-TOKEN-CERTIFICATE-MISSING"))

        try token.storeCertificate(SoftToken.key, id: "01")

        #expect(try run(options).status == 0)
        #expect(try package(dossiers(1)).status == 0)
    }

    @Test func `a wrong PIN is tried once and says what the token says`() throws {
        try token.folder.write("00000000\n", to: "wrong")
        try token.setMode("wrong", 0o600)

        let run = try found(nil, ["--pin-file", token.path("wrong")])

        #expect(run.status == 12)
        #expect(run.errors.contains("LT-TOKEN-PIN-WRONG"))
        #expect(run.errors.contains("tries left: few"))
        #expect(!run.errors.contains("00000000"))
        #expect(!FileManager.default.fileExists(atPath: archive))
        #expect(try found().status == 0)
    }

    @Test(arguments: [(0x40000, "LT-TOKEN-PIN-LOCKED"), (0x20000, "LT-TOKEN-PIN-FINAL-TRY")])
    func `no PIN is tried on a token that is locked, nor from a file at its last try`(
        flags: UInt64, code: String
    ) throws {
        try token.setFlags(flags)

        let run = try found()

        #expect(run.status == 12)
        #expect(run.errors.contains(code), "\(run.errors)")
    }

    @Test(arguments: [
        (["--pkcs11", "/etc/passwd", "--token", "t", "--key-label", "k"], "LT-TOKEN-MODULE"),
        (
            ["--pkcs11", "/lib/x86_64-linux-gnu/libc.so.6", "--token", "t", "--key-label", "k"],
            "LT-TOKEN-MODULE"
        ),
        (
            ["--pkcs11", SoftToken.module, "--token", "khác", "--key-label", "con-dau"],
            "LT-TOKEN-ABSENT"
        ),
        (
            ["--pkcs11", SoftToken.module, "--token", SoftToken.label, "--key-label", "khác"],
            "LT-TOKEN-KEY-MISSING"
        ),
    ])
    func `a module, token or key that is not there is told apart`(options: [String], code: String)
        throws
    {
        let run = try found(options)

        #expect(run.status == 12)
        #expect(run.errors.contains(code), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: archive))
    }

    @Test func `a certificate of another key is refused, at founding and later`() throws {
        try token.makeKey("khac", id: "02")
        let other = try run(
            ["init", archive] + Self.agency + token.options
                + ["--certificate", token.path("khac.crt")] + withPIN)
        #expect(other.status == 12)
        #expect(other.errors.contains("LT-KEY-CERTIFICATE-MISMATCH"))

        #expect(try found().status == 0)
        let yaml = try String(contentsOfFile: archive + "/luutru.yaml", encoding: .utf8)
        try yaml.replacing("sealKeyLabel: \"con-dau\"", with: "sealKeyLabel: \"khac\"").write(
            toFile: archive + "/luutru.yaml", atomically: false, encoding: .utf8)

        let run = try package(dossiers(1))

        #expect(run.status == 12)
        #expect(run.output.contains("LT-KEY-CERTIFICATE-MISMATCH"))
        #expect(try files(ending: ".tar").isEmpty)
    }

    @Test func `a PIN comes by descriptor or from a file of its owner alone`() throws {
        #expect(try found().status == 0)
        let folder = try dossiers(1)[0]
        let command = "exec \"$0\" package --archive \"$1\" --pin-fd 9 \"$2\" 9<\"$3\""
        let run = try Program.start(
            "/bin/sh", ["-c", command, Program.path, archive, folder, token.path("pin")],
            environment: token.environment)
        #expect(run.status == 0, "\(run.errors)")

        try token.setMode("pin", 0o640)
        let open = try package(dossiers(2))
        #expect(open.status == 12)
        #expect(open.output.contains("LT-TOKEN-PIN-FILE-OPEN"))
        let none = try self.run(["package", "--archive", archive] + dossiers(2))
        #expect(none.status == 12)
        #expect(none.errors.contains("LT-TOKEN-PIN-MISSING"))
    }

    @Test func `the key moves from a file to a token, to another token and back`() throws {
        let founded = try run(["init", archive] + Self.agency)
        #expect(founded.status == 0)
        #expect(try package([dossiers(1)[0]]).status == 0)
        let toToken = ["key", "rotate", "--archive", archive] + token.options
        let moved = try run(toToken + ["--certificate", token.certificate] + withPIN)
        #expect(moved.status == 0, "\(moved.errors)")
        #expect(!FileManager.default.fileExists(atPath: archive + "/keys/seal.key"))
        #expect(try package([dossiers(2)[1]]).status == 0)

        // Two PINs of one token: the old key's first, then the new one's.
        try token.makeKey("thu-hai", id: "02")
        try token.folder.write(SoftToken.pin + "\n" + SoftToken.pin + "\n", to: "pins")
        let command = "exec \"$0\" \"$@\" --pin-fd 9 9<\(token.path("pins"))"
        let second = try Program.start(
            "/bin/sh",
            [
                "-c", command, Program.path, "key", "rotate", "--archive", archive, "--pkcs11",
                SoftToken.module, "--token", SoftToken.label, "--key-label", "thu-hai",
                "--certificate", token.path("thu-hai.crt"),
            ], environment: token.environment)
        #expect(second.status == 0, "\(second.errors)")
        #expect(try package([dossiers(3)[2]]).status == 0)

        let back = try run(["key", "rotate", "--archive", archive] + withPIN)
        #expect(back.status == 0, "\(back.errors)")
        let yaml = try String(contentsOfFile: archive + "/luutru.yaml", encoding: .utf8)
        #expect(!yaml.contains("pkcs11"))
        #expect(try self.run(["package", "--archive", archive, dossiers(4)[3]]).status == 0)
        #expect(try audit().status == 0)
        let status = try run(["key", "status", "--archive", archive, "--json"])
        #expect(status.output.matches(of: /"sealed":1[,}]/).count == 4, "\(status.output)")
    }

    @Test func `a certificate under which no seal would be trusted is refused`() throws {
        let made = try Program.start(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-new", "-key", token.path("con-dau.key"), "-out",
                token.path("ca.crt"), "-days", "10", "-subj", "/CN=x", "-addext",
                "keyUsage=critical,digitalSignature,nonRepudiation",
            ])
        #expect(made.status == 0)

        let run = try run(
            ["init", archive] + Self.agency + token.options
                + ["--certificate", token.path("ca.crt")] + withPIN)

        #expect(run.status == 12)
        #expect(run.errors.contains("LT-KEY-CERTIFICATE-UNFIT"))
        #expect(!FileManager.default.fileExists(atPath: archive))
    }
}
