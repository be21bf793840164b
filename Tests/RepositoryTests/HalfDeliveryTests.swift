import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// A bundle is handed over whole or not at all.
@Suite struct HalfDeliveryTests {
    @Test func `a full disk leaves no half of a bundle that stands in the way of the next try`()
        throws
    {
        let bench = try ExportBench(dossiers: 1)
        let object = try Archive.open(bench.root, in: ExportBench.world(10), for: .reading)
            .everyDossier()[0]
        let target = bench.folder.path("giao")
        var failures = 0
        for number in 1... {
            try? FileManager.default.removeItem(atPath: target.string)
            try FileManager.default.createDirectory(
                atPath: target.string, withIntermediateDirectories: false)
            let volume = FaultyVolume(failingAt: number, .once(.noSpace))
            let archive = try? Archive.open(
                bench.root, in: ExportBench.world(10, volume), for: .reading)
            do {
                let files = try archive?.deliverBundle(object.text, version: nil, into: target)
                if files?.count == 4 { break }
            } catch {
                failures += 1
                let left = try FileManager.default.contentsOfDirectory(atPath: target.string)
                #expect(left.isEmpty, "call \(number): \(left)")
            }
        }
        #expect(failures > 8)
    }
}
