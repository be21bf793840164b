import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// Reports of parts that come in after what they tell of was mended, or read again.
@Suite struct SettledFindingsTests {
    private let kho: CopiedArchive

    init() throws {
        kho = try CopiedArchive(dossiers: 4, stores: ["hai"])
        try AuditRunTests.flip(kho.file(".tar", in: "hai"))
    }

    private func parts(_ count: Int) throws -> [FilePath] {
        try (1...count).map { number in
            let shard = try #require(AuditShard("\(number)/\(count)"))
            let archive = try kho.open(.reading)
            let path = kho.folder.path("phần-\(number)-\(kho.world().now().seconds)")
            try archive.write(
                archive.auditShard(shard, AuditRequest(.everything)) { _ in }, to: path)
            return path
        }
    }

    private func merge(_ paths: [FilePath]) throws -> AuditReport {
        let archive = try kho.open()
        let report = try archive.mergeAudits(paths)
        try archive.finish()
        return report
    }

    private func closeIncident() throws {
        let archive = try kho.open()
        try archive.closeIncident(1, because: "đã sửa", isUnresolved: false)
        try archive.finish()
    }

    private func expectNothingOpen() throws {
        let status = try kho.status()
        #expect(status.openDamage == 0 && status.openIncidents == 0)
        #expect(!status.hasLastAuditFailed && status.lastAuditDamaged == 0)
        #expect(try kho.repair().items.isEmpty)
        try kho.expectEqualCatalog()
    }

    @Test func `a report that is merged after the repair opens nothing, and says so`() throws {
        let paths = try parts(3)
        #expect(try kho.audit().damaged == 1)
        #expect(try kho.repair().items.map(\.ending) == [.repaired])
        try closeIncident()

        let merged = try merge(paths)

        #expect(merged.settled > 0 && merged.findings.isEmpty && merged.incidents.isEmpty)
        #expect(merged.damaged == 0 && !merged.hasErrors)
        #expect(merged.isComplete && merged.checked == 8)
        #expect(try kho.open(.reading).auditPlan().map(\.due) == [0, 0])
        try expectNothingOpen()
    }

    @Test func `what a later run over everything read and found right is history too`() throws {
        let paths = try parts(1)
        // The same bit again: the byte is right once more.
        try AuditRunTests.flip(kho.file(".tar", in: "hai"))
        #expect(try kho.audit().findings.isEmpty)

        let merged = try merge(paths)

        #expect(merged.settled > 0 && merged.findings.isEmpty && merged.damaged == 0)
        try expectNothingOpen()
    }

    @Test func `what was mended before the part was read is no history`() throws {
        #expect(try kho.audit().damaged == 1)
        #expect(try kho.repair().items.map(\.ending) == [.repaired])
        try closeIncident()
        try AuditRunTests.flip(kho.file(".tar", in: "hai"))

        let merged = try merge(parts(2))

        #expect(merged.settled == 0 && merged.damaged == 1 && merged.hasErrors)
        let status = try kho.status()
        #expect(status.openDamage == 1 && status.openIncidents == 1 && status.hasLastAuditFailed)
    }

    @Test func `what a later run found again stays open, in the same incident`() throws {
        let paths = try parts(2)
        #expect(try kho.audit().damaged == 1)

        let merged = try merge(paths)

        #expect(merged.settled == 0 && merged.damaged == 1 && merged.incidents == [1])
        let status = try kho.status()
        #expect(status.openDamage == 1 && status.openIncidents == 1)
    }

    @Test func `one dossier that was mended hides no other`() throws {
        try AuditRunTests.flip(kho.file(".tar", of: 1, in: "hai"))
        let paths = try parts(2)
        #expect(try kho.audit(AuditRequest(.objects([kho.objects[0].text]))).damaged == 1)
        #expect(try kho.repair().items.map(\.ending) == [.repaired])

        let merged = try merge(paths)

        #expect(merged.settled > 0 && merged.damaged == 1 && merged.hasErrors)
        let object = kho.objects[1].text
        #expect(merged.findings.allSatisfy { $0.subject.hasPrefix(object) })
        #expect(try kho.status().openDamage == 1)
    }
}
