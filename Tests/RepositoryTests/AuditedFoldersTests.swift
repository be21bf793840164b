import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Whole folders of a store that are gone, or that may not be read, are findings and end no audit.
@Suite struct AuditedFoldersTests {
    @Test func `a copy whose objects may not be read is told, and the others are read`() throws {
        let kho = try CopiedArchive(dossiers: 2)
        let denied = DenyingVolume(kho.store("hai").appending("ocfl"))

        let report = try kho.audit(AuditRequest(.everything), denied)

        #expect(report.stores.map(\.store) == ["chinh", "hai", "ba"])
        #expect(report.stores.map { $0.findings.isEmpty } == [true, false, true])
        #expect(report.stores[1].findings.contains { $0.code == .fileUnreadable })
        #expect(report.stores[2].checked == 2 && report.hasErrors)
    }

    @Test func `a store whose policy is gone is audited to the end, and signed`() throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let policy = kho.store("chinh").appending("policy")
        try FileManager.default.removeItem(atPath: policy.string)

        let report = try kho.audit()

        #expect(report.findings.contains { $0.code == .policyFileMissing })
        #expect(report.stores.map(\.store) == ["chinh", "hai"])
        #expect(try kho.status().openDamage >= 1)
    }
}
