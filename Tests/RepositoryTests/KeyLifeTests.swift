import Cryptography
import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Rotation, revocation and re-sealing of the seal's key.
@Suite struct KeyLifeTests {
    private let folder: TestFolder
    private let root: FilePath
    private static let code = "H61.12.2024.01.CĐS"

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        _ = try Archive.package(folder.makeDossier(), into: root, in: Self.world(1))
    }

    private static func world(_ minutes: Int64, _ volume: any Volume = DiskVolume()) -> World {
        TestWorld.make(
            volume, seed: UInt64(minutes + 5),
            from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func writing(_ minutes: Int64) throws -> Archive {
        try Archive.open(root, in: Self.world(minutes), for: .writing)
    }

    @discardableResult
    private func rotate(_ minutes: Int64, isOldLost: Bool = false) throws -> KeyRotated {
        try writing(minutes).rotateSealKey(
            KeyRotation(.made(usesRSA: false), passphrase: nil, isOldLost: isOldLost))
    }

    @discardableResult
    private func revoke(_ fingerprint: String?, _ minutes: Int64) throws -> KeyRevoked {
        try writing(minutes).revokeSealKey(
            fingerprint, since: TestWorld.start.utcText, because: "Lộ khóa")
    }

    private func verdict(_ target: String = code, version: Int? = nil) throws
        -> VerificationReport
    {
        var verification = Verification(
            archive: root, trust: [], version: version, world: Self.world(900),
            progress: { _ in })
        return try verification.verify(
            target, at: target.hasPrefix("/") ? FilePath(target) : "/none")
    }

    private func audit(_ minutes: Int64) throws -> AuditReport {
        try Archive.open(root, in: Self.world(minutes), for: .auditing).audit([]) { _ in }
    }

    private func status() throws -> KeyStatus {
        try Archive.open(root, in: Self.world(901), for: .reading).keyStatus()
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: root.string + "/" + name)))
    }

    @Test func `a new key is announced under the old one, and both their seals hold`() throws {
        let old = try Certificate.reading(pem: bytes("keys/seal.crt"))

        let rotated = try rotate(10)
        _ = try Archive.package(
            folder.makeDossier("ho-so-2", notation: "02"), into: root, in: Self.world(20))

        let file = try bytes("stores/chinh/policy/seal-0002.crt")
        let announcement = try bytes("stores/chinh/policy/seal-0002.crt.p7s")
        guard case .trusted(let signer) = Seal.verify(announcement, content: file, trusted: old)
        else { throw ArchiveFailure(.usage, subject: "not announced") }
        #expect(signer.fingerprint == rotated.before)
        #expect(try audit(30).findings.isEmpty)
        #expect(try verdict().verdict == .valid)
        #expect(try verdict().fingerprint == rotated.before)
        #expect(try verdict("H61.12.2024.02").fingerprint == rotated.fingerprint)
        #expect(try Archive.checkCatalog(root, in: Self.world(903)).isEmpty)
        let keys = try status().keys
        #expect(keys.map(\.fingerprint) == [rotated.fingerprint, rotated.before])
        #expect(keys.map(\.sealed) == [1, 1])
        #expect(keys.map(\.isCurrent) == [true, false])
    }

    @Test func `the old key is kept apart for its owner, and the sheet names both certificates`()
        throws
    {
        let old = try bytes("keys/seal.key")

        let rotated = try rotate(10)

        let name = "keys/retired/seal-\(rotated.before.prefix(16)).key"
        #expect(try bytes(name) == old)
        let mode = try FileManager.default.attributesOfItem(atPath: root.string + "/" + name)[
            .posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(!FileManager.default.fileExists(atPath: root.string + "/keys/next"))
        let sheet = String(decoding: try bytes("key-sheet.txt"), as: UTF8.self)
            .filter { !$0.isWhitespace }
        for fingerprint in [rotated.before, rotated.fingerprint] {
            #expect(sheet.contains(fingerprint.uppercased()))
        }
    }

    @Test func `a lost key needs to be said to be lost, and then nobody announces`() throws {
        try FileManager.default.removeItem(atPath: root.string + "/keys/seal.key")
        let failure = #expect(throws: ArchiveFailure.self) { try rotate(10) }
        #expect(failure?.reason == .keyMissing)

        let rotated = try rotate(20, isOldLost: true)

        #expect(!rotated.isAnnounced)
        #expect(try audit(30).findings.isEmpty)
        #expect(
            !FileManager.default.fileExists(
                atPath: root.string + "/stores/chinh/policy/seal-0002.crt.p7s"))
    }

    @Test func `an announcement that another key signed is a finding`() throws {
        try rotate(10)
        let strangers = try TestFolder()
        let other = try strangers.makeArchive(in: TestWorld.make(seed: 42))
        let key = try SealKey.reading(
            pem: [UInt8](try Data(contentsOf: URL(filePath: other.string + "/keys/seal.key"))),
            passphrase: nil)
        let certificate = try Certificate.reading(
            pem: [UInt8](try Data(contentsOf: URL(filePath: other.string + "/keys/seal.crt"))))
        let forged = try Seal.make(
            content: bytes("stores/chinh/policy/seal-0002.crt"), key: key,
            certificate: certificate[0], chain: [], signingTime: TestWorld.start.seconds)
        try Data(forged).write(
            to: URL(filePath: root.string + "/stores/chinh/policy/seal-0002.crt.p7s"))

        let codes = Set(try audit(30).findings.map(\.code))

        #expect(codes == [.announcementWrong, .policyFileWrong])
    }

    @Test func `after a revocation the seal is void, and nothing is sealed with its key`() throws {
        let revoked = try revoke(nil, 10)

        #expect(revoked.void.map(\.code) == [.sealKeyRevoked])
        #expect(try verdict().verdict == .untrusted)
        #expect(try verdict().findings.map(\.code) == [.sealKeyRevoked])
        let report = try audit(20)
        #expect(report.findings.map(\.code) == [.sealKeyRevoked])
        #expect(report.isOnlyUntrusted && report.damaged == 0)
        #expect(try status().void.count == 1)
        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.package(
                folder.makeDossier("ho-so-2", notation: "02"), into: root, in: Self.world(30))
        }
        #expect(failure?.reason == .keyRevoked)
    }

    @Test func `a bundle in the store is judged by the store's own revocations`() throws {
        try revoke(nil, 10)
        let tar = try #require(
            FileManager.default.subpathsOfDirectory(atPath: root.string).first {
                $0.hasSuffix(".tar")
            })
        var verification = Verification(
            archive: nil, trust: [], version: nil, world: Self.world(50), progress: { _ in })

        let report = try verification.verify("x.tar", at: FilePath(root.string + "/" + tar))

        #expect(report.verdict == .untrusted)
        #expect(report.findings.map(\.code) == [.sealKeyRevoked])
    }

    @Test func `a revocation that was taken away makes every seal doubtful`() throws {
        try revoke(nil, 10)
        try rotate(20)
        _ = try Archive.package(
            folder.makeDossier("ho-so-2", notation: "02"), into: root, in: Self.world(30))
        #expect(try verdict("H61.12.2024.02").verdict == .valid)

        try FileManager.default.removeItem(
            atPath: root.string + "/stores/chinh/policy/revocation-0001.json")

        #expect(try verdict("H61.12.2024.02").verdict == .untrusted)
        #expect(try verdict().verdict == .untrusted)
    }

    @Test func `a version sealed anew mends the void seal, and changes nothing else`() throws {
        let before = try Archive.open(root, in: Self.world(2), for: .reading).show(Self.code)
        try revoke(nil, 10)
        try rotate(20)
        #expect(try writing(25).toReseal([]) == [before.object])

        let outcome = try writing(30).resealing(passphrase: nil, reason: "Lộ khóa") { _ in }
            .reseal(before.object)

        #expect(outcome.version == 2)
        #expect(try verdict().verdict == .valid)
        #expect(try audit(40).findings.isEmpty)
        #expect(try Archive.checkCatalog(root, in: Self.world(903)).isEmpty)
        #expect(try status().void.isEmpty)
        #expect(try verdict(version: 1).verdict == .untrusted)
        let after = try Archive.open(root, in: Self.world(904), for: .reading).show(Self.code)
        #expect(after.fields.map(\.1) == before.fields.map(\.1))
        #expect(after.documents.count == before.documents.count)
        #expect(try writing(910).toReseal([Self.code]).isEmpty)
    }

    @Test func `void seals of an earlier key are in status at once, until they are sealed again`()
        throws
    {
        let old = try rotate(10).before
        _ = try Archive.package(
            folder.makeDossier("ho-so-2", notation: "02"), into: root, in: Self.world(20))
        func standing(_ minutes: Int64) throws -> (void: Int64, wrong: [Health.Kind]) {
            let archive = try Archive.open(root, in: Self.world(minutes), for: .reading)
            return (try archive.status().voidSeals, try archive.health().wrong.map(\.kind))
        }
        #expect(try standing(25).void == 0)

        #expect(try revoke(old, 30).void.count == 1)

        let void = try standing(35)
        #expect(void.void == 1 && void.wrong == [.voidSeals])
        let object = try writing(40).toReseal([])[0]
        _ = try writing(45).resealing(passphrase: nil, reason: "Lộ khóa") { _ in }.reseal(object)
        let mended = try standing(50)
        #expect(mended.void == 0 && mended.wrong.isEmpty)
    }

    @Test func `a certificate that has ended is told, and before that its coming end`() throws {
        let until = try status().keys[0].until.seconds
        let day: Int64 = 86_400
        func archive(_ days: Int64, for purpose: Archive.Purpose = .reading) throws -> Archive {
            let now = Instant(seconds: until + days * day)
            return try Archive.open(root, in: TestWorld.make(seed: 7, from: now), for: purpose)
        }
        let before = try archive(-91)
        #expect(try before.status().certificateState == .good)
        #expect(try before.keyStatus().warnings.map(\.code) == [.keyEnding])
        let ending = try archive(-89)
        #expect(try ending.status().certificateState == .ending)
        #expect(try ending.health().waiting.contains { $0.kind == .sealCertificateEnding })
        #expect(try ending.keyStatus().isGood)

        let ended = try archive(1)
        #expect(try ended.status().certificateState == .ended)
        #expect(try ended.health().wrong.map(\.kind) == [.sealCertificateEnded])
        let keys = try ended.keyStatus()
        #expect(keys.warnings.map(\.code) == [.keyEnded] && !keys.isGood)

        _ = try archive(2, for: .writing).rotateSealKey(
            KeyRotation(.made(usesRSA: false), passphrase: nil, isOldLost: false))
        #expect(try archive(3).status().certificateState == .good)
        #expect(try archive(3).keyStatus().isGood)
    }

    @Test func `while a revocation is lost, status trusts no seal`() throws {
        try revoke(nil, 10)
        try rotate(20)
        _ = try Archive.package(
            folder.makeDossier("ho-so-2", notation: "02"), into: root, in: Self.world(30))
        try FileManager.default.removeItem(
            atPath: root.string + "/stores/chinh/policy/revocation-0001.json")
        let status = try Archive.open(root, in: Self.world(40), for: .reading).status()
        #expect(status.voidSeals == 2)
    }

    @Test func `a damaged dossier is not sealed anew`() throws {
        try revoke(nil, 10)
        try rotate(20)
        let tar = try #require(
            FileManager.default.subpathsOfDirectory(atPath: root.string).first {
                $0.hasSuffix(".tar")
            })
        let url = URL(filePath: root.string + "/" + tar)
        var data = try Data(contentsOf: url)
        data[5000] ^= 1
        try data.write(to: url)
        let archive = try writing(30)

        let outcome = try archive.resealing(passphrase: nil, reason: "x") { _ in }
            .reseal(archive.toReseal([])[0])

        #expect(outcome.version == nil)
        #expect(outcome.findings.containsErrors)
        #expect(!FileManager.default.fileExists(atPath: url.path.replacing("/v1/", with: "/v2/")))
    }

    @Test func `a key that was here before, or was revoked, is no new key`() throws {
        let key = folder.path("old.key")
        let certificate = folder.path("old.crt")
        for (name, path) in [("seal.key", key), ("seal.crt", certificate)] {
            try FileManager.default.copyItem(
                atPath: root.string + "/keys/" + name, toPath: path.string)
        }
        try rotate(10)

        let failure = #expect(throws: ArchiveFailure.self) {
            try writing(20).rotateSealKey(
                KeyRotation(
                    .files(key: key, certificate: certificate), passphrase: nil, isOldLost: false))
        }
        #expect(failure?.reason == .keySame)
        let mismatch = #expect(throws: ArchiveFailure.self) {
            try writing(30).rotateSealKey(
                KeyRotation(
                    .files(key: key, certificate: root.appending("keys/seal.crt")),
                    passphrase: nil, isOldLost: false))
        }
        #expect(mismatch?.reason == .keyMismatch)
    }

    @Test(arguments: ["2030-01-01T00:00:00Z", "hôm qua", ""])
    func `an instant that is none, or is to come, revokes nothing`(since: String) throws {
        let failure = #expect(throws: ArchiveFailure.self) {
            try writing(10).revokeSealKey(nil, since: since, because: "x")
        }
        #expect(failure?.reason == .usage)
        #expect(try verdict().verdict == .valid)
    }
}
