import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// A revoked key's seals hold where an independent authority stamped them before.
@Suite(.serialized) struct SealTimeTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private static func instant(_ minutes: Int64) -> Instant {
        Instant(seconds: TestWorld.start.seconds + minutes * 60)
    }

    private static func world(_ minutes: Int64) -> World {
        TestWorld.make(seed: UInt64(minutes), from: instant(minutes))
    }

    /// An archive with one version stamped at minute 60 and one packaged after that waits.
    private func archive(_ authority: Authority) throws -> FilePath {
        let root = try folder.makeArchive()
        _ = try Archive.package(folder.makeDossier(), into: root, in: Self.world(10))
        let path = root.string + "/luutru.yaml"
        let now = Self.instant(60).seconds
        let lines = [
            "tsa:", "  - url: \"\(authority.url)good/\(now)\"",
            "    roots: \"\(authority.roots)\"", "    timeout: 5", "",
        ]
        let old = try String(contentsOfFile: path, encoding: .utf8)
        try (old + lines.joined(separator: "\n")).write(
            toFile: path, atomically: true, encoding: .utf8)
        #expect(try stamp(root, 60).stamped?.versions == 1)
        _ = try Archive.package(
            folder.makeDossier("sau", notation: "02.CĐS"), into: root, in: Self.world(70))
        return root
    }

    private func stamp(_ root: FilePath, _ minutes: Int64) throws -> StampOutcome {
        let archive = try Archive.open(root, in: Self.world(minutes), for: .writing)
        let outcome = try archive.stamp()
        try archive.finish()
        return outcome
    }

    private func revoke(_ root: FilePath, since minutes: Int64) throws -> [String] {
        let archive = try Archive.open(root, in: Self.world(200), for: .writing)
        let revoked = try archive.revokeSealKey(
            nil, since: Self.instant(minutes).utcText, because: "Lộ khóa")
        try archive.finish()
        return revoked.void.map(\.subject)
    }

    private func voidSeals(_ root: FilePath) throws -> Int64 {
        try Archive.open(root, in: Self.world(240), for: .reading).status().voidSeals
    }

    private func verdict(_ root: FilePath?, _ target: String) throws -> VerificationReport.Verdict {
        var verification = Verification(
            archive: root, trust: [], version: nil, world: Self.world(300), progress: { _ in })
        return try verification.verify(
            target, at: target.hasPrefix("/") ? FilePath(target) : "/none"
        ).verdict
    }

    @Test func `a seal stamped before the revocation holds, another is void`() throws {
        guard let authority = try Authority(in: folder) else { return }
        let root = try archive(authority)
        let void = try revoke(root, since: 100)
        // The version that waits has nothing that proves its hour.
        #expect(void.count == 1)
        #expect(try voidSeals(root) == 1)
        #expect(try verdict(root, "H61.12.2024.01.CĐS") == .valid)
        #expect(try verdict(root, "H61.12.2024.02.CĐS") == .untrusted)
        let target = folder.path("ra")
        _ = try Archive.open(root, in: Self.world(250), for: .reading).export(
            ExportRequest(scope: .everything, form: .ocfl, target: target), progress: { _ in })
        var verification = Verification(
            archive: nil, trust: [], version: nil, world: Self.world(300), progress: { _ in })
        let report = try verification.verify(target.string, at: target)
        #expect(report.verdict == .untrusted)
        #expect(report.findings.count { $0.code == .sealKeyRevoked } == 1)
    }

    @Test func `a stamp after the revocation proves nothing`() throws {
        guard let authority = try Authority(in: folder) else { return }
        let root = try archive(authority)
        #expect(try revoke(root, since: 30).count == 2)
        #expect(try voidSeals(root) == 2)
    }

    @Test func `leaves that were changed, or another seal in its place, prove nothing`() throws {
        guard let authority = try Authority(in: folder) else { return }
        let root = try archive(authority)
        #expect(try revoke(root, since: 100).count == 1)
        let leaves = root.string + "/stores/chinh/evidence/000001/leaves"
        let whole = try Data(contentsOf: URL(filePath: leaves))
        // A digest, for the names beside it are under no token.
        var changed = whole
        changed[0] ^= 1
        try changed.write(to: URL(filePath: leaves))
        #expect(try verdict(root, "H61.12.2024.01.CĐS") == .untrusted)
        try whole.write(to: URL(filePath: leaves))
        #expect(try verdict(root, "H61.12.2024.01.CĐS") == .valid)
        let store = URL(filePath: root.string + "/stores/chinh/ocfl")
        let names = try FileManager.default.subpathsOfDirectory(atPath: store.path)
            .filter { $0.hasSuffix(".sums.p7s") }
        for name in names { try ExportBench.damage(store.path + "/" + name) }
        #expect(try verdict(root, "H61.12.2024.01.CĐS") != .valid)
    }

    @Test func `the archive's own authority vouches for no seal`() throws {
        var founding = Founding(
            root: folder.path("thu"), agencyName: "Sở", agencyCode: "H61.12",
            fondsCode: "H61.12", fondsName: "Phông", usesRSA: false, passphrase: nil)
        founding.makesTrialAuthority = true
        let root = try Archive.found(founding, in: Self.world(1)).layout.root
        _ = try Archive.package(folder.makeDossier(), into: root, in: Self.world(10))
        #expect(try stamp(root, 20).stamped?.isIndependent == false)
        #expect(try revoke(root, since: 100).count == 1)
    }
}
