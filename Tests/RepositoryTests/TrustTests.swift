import Cryptography
import Foundation
import Glibc
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

    @Test func `a key that others can read is a warning of the audit`() throws {
        func codes(_ minutes: Int64) throws -> [FindingCode] {
            try Archive.open(root, in: Self.world(minutes), for: .auditing).audit([]) { _ in }
                .findings.map(\.code)
        }
        #expect(try codes(60) == [])
        #expect(chmod(root.string + "/keys/seal.key", 0o640) == 0)
        #expect(try codes(90) == [.keyReadable])
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
        #expect(report.findings.map(\.code) == [.policyFileUnadopted, .storeExtraFile])
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

    /// A stranger's bundle in the store and the stranger's certificate in its policy.
    private func intrude() throws -> (bundle: FilePath, digest: String) {
        let strangers = try TestFolder()
        let other = try strangers.makeArchive(in: Self.world(0, seed: 42))
        _ = try Archive.package(folder.makeDossier(), into: other, in: Self.world(1, seed: 42))
        let stored = try tar(in: other)
        let target = root.string + "/stores/chinh/bundle"
        try FileManager.default.copyItem(
            atPath: FilePath(stored.string).removingLastComponent().string, toPath: target)
        let certificate = try Data(contentsOf: URL(filePath: other.string + "/keys/seal.crt"))
        try certificate.write(to: URL(filePath: policy + "/seal-0002.crt"))
        let digest = Hexadecimal.text(of: Hasher.digest(.sha256, of: [UInt8](certificate)))
        return (FilePath(target).appending(stored.lastComponent?.string ?? ""), digest)
    }

    private var entries: URL { URL(filePath: root.string + "/stores/chinh/ledger/entries.jsonl") }

    @Test func `a line that does not follow the one before adopts no certificate`() throws {
        let (bundle, digest) = try intrude()
        let line =
            #"{"act":"policy","digests":{"policy/seal-0002.crt":"sha256:"#
            + digest + "\"}}\n"
        let whole = try Data(contentsOf: entries)
        try (whole + Data(line.utf8)).write(to: entries)

        #expect(try verdict(bundle) == .untrusted)
        #expect(try Archive.open(root, in: Self.world(5), for: .reading).status().isLedgerSuspect)
    }

    @Test func `a line changed in its place adopts no certificate`() throws {
        _ = try Archive.package(
            folder.makeDossier("ho-so-2", notation: "02"), into: root, in: Self.world(1))
        let (bundle, digest) = try intrude()
        let own = try Data(contentsOf: URL(filePath: policy + "/seal-0001.crt"))
        let ownDigest = Hexadecimal.text(of: Hasher.digest(.sha256, of: [UInt8](own)))
        let text = try String(contentsOf: entries, encoding: .utf8)
        try text.replacing(ownDigest, with: digest).write(
            to: entries, atomically: false, encoding: .utf8)
        try FileManager.default.removeItem(atPath: policy + "/seal-0001.crt")
        try FileManager.default.moveItem(
            atPath: policy + "/seal-0002.crt", toPath: policy + "/seal-0001.crt")

        #expect(try verdict(bundle) == .untrusted)
    }

    @Test func `a folder that only looks like a store vouches for nobody`() throws {
        let (bundle, _) = try intrude()
        let card = root.string + "/stores/chinh/store.json"
        try Data("x".utf8).write(to: URL(filePath: card))

        #expect(try verdict(bundle) == .untrusted)
    }

    @Test func `nothing is sealed under a certificate that no entry adopted`() throws {
        let strangers = try TestFolder()
        let other = try strangers.makeArchive(in: Self.world(0, seed: 42))
        for name in ["seal.key", "seal.crt"] {
            let path = root.string + "/keys/" + name
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.copyItem(
                atPath: other.string + "/keys/" + name, toPath: path)
        }

        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.package(folder.makeDossier(), into: root, in: Self.world(3))
        }
        #expect(failure?.reason == .keyNotAdopted)
        try FileManager.default.removeItem(atPath: root.string + "/keys/seal.key")
        let missing = #expect(throws: ArchiveFailure.self) {
            try Archive.package(folder.makeDossier(), into: root, in: Self.world(4))
        }
        #expect(missing?.reason == .keyMissing)
    }

    @Test func `certificates given decide over those of the archive, for an identifier too`() throws
    {
        _ = try Archive.package(folder.makeDossier(), into: root, in: Self.world(1))
        let strangers = try TestFolder()
        let other = try strangers.makeArchive(in: Self.world(0, seed: 42))
        var verification = Verification(
            archive: root, trust: [FilePath(other.string + "/keys/seal.crt")], version: nil,
            world: Self.world(50), progress: { _ in })

        let report = try verification.verify("H61.12.2024.01.CĐS", at: "/none")

        #expect(report.verdict == .untrusted)
    }

    @Test(arguments: ["folder", "pipe", "large"])
    func `what is no certificate beside the policy is a finding, and the rest goes on`(
        what: String
    ) throws {
        _ = try Archive.package(folder.makeDossier(), into: root, in: Self.world(1))
        let path = policy + "/seal-0002.crt"
        switch what {
        case "folder":
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false)
        case "pipe": #expect(mkfifo(path, 0o600) == 0)
        default: try Data(count: 300 * 1024).write(to: URL(filePath: path))
        }

        let report = try Archive.open(root, in: Self.world(9), for: .auditing).audit(
            [], progress: { _ in })

        #expect(report.findings.map(\.code) == [.policyFileUnadopted])
        #expect(try verdict(tar(in: root)) == .valid)
    }

    @Test func `the number of a policy file is never given twice`() throws {
        let configuration = root.string + "/luutru.yaml"
        try FileManager.default.removeItem(atPath: policy + "/configuration-0001.yaml")
        let text = try String(contentsOfFile: configuration, encoding: .utf8)
        try (text + "# sửa\n").write(toFile: configuration, atomically: false, encoding: .utf8)

        _ = try Archive.open(root, in: Self.world(3), for: .writing)

        #expect(FileManager.default.fileExists(atPath: policy + "/configuration-0002.yaml"))
        #expect(!FileManager.default.fileExists(atPath: policy + "/configuration-0001.yaml"))
        let report = try Archive.open(root, in: Self.world(9), for: .auditing).audit(
            [], progress: { _ in })
        #expect(report.findings.map(\.code) == [.policyFileMissing])
    }
}
