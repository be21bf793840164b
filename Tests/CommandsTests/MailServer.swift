import Foundation
import Rehearsal

/// A real SMTP server of a package on loopback, ended with its last reference.
final class MailServer {
    private let process: Companion
    private let folder: TestFolder
    let port: Int

    /// Nil when the package is not installed.
    init?(_ folder: TestFolder, certificate: String? = nil, key: String? = nil) throws {
        self.folder = folder
        guard let python = ProcessInfo.processInfo.environment["PEERS_PYTHON"],
            try Program.start(python, ["-c", "import aiosmtpd"]).status == 0
        else { return nil }
        let script = Program.root.appending(path: "Tests/Peers/mail_server.py").path
        let output = Pipe()
        process = try Companion(
            [python, script, folder.url.path] + [certificate, key].compactMap { $0 },
            in: folder.url, output: output)
        var line = Data()
        while !line.contains(0x0A) {
            let piece = output.fileHandleForReading.availableData
            guard !piece.isEmpty else { return nil }
            line += piece
        }
        guard let port = Int(String(decoding: line.prefix { $0 != 0x0A }, as: UTF8.self)) else {
            return nil
        }
        self.port = port
    }

    /// The mails it took, the first one first.
    var mails: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
                .filter { $0.hasSuffix(".eml") }.sorted()
                .map { try String(contentsOf: folder.url.appending(path: $0), encoding: .utf8) }
        }
    }
}
