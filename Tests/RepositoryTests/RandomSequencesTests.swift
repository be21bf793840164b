import Foundation
import Rehearsal
import SystemPackage
import Testing

/// Rows of random acts with kills in between; `LUUTRU_SEQUENCES=FROM-TO` runs others than the usual ones.
@Suite struct RandomSequencesTests {
    @Test func `after any row of acts and kills the archive is what the model says`() throws {
        let environment = ProcessInfo.processInfo.environment
        let bounds = (environment["LUUTRU_SEQUENCES"] ?? "1-12").split(separator: "-").compactMap {
            Int($0)
        }
        try #require(bounds.count == 2 && bounds[0] <= bounds[1])
        let base = try TestFolder()
        let template = try base.makeArchive()
        var kills = 0
        var acts = 0
        for seed in bounds[0]...bounds[1] {
            let folder = try TestFolder()
            let root = folder.path("kho")
            try FileManager.default.copyItem(atPath: template.string, toPath: root.string)
            let run = SequenceRun(seed, folder: folder, root: root)
            do {
                try run.perform(12)
                try run.expectModel()
            } catch {
                Issue.record("sequence \(seed): \(error) after \(run.acts)")
            }
            kills += run.kills
            acts += run.acts.count
            if let kept = environment["LUUTRU_KEEP_SEQUENCES"] {
                try FileManager.default.copyItem(
                    atPath: root.string, toPath: kept + "/kho-\(seed)")
            }
        }
        #expect(kills > bounds[1] - bounds[0])
        print("\(bounds[1] - bounds[0] + 1) sequences, \(acts) acts, \(kills) killed")
    }
}
