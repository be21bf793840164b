import Foundation
import Rehearsal
import SystemPackage
import Testing

/// The watch as a service manager and cron run it.
@Suite struct WatchCommandTests {
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = try folder.makeArchive().string
        let dossier = try folder.makeDossier().string
        #expect(try luutru("package", dossier).status == 0)
    }

    private func luutru(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
    }

    private func configure(_ lines: String) throws {
        let path = URL(filePath: kho + "/luutru.yaml")
        let text = try String(contentsOf: path, encoding: .utf8)
        try Data((text + lines).utf8).write(to: path)
    }

    @Test func `once does what is due and ends`() throws {
        let first = try luutru("watch", "--once", "--json")
        #expect(first.status == 0, "\(first.output) \(first.errors)")
        let payload = try #require(first.json.first?["payload"] as? [String: Any])
        #expect(payload["duty"] as? String == "audit" && payload["status"] as? Int == 0)
        // What was audited today is not due again.
        #expect(try luutru("watch", "--once", "--json").output.isEmpty)
        #expect(try luutru("status", "--check").status == 0)
        let nowhere = try Program.run(["watch", "--archive", folder.url.path + "/khong"])
        #expect(nowhere.status == 10)
    }

    /// Starts the watch; its lines go to a file.
    private func start(_ output: URL) throws -> Process {
        try Data().write(to: output)
        let process = Process()
        process.executableURL = URL(filePath: Program.path)
        process.arguments = ["watch", "--json"]
        process.environment = ["PATH": "/usr/bin:/bin", "LUUTRU_ARCHIVE": kho]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func wait(_ seconds: Double, until isSo: () throws -> Bool) throws -> Bool {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if try isSo() { return true }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return try isSo()
    }

    private func text(_ file: URL) throws -> String {
        String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a stop between rounds ends it at once`(signal: Int32) throws {
        let output = folder.url.appending(path: "log")
        let process = try start(output)
        #expect(try wait(20) { try text(output).contains("\"duty\":\"audit\"") })
        let began = Date()
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        #expect(Date().timeIntervalSince(began) < 2)
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
        #expect(try text(output).contains("watch ends"))
    }

    @Test func `a stop in the middle of an audit saves what was read, and it is gone on with`()
        throws
    {
        // A rate so low that the audit would take minutes, and more than is read before it waits.
        for number in 1...4 {
            let name = "lon-\(number)"
            let dossier = try folder.makeDossier(name, notation: "1\(number).CĐS")
            let text = String(repeating: "x", count: 12_000_000)
            try folder.write(text, to: name + "/Văn bản 1.txt")
            #expect(try luutru("package", dossier.string).status == 0)
        }
        try configure("audit:\n  rate: 100K\n")
        let output = folder.url.appending(path: "log")
        let process = try start(output)
        let run = kho + "/audit/chinh.run"
        let isReading = try wait(60) {
            guard FileManager.default.fileExists(atPath: run) else { return false }
            return try text(URL(filePath: run)).split(separator: "\n").count >= 2
        }
        #expect(isReading)
        // Small files and the first pieces of large ones are read at once; then it waits.
        Thread.sleep(forTimeInterval: 3)
        let began = Date()
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        #expect(Date().timeIntervalSince(began) < 2)
        #expect(process.terminationStatus == 0)
        #expect(!FileManager.default.fileExists(atPath: run))
        let lines = try Program.Run(status: 0, output: text(output), errors: "").json
        let audit = lines.compactMap { $0["payload"] as? [String: Any] }.first {
            $0["duty"] as? String == "audit"
        }
        #expect(audit?["status"] as? Int == 130)
        try configure("")
        let path = URL(filePath: kho + "/luutru.yaml")
        let configuration = try text(path).replacing("rate: 100K", with: "rate: 1G")
        try Data(configuration.utf8).write(to: path)
        let again = try luutru("watch", "--once", "--json")
        #expect(again.status == 0, "\(again.output)")
        let facts =
            (again.json.first?["payload"] as? [String: Any])?["facts"] as? [String: Any]
        // Five dossiers; those that were read whole before the stop are not read again.
        let checked = try #require(facts?["checked"] as? Int)
        #expect(checked < 5)
        let plan = try luutru("audit", "plan", "--json")
        let due = (plan.json.first?["payload"] as? [String: Any])?["due"] as? Int
        #expect(plan.status == 0 && due == 0, "\(plan.output)")
    }

    @Test func `the units of systemd are in order`() throws {
        guard Program.isInstalled("systemd-analyze") else {
            return print("not run: systemd absent")
        }
        let units = Program.root.appending(path: "packaging/systemd")
        for name in try FileManager.default.contentsOfDirectory(atPath: units.path) {
            let text = try String(contentsOf: units.appending(path: name), encoding: .utf8)
            // The program stands elsewhere here than on a machine where it was installed.
            try folder.write(
                text.replacing("/usr/local/bin/luutru", with: Program.path), to: "units/" + name)
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: units.path) {
            let run = try Program.start(
                "/usr/bin/systemd-analyze", ["verify", folder.url.path + "/units/" + name])
            #expect(run.status == 0 && run.errors.isEmpty, "\(name): \(run.errors)")
        }
    }
}
