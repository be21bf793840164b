import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Authorities as they are: away, slow, lying, or good. None of them loses or delays a dossier.
@Suite(.serialized) struct StampAuthorityTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        _ = try Archive.package(
            try folder.makeDossier(), into: root, in: Self.world(10))
    }

    private static func world(_ minutes: Int64) -> World {
        TestWorld.make(
            seed: UInt64(minutes), from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    /// Names an authority in the configuration; the path says how it answers, and the hour.
    private func configure(
        _ authority: Authority, _ kind: String, _ minutes: Int64, policy: String? = nil
    ) throws {
        let path = root.string + "/luutru.yaml"
        let old = try String(contentsOfFile: path, encoding: .utf8)
        let before = old.components(separatedBy: "tsa:\n").first ?? ""
        let now = TestWorld.start.seconds + minutes * 60
        let lines = [
            "tsa:", "  - url: \"\(authority.url)\(kind)/\(now)\"",
            policy.map { "    policy: \($0)" }, "    roots: \"\(authority.roots)\"",
            "    timeout: 2", "",
        ]
        try (before + lines.compactMap { $0 }.joined(separator: "\n")).write(
            toFile: path, atomically: true, encoding: .utf8)
    }

    private func stamp(_ minutes: Int64) throws -> StampOutcome {
        try Archive.open(root, in: Self.world(minutes), for: .writing).stamp()
    }

    @Test func `whatever a bad authority says, the next good one completes`() throws {
        guard let authority = try Authority(in: folder) else { return }
        let cases = [
            ("html", "TS_MALFORMED"), ("500", "TSA_UNREACHABLE"), ("slow", "TSA_UNREACHABLE"),
            ("cut", "TSA_UNREACHABLE"), ("nonce", "TSA_BAD_NONCE"),
            ("imprint", "TS_IMPRINT_MISMATCH"), ("clock", "TS_CLOCK_SKEW"),
            ("sha256", "TSA_REFUSED"), ("broken", "TS_SIGNATURE_BROKEN"), ("mail", "TS_NO_EKU"),
            ("old", "TS_EXPIRED"),
        ]
        var minutes: Int64 = 60
        for (kind, code) in cases {
            minutes += 60
            try configure(authority, kind, minutes)
            let outcome = try stamp(minutes)
            #expect(outcome.stamped == nil && outcome.waiting == 1, "\(kind)")
            #expect(outcome.findings.map(\.code.text) == [code], "\(kind): \(outcome.findings)")
            #expect(outcome.findings.allSatisfy { $0.severity == .warning })
        }
        minutes += 60
        try configure(authority, "good", minutes, policy: "1.3.6.1.4.1.99999.1.3")
        #expect(try stamp(minutes).findings.map(\.code.text) == ["TSA_REFUSED"])
        minutes += 60
        try configure(authority, "good", minutes, policy: "1.3.6.1.4.1.99999.1.2")
        let outcome = try stamp(minutes)
        #expect(outcome.findings.isEmpty, "\(outcome.findings)")
        #expect(outcome.stamped?.versions == 1 && outcome.stamped?.isIndependent == true)
        #expect(
            try Archive.open(root, in: Self.world(minutes + 50), for: .reading)
                .evidenceStanding().state == .stamped)
        #expect(
            try Archive.open(root, in: Self.world(minutes + 60), for: .auditing)
                .audit([], progress: { _ in }).findings.isEmpty)
        #expect(
            try Archive.checkCatalog(root, in: Self.world(minutes + 120)).isEmpty)
    }

    @Test func `a digest that nobody stamps costs no reading again, and time-stamps go on`() throws
    {
        guard let authority = try Authority(in: folder) else { return }
        func renew(_ minutes: Int64, _ volume: any Volume, trees: Bool) throws -> [RenewalOutcome] {
            try configure(authority, "good", minutes)
            let world = TestWorld.make(
                volume, seed: UInt64(minutes),
                from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
            return try Archive.open(root, in: world, for: .writing).renewEvidence(
                RenewalRequest(isForced: true, isHashTree: trees), progress: { _ in })
        }
        try configure(authority, "good", 60)
        #expect(try stamp(60).stamped != nil)
        let refused = try renew(120, DiskVolume(), trees: true)
        #expect(refused.map(\.isDone) == [false])
        #expect(refused[0].findings.map(\.code.text) == ["TSA_REFUSED"])
        let volume = WatchedVolume(ending: ".tar")
        let later = try renew(180, volume, trees: false)
        #expect(later.map(\.isDone) == [false, true] && later[1].digest == "sha512")
        #expect(volume.opened == 0)
        #expect(
            try Archive.open(root, in: Self.world(240), for: .auditing)
                .audit([], progress: { _ in }).findings.isEmpty)
    }

    @Test func `an authority that nobody vouches for, or whose roots are gone, is not believed`()
        throws
    {
        guard let authority = try Authority(in: folder) else { return }
        try configure(authority, "good", 60)
        let path = root.string + "/luutru.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let seal = root.string + "/keys/seal.crt"
        try text.replacingOccurrences(of: authority.roots, with: seal)
            .write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try stamp(60).findings.map(\.code.text) == ["TS_UNTRUSTED"])
        try text.replacingOccurrences(of: authority.roots, with: "none.pem")
            .write(toFile: path, atomically: true, encoding: .utf8)
        let codes = Set(try stamp(120).findings.map(\.code.text))
        #expect(codes.contains("TSA_ROOTS_MISSING"))
    }

    @Test(arguments: [
        "tsa: a", "tsa:\n  - url: ftp://a/\n    roots: a", "tsa:\n  - url: http://a/",
        "tsa:\n  - url: http://u:p@a/\n    roots: a", "tsa:\n  - trial: yes",
        "tsa:\n  - url: http://a/\n    roots: a\n    policy: 3.2.a",
        "tsa:\n  - url: http://a/\n    roots: a\n    timeout: 0",
        "tsa:\n  - url: http://a/\n    roots: a\n    timeut: 5",
        "tsa:\n  - url: http://a/\n    roots: a\n    crls: []",
        "tsa:\n  - url: http://a/\n    roots: a\n    crls: ftp://a/",
        "tsa:\n  - url: http://a/\n    roots: a\n    crls: [a, a]",
        "tsa:\n  - url: http://a/\n    roots: a\n    crls: [a, b, c, d, e, f, g, h, i]",
        "tsa:\n  - trial: true\n  - trial: true", "tsa: []", "evidence:\n  batch-count: 0",
        "evidence:\n  batch-age: 3", "evidence:\n  batch-age-hours: x",
        "tsa:\n  - url: {a: b}\n    roots: a",
    ])
    func `a wrong configuration is refused with its line`(lines: String) throws {
        let path = root.string + "/luutru.yaml"
        let old = try String(contentsOfFile: path, encoding: .utf8)
        try (old + lines + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        do {
            _ = try Archive.open(root, in: Self.world(60), for: .reading)
            Issue.record("accepted")
        } catch let failure as ArchiveFailure {
            #expect(failure.reason == .configuration)
            let line = Int(failure.facts["line"] ?? "") ?? 0
            #expect(line > old.split(separator: "\n").count, "\(failure.facts)")
        }
    }
}
