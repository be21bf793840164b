import Files
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// A copy that cannot be written, or cannot be read any more, keeps no other store from being mended.
@Suite struct RepairSetbackTests {
    /// The name under which a repair builds in a copy: there the disk refuses.
    private func broken(_ kho: CopiedArchive, _ store: String, _ reason: Errno) -> BrokenFolder {
        BrokenFolder(kho.store(store).appending("incoming").appending(".repair"), reason)
    }

    @Test(arguments: [
        (Errno.readOnlyFileSystem, FindingCode.copyStoreAway),
        (Errno.noSpace, FindingCode.copyStoreFull),
    ])
    func `a copy that cannot be written is told, and the others are mended`(
        reason: Errno, code: FindingCode
    ) throws {
        let kho = try CopiedArchive(dossiers: 2)
        for number in 0...1 { try AuditRunTests.flip(kho.file(".tar", of: number, in: "hai")) }
        try AuditRunTests.flip(kho.file(".tar", of: 1, in: "ba"))
        #expect(try kho.audit().damaged == 3)

        let report = try kho.repair([], broken(kho, "hai", reason))

        #expect(report.items.map(\.store) == ["ba"], "\(report)")
        #expect(report.items.map(\.ending) == [.repaired] && !report.hasLoss)
        #expect(report.findings.map(\.code) == [code])
        #expect(report.findings.map(\.subject) == ["hai"])
        #expect(try kho.status().openDamage == 2)
        let later = try kho.repair()
        #expect(later.items.map(\.ending) == [.repaired, .repaired] && later.findings.isEmpty)
        #expect(try kho.audit().findings.isEmpty)
    }

    @Test func `a primary store that cannot be written stays a failure`() throws {
        let kho = try CopiedArchive(dossiers: 1)
        try AuditRunTests.flip(kho.file(".tar", in: "chinh"))
        #expect(try kho.audit().damaged == 1)

        let failure = #expect(throws: FileFailure.self) {
            try kho.repair([], broken(kho, "chinh", .readOnlyFileSystem))
        }

        #expect(failure?.errno == .readOnlyFileSystem)
        #expect(try kho.repair().items.map(\.ending) == [.repaired])
    }

    @Test func `a copy that stops answering while it is read is left out`() throws {
        let kho = try CopiedArchive(dossiers: 1)
        try AuditRunTests.flip(kho.file(".tar", in: "chinh"))
        #expect(try kho.audit().damaged == 1)

        let report = try kho.repair(
            [], BrokenFolder(kho.place(0, in: "hai"), .staleNFSFileHandle))

        #expect(report.items.map(\.ending) == [.repaired], "\(report)")
        #expect(report.items.map(\.source) == ["ba"])
        #expect(report.findings.map(\.subject) == ["hai"])
        #expect(try kho.audit().findings.isEmpty)
    }
}
