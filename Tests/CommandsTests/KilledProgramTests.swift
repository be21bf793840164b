import Foundation
import Rehearsal
import SystemPackage
import Testing

/// The real program, killed or failed by the kernel at its own calls (`docs/design.md` §5).
@Suite(.serialized) struct KilledProgramTests {
    private static let calls = ["pwrite64", "fsync", "rename", "mkdir", "write", "unlink"]

    @Test(arguments: ["signal=KILL", "error=ENOSPC", "error=EIO"])
    func `package leaves before or after at every call`(fault: String) throws {
        guard Program.isInstalled("strace") else { return print("not run: strace absent") }
        let folder = try TestFolder()
        let template = try folder.makeArchive().string
        let dossier = try folder.makeDossier().string
        var injected = 0
        for call in Self.calls {
            var number = 1
            while number < 400 {
                let kho = folder.url.path + "/\(call)-\(number)"
                try FileManager.default.copyItem(atPath: template, toPath: kho)
                let run = try Program.start(
                    "/usr/bin/strace",
                    [
                        "-f", "-qq", "-o", folder.url.path + "/trace", "-e", "trace=" + call, "-e",
                        "inject=\(call):\(fault):when=\(number)", Program.path, "package", dossier,
                        "--archive", kho,
                    ])
                let trace = try String(contentsOfFile: folder.url.path + "/trace", encoding: .utf8)
                let wasHit = trace.contains("(INJECTED)") || trace.contains("killed by SIGKILL")
                if wasHit { injected += 1 }
                try expectBeforeOrAfter(kho, "\(call) \(number) \(fault)")
                try FileManager.default.removeItem(atPath: kho)
                if !wasHit {
                    #expect(run.status == 0, "\(call) \(number): \(run.errors)")
                    break
                }
                // Early calls are walked one by one, later ones of long runs in steps.
                number += number < 12 ? 1 : 5
            }
        }
        #expect(injected > 20)
    }

    private func expectBeforeOrAfter(_ kho: String, _ what: String) throws {
        let audit = try Program.run(["audit", "run", "--json", "--archive", kho])
        #expect(audit.status == 0, "\(what): \(audit.output) \(audit.errors)")
        let payload = audit.json.last?["payload"] as? [String: Any]
        let checked = payload?["checked"] as? Int
        let status = try Program.run(["status", "--json", "--archive", kho])
        let dossiers = (status.json.last?["payload"] as? [String: Any])?["dossiers"] as? Int
        #expect(checked == dossiers, "\(what)")
        for place in ["/work", "/stores/chinh/incoming"] {
            let left = try FileManager.default.contentsOfDirectory(atPath: kho + place)
            #expect(left.isEmpty, "\(what): \(left)")
        }
        #expect(try Program.run(["catalog", "check", "--archive", kho]).status == 0, "\(what)")
    }
}
