import Files
import Foundation
import Glibc
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// What stands in the place of a copy's checkpoint stops no sync, and its going is no passing fault.
@Suite struct CheckpointPlaceTests {
    private let bench: CopyBench

    init() throws {
        bench = try CopyBench()
        try bench.add("b")
        try bench.package(1)
    }

    private func harmCheckpoint(_ harm: String) throws {
        let path = bench.path("b").appending("ledger/checkpoint").string
        guard harm != "junk" else { return try Data("rác\n".utf8).write(to: URL(filePath: path)) }
        try FileManager.default.removeItem(atPath: path)
        switch harm {
        case "folder":
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false)
        case "link":
            try FileManager.default.createSymbolicLink(
                atPath: path, withDestinationPath: "../store.json")
        default: #expect(mkfifo(path, 0o600) == 0)
        }
    }

    @Test(arguments: ["folder", "link", "pipe", "junk"])
    func `what stands in a checkpoint's place makes way for a sync, and is told as mended`(
        harm: String
    ) throws {
        try harmCheckpoint(harm)

        let audit = try bench.write { try $0.audit([], progress: { _ in }) }
        let repair = try bench.write { try $0.repair([], isDryRun: false) { _ in } }

        #expect(audit.result.findings.map(\.subject) == ["ledger/checkpoint"])
        #expect(audit.news.flatMap(\.findings).map(\.code) == [.copyFileWrong])
        #expect(repair.result.items.map(\.ending) == [.repaired], "\(repair.result.items)")
        let damages = repair.result.items.flatMap(\.damages)
        #expect(damages.map(\.path) == ["ledger/checkpoint"])
        #expect(damages.map(\.kind) == [.metadata] && damages.allSatisfy(\.isMendedBefore))
        #expect(repair.news.flatMap(\.findings).isEmpty)
        let path = bench.path("b").appending("ledger/checkpoint")
        #expect(try DiskVolume().status(path)?.kind == .file)
        #expect(try DiskVolume().status(bench.path("b").appending("recovered")) != nil)
        let report = try #require(try bench.sync().first)
        #expect(report.isComplete && report.findings.isEmpty)
    }

    @Test(arguments: ["folder", "link", "pipe"])
    func `what stands in a checkpoint's place is set aside whatever is known of the copy`(
        harm: String
    ) throws {
        let keys = bench.root.appending("keys")
        for name in try FileManager.default.contentsOfDirectory(atPath: keys.string)
        where name.hasPrefix("copy-mark-") {
            try FileManager.default.removeItem(atPath: keys.appending(name).string)
        }
        try harmCheckpoint(harm)

        let (audit, repair) = try auditedAndMended()

        #expect(audit.findings.map(\.subject) == ["ledger/checkpoint"])
        #expect(repair.items.map(\.ending) == [.repaired], "\(repair.items)")
        let path = bench.path("b").appending("ledger/checkpoint")
        #expect(try DiskVolume().status(path) == nil)
        #expect(try bench.sync().first?.isComplete == true)
        #expect(try DiskVolume().status(path)?.kind == .file)
    }

    /// Both in one opening, before anything is brought to the copy.
    private func auditedAndMended() throws -> (AuditReport, RepairReport) {
        let archive = try Archive.open(bench.root, in: bench.world(), for: .auditing)
        let audit = try archive.audit([], progress: { _ in })
        let repair = try archive.repair([], isDryRun: false) { _ in }
        try archive.finish()
        return (audit, repair)
    }
}
