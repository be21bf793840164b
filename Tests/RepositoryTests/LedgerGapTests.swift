import Evidence
import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// A run that goes on after a failure between an entry and its row leaves no gap in the catalog (invariant W4).
@Suite struct LedgerGapTests {
    @Test func `an entry after one that the catalog did not get brings that one in as well`() throws
    {
        let folder = try TestFolder()
        let model = try folder.makeArchive()
        var number = 1
        var failed = 0
        while true {
            let root = folder.path("kho-\(number)")
            try FileManager.default.copyItem(atPath: model.string, toPath: root.string)
            let volume = FaultyVolume(failingAt: number, .once(.ioError))
            var entered = 0
            do {
                let archive = try Archive.open(
                    root, in: Self.world(volume), for: .writing)
                for _ in 0..<3 {
                    let draft = archive.draft(
                        LedgerAct.witness, "deposit", facts: ["lần": .number(Int64(entered))])
                    do {
                        _ = try archive.record(draft)
                        entered += 1
                    } catch { failed += 1 }
                }
                try? archive.finish()
            } catch { failed += 1 }
            let found = try Archive.checkCatalog(root, in: Self.world(DiskVolume(), later: 600))
            #expect(found.isEmpty, "call \(number): \(found)")
            let archive = try Archive.open(
                root, in: Self.world(DiskVolume(), later: 900), for: .reading)
            let report = try archive.verifyLedger(against: [])
            #expect(report.findings.isEmpty, "call \(number): \(report.findings)")
            try FileManager.default.removeItem(atPath: root.string)
            if volume.count < number { break }
            number += 1
        }
        #expect(failed > 20)
    }

    private static func world(_ volume: any Volume, later seconds: Int64 = 60) -> World {
        TestWorld.make(volume, from: Instant(seconds: TestWorld.start.seconds + seconds))
    }
}
