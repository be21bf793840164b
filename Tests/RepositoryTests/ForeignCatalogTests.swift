import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// A catalog that another archive's folder lent is not taken for this one's, nor its ledger for suspect.
@Suite struct ForeignCatalogTests {
    @Test func `the catalog of another archive is named, and made anew`() throws {
        let bench = try ExportBench(dossiers: 2)
        let other = try bench.fresh("khac")
        let own = bench.root.appending("catalog.sqlite").string
        try FileManager.default.removeItem(atPath: own)
        try FileManager.default.copyItem(
            atPath: other.appending("catalog.sqlite").string, toPath: own)

        for purpose in [Archive.Purpose.reading, .writing, .auditing] {
            let failure = #expect(throws: ArchiveFailure.self) {
                try Archive.open(bench.root, in: ExportBench.world(60), for: purpose)
            }
            #expect(failure?.reason == .catalogOther)
        }
        #expect(try Archive.rebuildCatalog(bench.root, in: ExportBench.world(61)).dossiers == 2)

        let status = try Archive.open(bench.root, in: ExportBench.world(62), for: .reading).status()
        #expect(status.dossiers == 2 && !status.isLedgerSuspect)
        #expect(try Archive.checkCatalog(bench.root, in: ExportBench.world(63)).isEmpty)
    }
}
