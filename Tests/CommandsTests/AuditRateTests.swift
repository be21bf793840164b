import Foundation
import Rehearsal
import SystemPackage
import Testing

/// An audit reads no faster than it was told to, however low the rate is.
@Suite struct AuditRateTests {
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = try folder.makeArchive().string
        let run = try luutru("package", folder.makeDossier().string)
        #expect(run.status == 0, "\(run.output) \(run.errors)")
    }

    private func luutru(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
    }

    private func bytes(_ run: Program.Run) throws -> Int {
        let payload = try #require(run.json.last?["payload"] as? [String: Any])
        return try #require(payload["bytes"] as? Int)
    }

    @Test func `a low rate is kept to, by the option and by the configuration`() throws {
        let all = try bytes(luutru("audit", "run", "--json"))
        // A second for a sixth of it: all of it takes six, and not a moment for each piece.
        let rate = String(all / 6)

        let asked = Date()
        let one = try luutru("audit", "run", "--rate", rate, "--json")
        let time = Date().timeIntervalSince(asked)
        let file = URL(filePath: kho + "/luutru.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try Data((text + "audit:\n  rate: \(rate)\n").utf8).write(to: file)
        let configured = Date()
        let two = try luutru("audit", "run", "--json")
        let configuredTime = Date().timeIntervalSince(configured)

        #expect([one, two].map(\.status) == [0, 0], "\(one) \(two)")
        #expect(try [one, two].map { try bytes($0) } == [all, all])
        #expect(time > 4, "\(time)")
        #expect(configuredTime > 4, "\(configuredTime)")
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a stop is heard while it waits`(signal: Int32) throws {
        let process = Process()
        process.executableURL = URL(filePath: Program.path)
        process.arguments = ["audit", "run", "--rate", "1"]
        process.environment = ["PATH": "/usr/bin:/bin", "LUUTRU_ARCHIVE": kho]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: 4)
        #expect(process.isRunning)

        let asked = Date()
        kill(process.processIdentifier, signal)
        process.waitUntilExit()

        #expect(Date().timeIntervalSince(asked) < 2)
        #expect(process.terminationReason == .exit && process.terminationStatus == 130)
        let again = try luutru("audit", "run", "--resume")
        #expect(again.status == 0, "\(again.output) \(again.errors)")
    }
}
