import Foundation
import Glibc
import Rehearsal
import SystemPackage
import Testing

/// The token, or the process in which its module runs, goes away in the middle of a run.
@Suite(.enabled(if: SoftToken.isInstalled), .serialized) struct TokenLossTests {
    private let token: SoftToken
    private let archive: String

    init() throws {
        token = try SoftToken()
        archive = token.path("kho")
        let founded = try Program.run(
            [
                "init", archive, "--agency", "UBND", "--agency-code", "H61.12", "--fonds-code",
                "H61.12", "--fonds-name", "Phông", "--certificate", token.certificate,
                "--pin-file", token.path("pin"),
            ] + token.options, environment: token.environment)
        try #require(founded.status == 0, "\(founded.errors)")
    }

    /// A run of `package` over many dossiers, at whose first archived one something happens.
    private func package(
        _ count: Int, atFirst happen: (Process) throws -> Void
    ) throws -> (status: Int32, output: String, errors: String) {
        let folders = try (1...count).map {
            try token.folder.makeDossier("ho-so-\($0)", notation: "\($0).CĐS").string
        }
        let process = Process()
        process.executableURL = URL(filePath: Program.path)
        process.arguments =
            ["package", "--archive", archive, "--json", "--pin-file", token.path("pin")] + folders
        process.environment = token.environment
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var text = output.fileHandleForReading.availableData
        try happen(process)
        text += try output.fileHandleForReading.readToEnd() ?? Data()
        let noted = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: text, as: UTF8.self),
            String(decoding: noted, as: UTF8.self)
        )
    }

    /// The process of the module: the child of the program that is called for it.
    private func moduleProcess(of process: Process) throws -> pid_t {
        let names = try FileManager.default.contentsOfDirectory(atPath: "/proc")
        for number in names.compactMap({ pid_t($0) }) {
            let line = (try? Data(contentsOf: URL(filePath: "/proc/\(number)/cmdline"))) ?? Data()
            guard String(decoding: line, as: UTF8.self).contains("token-module") else { continue }
            let status =
                (try? String(contentsOfFile: "/proc/\(number)/status", encoding: .utf8)) ?? ""
            if status.contains("PPid:\t\(process.processIdentifier)\n") { return number }
        }
        throw Absent()
    }

    private struct Absent: Error {}

    private func kinds(_ output: String) -> [String] {
        output.split(separator: "\n").compactMap { line in
            let object = try? JSONSerialization.jsonObject(with: Data(line.utf8))
            return (object as? [String: Any])?["kind"] as? String
        }
    }

    private func expectNothingHalf(archived: Int) throws {
        let audit = try Program.run(
            ["audit", "run", "--archive", archive, "--json"], environment: token.environment)
        #expect(audit.status == 0, "\(audit.output)")
        #expect(audit.output.contains("\"checked\":\(archived),"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: archive + "/work").isEmpty)
    }

    @Test func `the process killed in mid-run leaves what was archived, and the rest waits`() throws
    {
        let run = try package(12) { process in
            let number = try moduleProcess(of: process)
            #expect(kill(number, SIGKILL) == 0)
        }

        let kinds = kinds(run.output)
        let archived = kinds.count { $0 == "packaged" }
        #expect(run.status == 12)
        #expect(run.output.contains("LT-TOKEN-CRASHED"))
        #expect(archived >= 1 && archived < 12)
        #expect(kinds.count { $0 == "waiting" } == 12 - archived)
        try expectNothingHalf(archived: archived)
    }

    @Test func `a token pulled out in mid-run leaves what was archived, and the rest waits`() throws
    {
        let run = try package(12) { _ in
            try FileManager.default.moveItem(atPath: token.tokens, toPath: token.tokens + "-away")
        }

        let kinds = kinds(run.output)
        let archived = kinds.count { $0 == "packaged" }
        #expect(run.status == 12, "\(run.output)")
        #expect(archived >= 1 && archived < 12)
        #expect(kinds.count { $0 == "waiting" } == 12 - archived)
        try FileManager.default.moveItem(atPath: token.tokens + "-away", toPath: token.tokens)
        try expectNothingHalf(archived: archived)
        let again = try Program.run(
            ["package", "--archive", archive, "--pin-file", token.path("pin"), "--json"]
                + [token.path("ho-so-12")], environment: token.environment)
        #expect(again.status == 0, "\(again.output)")
    }

    @Test func `the PIN stands in no command line, environment or output`() throws {
        var seen = Data()
        let run = try package(3) { process in
            for number in [try moduleProcess(of: process), process.processIdentifier] {
                for name in ["cmdline", "environ"] {
                    seen += try Data(contentsOf: URL(filePath: "/proc/\(number)/\(name)"))
                }
            }
        }

        #expect(run.status == 0)
        #expect(seen.range(of: Data("token-module".utf8)) != nil)
        #expect(seen.range(of: Data("SOFTHSM2_CONF".utf8)) != nil)
        #expect(seen.range(of: Data(SoftToken.pin.utf8)) == nil)
        #expect(!(run.output + run.errors).contains(SoftToken.pin))
        let kept = try FileManager.default.subpathsOfDirectory(atPath: archive)
        for name in kept where !name.hasSuffix(".tar") {
            let bytes = (try? Data(contentsOf: URL(filePath: archive + "/" + name))) ?? Data()
            #expect(bytes.range(of: Data(SoftToken.pin.utf8)) == nil, "\(name)")
        }
    }
}
