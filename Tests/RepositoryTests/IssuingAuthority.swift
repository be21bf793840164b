import Foundation
import Rehearsal
import SystemPackage

/// A certification authority with a time-stamp service, lists at an address and a responder, all of the openssl program.
///
/// One certificate names a list, one a responder, one both, one neither, and one has an authority between itself and the root.
final class IssuingAuthority {
    private static let port = "cong.txt"
    private static let environment = ["TZ": "UTC"]
    private let folder: URL
    private var server: Companion?
    private var responder: Companion?
    private(set) var url = ""
    private var secondPort = ""
    /// The root that its tokens lead to.
    var roots: String { folder.appending(path: "root.pem").path }

    init?(in test: TestFolder) throws {
        folder = URL(filePath: test.path("ca").string)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write("01\n", "tsaserial")
        try write(IssuingScript.server, "server.py")
        server = try Companion(
            ["python3", "server.py"], in: folder, environment: Self.environment)
        for _ in 0..<200 where url.isEmpty {
            Thread.sleep(forTimeInterval: 0.05)
            let file = folder.appending(path: Self.port)
            let ports = try? String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            if let ports, ports.count == 2 {
                url = "http://127.0.0.1:\(ports[0])/"
                secondPort = String(ports[1])
            }
        }
        guard !url.isEmpty, try prepare() else {
            print("not run: python3, faketime or openssl absent")
            return nil
        }
        try answer()
    }

    /// How lists and answers are given from now on.
    func answer(list: String = "good", response: String = "good") throws {
        try write("\(list) \(response)", "how.txt")
        try? FileManager.default.removeItem(at: folder.appending(path: "asked.txt"))
    }

    /// What was asked for since then: `list` or `ocsp`, in order.
    var asked: [String] {
        let text = try? String(
            contentsOf: folder.appending(path: "asked.txt"), encoding: .utf8)
        return (text ?? "").split(separator: "\n").map { String($0) }
    }

    /// A list as the server gives it, as a file in PEM; its path.
    func listFile(_ kind: String, at second: Int64) throws -> String {
        let name = "tep-\(kind).pem"
        guard
            try run("python3 server.py \(kind) \(second) && cp list.pem \(name)") == 0
        else { throw CocoaError(.fileNoSuchFile) }
        return folder.appending(path: name).path
    }

    /// Starts the responder of the openssl program at an hour; `ported` names its address.
    func startResponder(at second: Int64) throws {
        let words =
            "faketime -f '@\(Self.date(second))' openssl ocsp -port \(secondPort) -index good"
            + " -CA root.pem -rsigner ocsp.pem -rkey leaf.key -ndays 1 -ignore_err >responder.txt 2>&1"
        responder = try Companion(
            ["sh", "-c", words], in: folder, environment: Self.environment)
        // A connection that asks nothing would hang it, so its own word is waited for.
        for _ in 0..<100 where try run("grep -q waiting responder.txt") != 0 {
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    /// Runs a shell's words where the authority's files are; the status.
    func run(_ words: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", words]
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(Self.environment) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    private static func date(_ second: Int64) -> String {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withFullDate, .withTime, .withColonSeparatorInTime]
        formatter.formatOptions.insert(.withSpaceBetweenDateAndTime)
        return formatter.string(from: Date(timeIntervalSince1970: TimeInterval(second)))
    }

    /// Roots, an authority below, a responder, and the certificates of the service.
    private func prepare() throws -> Bool {
        try write(IssuingScript.configuration(url, secondPort), "c.cnf")
        for (name, letter) in [("good", "V\t301231235959Z\t"), ("revoked", Self.revoked)] {
            let lines = (2...9).map { "\(letter)\t0\($0)\tunknown\t/CN=\($0)\n" }
            try write(lines.joined(), name)
        }
        let key = "openssl req -config c.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        var steps = ["which faketime python3"]
        for root in ["root", "other"] {
            steps.append(
                "\(key) -x509 -keyout \(root).key -out \(root).pem -days 3000 -extensions root"
                    + " -subj /CN=\(root)")
        }
        for name in ["leaf", "sub"] {
            steps.append("\(key) -new -keyout \(name).key -out \(name).csr -subj /CN=\(name)")
        }
        for (number, name) in IssuingScript.certificates.enumerated() {
            let (issuer, request) = (name == "deep" ? "sub" : "root", name == "sub" ? name : "leaf")
            steps.append(
                "openssl x509 -req -in \(request).csr -CA \(issuer).pem -CAkey \(issuer).key"
                    + " -set_serial \(number + 2) -days 2000 -extfile c.cnf -extensions \(name)"
                    + " -out \(name).pem")
        }
        steps.append("cat sub.pem root.pem > chain.pem")
        let whole = steps.joined(separator: " && ")
        try write("set -e\n" + whole + "\n", "prepare.sh")
        return try run("faketime -f '@2026-01-01 00:00:00' sh prepare.sh") == 0
    }

    private static let revoked = "R\t301231235959Z\t261120000000Z,keyCompromise"
}
