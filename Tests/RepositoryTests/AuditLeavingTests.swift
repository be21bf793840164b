import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Invariant A1 of `docs/design.md` where the disk of a copy leaves while it is read: it is away, and not destroyed.
@Suite struct AuditLeavingTests {
    private static let ways: [LeavingVolume.Leaving] = [.gone, .dead]

    private func request(isDeep: Bool = false) -> AuditRequest {
        var request = AuditRequest(.everything)
        request.stores = ["chinh", "hai", "ba"]
        request.isDeep = isDeep
        return request
    }

    private func comeBack(_ kho: CopiedArchive) throws {
        let away = LeavingVolume.away(kho.store("hai"))
        guard try DiskVolume().status(away) != nil else { return }
        try DiskVolume().rename(away, to: kho.store("hai"))
    }

    @Test(arguments: [0, 1], [false, true])
    func `a disk that leaves in the middle of an audit is away, and no dossier of it is damaged`(
        way: Int, isDeep: Bool
    ) throws {
        let kho = try CopiedArchive(dossiers: 4)
        var left = 0
        for number in stride(from: 1, to: 4000, by: 13) {
            let volume = LeavingVolume(kho.store("hai"), atCall: number, Self.ways[way])

            let report = try kho.audit(request(isDeep: isDeep), volume)

            guard volume.count >= number else { break }
            left += 1
            #expect(!report.isComplete && report.damaged == 0, "\(number)")
            #expect(report.findings.map(\.code) == [.copyStoreAway], "\(number)")
            let others = report.stores.filter { $0.store != "hai" }
            #expect(others.allSatisfy { $0.isComplete && $0.checked == 4 }, "\(number)")
            let status = try kho.status()
            #expect(status.openDamage == 0 && status.openIncidents == 0, "\(number)")
            try comeBack(kho)
        }
        #expect(left > 3)
        let last = try kho.audit(request())
        #expect(last.isComplete && last.checked == 12 && last.findings.isEmpty)
        try kho.expectEqualCatalog()
    }

    @Test func `what was read before a disk left counts, and damage that was seen is told`() throws
    {
        let kho = try CopiedArchive(dossiers: 4, stores: ["hai"])
        try AuditRunTests.flip(kho.file(".tar", of: 0, in: "hai"))
        var hasRead = false
        for number in stride(from: 1, to: 4000, by: 7) where !hasRead {
            var request = AuditRequest(.everything)
            request.stores = ["hai"]
            let volume = LeavingVolume(kho.store("hai"), atCall: number, .gone)
            let report = try kho.audit(request, volume)
            try comeBack(kho)
            guard volume.count >= number else { break }
            guard report.damaged == 1, !report.isComplete else { continue }
            hasRead = true
            #expect(report.findings.contains { $0.code == .contentDigestWrong })
            #expect(!report.findings.contains { $0.code == .objectMissing })
            #expect(try kho.status().openDamage == 1)
        }
        #expect(hasRead)
    }

    @Test(arguments: [0, 1])
    func `a part whose disk leaves tells of no damage, and is not complete`(way: Int) throws {
        let kho = try CopiedArchive(dossiers: 4, stores: ["hai"])
        let all = try #require(AuditShard("1/1"))
        var left = 0
        for number in stride(from: 1, to: 4000, by: 13) {
            let volume = LeavingVolume(kho.store("hai"), atCall: number, Self.ways[way])
            var world = kho.world(volume)
            world.pause = { _ in }
            let archive = try Archive.open(kho.root, in: world, for: .reading)
            var request = AuditRequest(.everything)
            request.stores = ["chinh", "hai"]

            let report = try archive.auditShard(all, request) { _ in }

            guard volume.count >= number else { break }
            left += 1
            #expect(!report.answer.isComplete && report.answer.damaged == 0, "\(number)")
            #expect(report.answer.findings.map(\.code) == [.copyStoreAway], "\(number)")
            let part = report.stores.first { $0.report.store == "hai" }
            #expect(part?.report.isComplete != true, "\(number)")
            #expect(part.map { $0.report.checked == $0.objects.count } != false, "\(number)")
            #expect(ShardReport(report.bytes) != nil, "\(number)")
            try comeBack(kho)
        }
        #expect(left > 3)
    }
}
