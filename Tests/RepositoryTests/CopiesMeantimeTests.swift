import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// Whoever reads beside a writer sees a copy as it is, and takes none for one that went back.
@Suite struct CopiesMeantimeTests {
    @Test func `a sync between two looks at a copy is no loss`() throws {
        let later = try CopyBench()
        try later.add("b")
        try later.package(1)
        try later.sync()
        let bench = try CopyBench(copying: later, as: "truoc")
        try later.package(2)
        try later.sync()
        let ledgers = try [
            (later.primary.string, bench.primary.string),
            (later.path("b").string, bench.path("b").string),
        ].map { ($0 + "/ledger/entries.jsonl", $1 + "/ledger/entries.jsonl") }
        let keys = later.root.string + "/keys"
        let mark = try #require(
            FileManager.default.contentsOfDirectory(atPath: keys)
                .first { $0.hasPrefix("copy-mark-") })
        let files = ledgers + [(keys + "/" + mark, bench.root.string + "/keys/" + mark)]
        let volume = MeantimeVolume(before: mark) {
            for (from, to) in files {
                try? Data(contentsOf: URL(filePath: from)).write(to: URL(filePath: to))
            }
        }

        let archive = try Archive.open(bench.root, in: bench.world(volume), for: .reading)
        let standing = try #require(try archive.storeStandings().first)

        #expect(volume.hasHappened)
        #expect(!standing.isBack, "\(standing)")
        guard case .ready = standing.state else {
            Issue.record("\(standing.state)")
            return
        }
    }
}
