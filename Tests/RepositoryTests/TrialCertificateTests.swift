import Cryptography
import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// The trial authority's certificate and its successor.
@Suite struct TrialCertificateTests {
    private let folder: TestFolder
    private let root: FilePath
    private static let late: Int64 = (9 * 365 + 200) * 24 * 60

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive(withTrialAuthority: true)
        let dossier = try folder.makeDossier()
        _ = try Archive.package(dossier, into: root, in: Self.world(10))
        _ = try Archive.open(root, in: Self.world(20), for: .writing).stamp()
    }

    private static func world(_ minutes: Int64, _ volume: any Volume = DiskVolume()) -> World {
        TestWorld.make(
            volume, seed: UInt64(minutes),
            from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func certificate(_ root: FilePath) throws -> Certificate? {
        try Certificate.reading(
            pem: DiskVolume().readAll(
                ArchiveLayout(root: root).trialCertificate, limit: 1 << 16)
        ).first
    }

    @Test func `a successor is made half a year before the end, and both are believed`() throws {
        let old = try certificate(root)
        #expect(
            try Archive.open(root, in: Self.world(100), for: .writing).renewEvidence(
                RenewalRequest(isForced: true), progress: { _ in })[0].renewal == 1)
        #expect(try certificate(root)?.der == old?.der)
        let outcome = try Archive.open(root, in: Self.world(Self.late), for: .writing)
            .renewEvidence(RenewalRequest(), progress: { _ in })
        #expect(outcome[0].renewal == 2, "\(outcome[0].findings)")
        #expect(try certificate(root)?.der != old?.der)
        let archive = try Archive.open(root, in: Self.world(Self.late + 9), for: .auditing)
        #expect(try archive.stampRoots().count == 2)
        #expect(try archive.audit([], progress: { _ in }).findings.isEmpty)
        #expect(try archive.batchStandings().map(\.isOverdue) == [false])
    }

    @Test func `a successor that breaks off between key and certificate is made again`() throws {
        var number = 1
        while true {
            let copy = folder.path("ban-sao")
            try FileManager.default.copyItem(atPath: root.string, toPath: copy.string)
            defer { try? FileManager.default.removeItem(atPath: copy.string) }
            let volume = FaultyVolume(failingAt: number, .death)
            let certificate = TrialCertificate(
                ArchiveLayout(root: copy), in: Self.world(Self.late, volume))
            try? certificate.renewIfEnding(agencyName: "UBND", agencyCode: "H61.12")
            let outcome = try Archive.open(copy, in: Self.world(Self.late + 5), for: .writing)
                .renewEvidence(RenewalRequest(), progress: { _ in })
            #expect(outcome[0].renewal == 1, "call \(number): \(outcome[0].findings)")
            if volume.count < number { break }
            number += 1
        }
        #expect(number > 10)
    }
}
