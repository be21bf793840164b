import Foundation
import Rehearsal
import Testing

/// Every command that the READMEs show is run, in order, and must end as they say.
@Suite struct DocumentedExamplesTests {
    @Test(arguments: ["README.md", "README.vi.md"])
    func `the commands of the tour work`(name: String) throws {
        let text = try String(contentsOf: Program.root.appending(path: name), encoding: .utf8)
        let home = try TestFolder()
        var script = ["set -u"]
        var commands = 0
        var isConsole = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") { isConsole = line == "```console" }
            guard isConsole, line.hasPrefix("$ ") else { continue }
            let status = line.contains("# exit 1") ? 1 : 0
            script.append(String(line.dropFirst(2)))
            script.append("[ $? = \(status) ] || { echo 'FAILED: \(commands)'; exit 99; }")
            commands += 1
        }
        #expect(commands >= 8)
        let bin = (Program.path as NSString).deletingLastPathComponent
        let run = try Program.start(
            "/bin/bash", ["-c", script.joined(separator: "\n")],
            environment: ["HOME": home.url.path, "PATH": bin + ":/usr/bin:/bin"], in: Program.root)
        #expect(run.status == 0, "\(run.output) \(run.errors)")
    }
}
