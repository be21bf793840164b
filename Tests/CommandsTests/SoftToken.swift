import Foundation
import Rehearsal
import SystemPackage

/// A token of SoftHSM2 in a folder of its own, with one elliptic key and its certificate.
struct SoftToken {
    static let module = "/usr/lib/softhsm/libsofthsm2.so"
    static let pin = "48151623"
    static let label = "luutru-thu"
    static let key = "con-dau"
    let folder: TestFolder

    /// Whether this machine has what the tests need; tells so where it has not.
    static var isInstalled: Bool {
        let isHere =
            FileManager.default.fileExists(atPath: module)
            && ["softhsm2-util", "pkcs11-tool", "openssl"].allSatisfy { Program.isInstalled($0) }
        if !isHere { print("not run: SoftHSM2 absent") }
        return isHere
    }

    init() throws {
        folder = try TestFolder()
        try folder.write(
            "directories.tokendir = \(tokens)\nobjectstore.backend = file\nlog.level = ERROR\n",
            to: "softhsm2.conf")
        try FileManager.default.createDirectory(
            atPath: tokens, withIntermediateDirectories: false)
        try tool(
            "softhsm2-util", "--init-token", "--free", "--label", Self.label, "--pin", Self.pin,
            "--so-pin", "87654321")
        try makeKey(Self.key, id: "01")
        try folder.write(Self.pin + "\n", to: "pin")
        try setMode("pin", 0o600)
    }

    var tokens: String { folder.path("tokens").string }
    var certificate: String { path(Self.key + ".crt") }
    var environment: [String: String] {
        ["SOFTHSM2_CONF": path("softhsm2.conf"), "LC_ALL": "en_US.UTF-8"]
    }
    /// The options that name this key.
    var options: [String] {
        ["--pkcs11", Self.module, "--token", Self.label, "--key-label", Self.key]
    }

    func path(_ name: String) -> String { folder.path(name).string }

    func setMode(_ name: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
    }

    /// Makes a key outside with its certificate, and puts the key on the token.
    func makeKey(_ label: String, id: String) throws {
        try tool(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-keyout", path(label + ".key"), "-out", path(label + ".crt"), "-days",
            "3650",
            "-subj", "/C=VN/O=UBND/CN=" + label, "-addext",
            "keyUsage=critical,digitalSignature,nonRepudiation", "-addext",
            "basicConstraints=critical,CA:FALSE")
        try tool(
            "softhsm2-util", "--import", path(label + ".key"), "--token", Self.label, "--label",
            label, "--id", id, "--pin", Self.pin)
    }

    /// Puts the certificate on the token beside its key.
    func storeCertificate(_ label: String, id: String) throws {
        try tool(
            "openssl", "x509", "-in", path(label + ".crt"), "-outform", "DER", "-out",
            path(label + ".der"))
        try tool(
            "pkcs11-tool", "--module", Self.module, "--token-label", Self.label, "--login", "--pin",
            Self.pin, "--write-object", path(label + ".der"), "--type", "cert", "--label", label,
            "--id", id)
    }

    /// Sets flags that the token says of itself, in SoftHSM2's own file (PKCS#11 §3.2, CK_TOKEN_INFO).
    func setFlags(_ flags: UInt64) throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: tokens)
        for name in names where name.hasSuffix("token.object") {
            let url = URL(filePath: tokens + "/" + name)
            var bytes = [UInt8](try Data(contentsOf: url))
            let usual = Self.bytes(0x42D)
            for index in 0...(bytes.count - 8) where Array(bytes[index..<(index + 8)]) == usual {
                bytes.replaceSubrange(index..<(index + 8), with: Self.bytes(0x42D | flags))
                break
            }
            try Data(bytes).write(to: url)
        }
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    /// Runs the program with this token within reach.
    func run(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments, environment: environment)
    }

    private struct ToolFailure: Error { let output: String }

    private func tool(_ name: String, _ arguments: String...) throws {
        let run = try Program.start("/usr/bin/" + name, arguments, environment: environment)
        guard run.status == 0 else { throw ToolFailure(output: run.output + run.errors) }
    }
}
