import Foundation
import Testing

/// Independent tools judge the bundles of the examples (`Tests/Peers`).
@Suite struct PeersTests {
    @Test func `independent tools accept every bundle`() throws {
        guard let python = ProcessInfo.processInfo.environment["PEERS_PYTHON"],
            FileManager.default.isExecutableFile(atPath: python)
        else { return print("not run: PEERS_PYTHON absent") }
        let script = Program.root.appending(path: "Tests/Peers/run.sh").path
        let run = try Program.start("/bin/bash", [script, Program.path, python])
        print(
            run.output.split(separator: "\n").filter { !$0.hasPrefix("passed") }.joined(
                separator: "\n"))
        #expect(run.status == 0, "\(run.output) \(run.errors)")
    }

    @Test func `a proof is verified in a bare Debian`() throws {
        let script = Program.root.appending(path: "Tests/Peers/bare_debian.sh").path
        let run = try Program.start("/bin/bash", [script, Program.path])
        print(
            run.output.split(separator: "\n").filter { !$0.hasPrefix("passed") }.joined(
                separator: "\n"))
        #expect(run.status == 0 || run.status == 77, "\(run.output) \(run.errors)")
    }
}
