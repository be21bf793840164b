import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Trust in seals comes from certificates that the ledger adopted, and from nowhere else in a store.
@Suite struct TrustTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
    }

    private static func world(_ minutes: Int64, seed: UInt64 = 3) -> World {
        TestWorld.make(seed: seed, from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private var policy: String { root.string + "/stores/chinh/policy" }

    private func tar(in root: FilePath) throws -> FilePath {
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: root.string).first {
                $0.hasSuffix(".tar")
            })
        return FilePath(root.string + "/" + name)
    }

    private func verdict(_ path: FilePath) throws -> VerificationReport.Verdict {
        var verification = Verification(
            archive: nil, trust: [], version: nil, world: Self.world(50), progress: { _ in })
        return try verification.verify(path.string, at: path).verdict
    }

    @Test func `a certificate put into policy by hand is not trusted, and the audit tells of it`()
        throws
    {
        let strangers = try TestFolder()
        let other = try strangers.makeArchive(in: Self.world(0, seed: 42))
        _ = try Archive.package(folder.makeDossier(), into: other, in: Self.world(1, seed: 42))
        let stored = try tar(in: other)
        let object = FilePath(stored.string).removingLastComponent()
        let target = root.string + "/stores/chinh/bundle"
        try FileManager.default.copyItem(atPath: object.string, toPath: target)
        let copy = FilePath(target).appending(stored.lastComponent?.string ?? "")
        #expect(try verdict(copy) == .untrusted)
        try FileManager.default.copyItem(
            atPath: other.string + "/keys/seal.crt", toPath: policy + "/seal-0002.crt")
        #expect(try verdict(copy) == .untrusted)
        let report = try Archive.open(root, in: Self.world(9), for: .auditing).audit(
            [], progress: { _ in })
        #expect(report.findings.map(\.code) == [.policyFileUnadopted])
    }

    @Test
    func `an adopted certificate that was exchanged is not trusted, and the audit tells of it`()
        throws
    {
        _ = try Archive.package(folder.makeDossier(), into: root, in: Self.world(1))
        #expect(try verdict(tar(in: root)) == .valid)
        let strangers = try TestFolder()
        let other = try strangers.makeArchive(in: Self.world(0, seed: 42))
        try FileManager.default.removeItem(atPath: policy + "/seal-0001.crt")
        try FileManager.default.copyItem(
            atPath: other.string + "/keys/seal.crt", toPath: policy + "/seal-0001.crt")
        #expect(try verdict(tar(in: root)) == .untrusted)
        let report = try Archive.open(root, in: Self.world(9), for: .auditing).audit(
            [], progress: { _ in })
        #expect(report.findings.contains { $0.code == .policyFileWrong })
    }
}
