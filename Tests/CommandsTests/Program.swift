import Foundation
import Rehearsal

/// The built program, run as a user runs it.
struct Program {
    /// What a run gave.
    struct Run {
        let status: Int32
        let output: String
        let errors: String
        /// The lines of standard output as JSON objects.
        var json: [[String: Any]] {
            output.split(separator: "\n").compactMap {
                try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            }
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The program beside the test runner.
    static var path: String {
        let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "luutru").path
        return FileManager.default.isExecutableFile(atPath: beside)
            ? beside : root.appending(path: ".build/debug/luutru").path
    }

    static var examples: URL { root.appending(path: "docs/examples") }

    /// Runs the program.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Run {
        try start(path, arguments, environment: environment)
    }

    /// Runs any program with an environment of its own; its output is collected in files, which never fill up.
    static func start(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        in folder: URL? = nil
    ) throws -> Run {
        let place = try TestFolder()
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        var variables = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
        variables.merge(environment) { _, new in new }
        process.environment = variables
        process.currentDirectoryURL = folder ?? place.url
        process.standardInput = FileHandle.nullDevice
        let files = try ["output", "errors"].map { name in
            let url = place.url.appending(path: name)
            try Data().write(to: url)
            return (url, try FileHandle(forWritingTo: url))
        }
        process.standardOutput = files[0].1
        process.standardError = files[1].1
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { String(decoding: try Data(contentsOf: $0.0), as: UTF8.self) }
        let status =
            process.terminationReason == .exit
            ? process.terminationStatus : 128 + process.terminationStatus
        return Run(status: status, output: texts[0], errors: texts[1])
    }

    /// Whether a program is installed.
    static func isInstalled(_ name: String) -> Bool {
        ["/usr/bin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + name) }
    }
}
