import Cryptography
import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// What issuers say of an authority's certificates stands in the token before anything hashes it.
@Suite(.serialized) struct StampRevocationTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        _ = try Archive.package(try folder.makeDossier(), into: root, in: Self.world(10))
    }

    private static func second(_ minutes: Int64) -> Int64 {
        TestWorld.start.seconds + minutes * 60
    }

    private static func world(_ minutes: Int64) -> World {
        TestWorld.make(seed: UInt64(minutes), from: Instant(seconds: second(minutes)))
    }

    /// Names the authority's certificates in the configuration, and lists of one's own.
    private func configure(
        _ authority: IssuingAuthority, _ names: [String], _ minutes: Int64, crls: [String] = []
    ) throws {
        let path = root.string + "/luutru.yaml"
        let old = try String(contentsOfFile: path, encoding: .utf8)
        var lines = [(old.components(separatedBy: "tsa:\n").first ?? "") + "tsa:"]
        for name in names {
            lines += [
                "  - url: \"\(authority.url)\(name)/\(Self.second(minutes))\"",
                "    roots: \"\(authority.roots)\"", "    timeout: 2",
            ]
            if crls.count == 1 { lines.append("    crls: \"\(crls[0])\"") }
            if crls.count > 1 { lines += ["    crls:"] + crls.map { "      - \"\($0)\"" } }
        }
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: path, atomically: true, encoding: .utf8)
    }

    private func stamp(_ minutes: Int64) throws -> StampOutcome {
        let archive = try Archive.open(root, in: Self.world(minutes), for: .writing)
        let outcome = try archive.stamp()
        try archive.finish()
        return outcome
    }

    private func token(_ place: String = "evidence/000001") throws -> TimeStampToken {
        let path = root.string + "/stores/chinh/" + place + "/stamps/0001.tst"
        return try TimeStampToken(der: Array(try Data(contentsOf: URL(filePath: path))))
    }

    /// Nothing is wrong with what is stored, also for one who reads it again.
    private func expectSound(_ minutes: Int64) throws {
        #expect(
            try Archive.open(root, in: Self.world(minutes), for: .auditing)
                .audit([], progress: { _ in }).findings.isEmpty)
    }

    @Test(arguments: [
        ("tsa", "good", "good", 0, 0, [String]()), ("listed", "good", "500", 1, 0, ["list"]),
        ("listed", "pem", "500", 1, 0, ["list"]), ("answered", "500", "good", 0, 1, ["ocsp"]),
        ("answered", "500", "issuer", 0, 1, ["ocsp"]),
        ("answered", "500", "unlimited", 0, 1, ["ocsp"]),
        ("both", "good", "good", 1, 0, ["list"]), ("both", "html", "good", 0, 1, ["list", "ocsp"]),
        ("both", "slow", "good", 0, 1, ["list", "ocsp"]),
        ("both", "big", "good", 0, 1, ["list", "ocsp"]), ("listed", "big", "500", 1, 0, ["list"]),
        ("deep", "good", "500", 2, 0, ["list", "list"]),
    ])
    func `lists and answers of the issuers go into the token`(
        name: String, list: String, response: String, lists: Int, answers: Int, asked: [String]
    ) throws {
        guard let authority = try IssuingAuthority(in: folder) else { return }
        try configure(authority, [name], 60)
        try authority.answer(list: list, response: response)

        let outcome = try stamp(60)

        #expect(outcome.stamped?.versions == 1 && outcome.findings.isEmpty, "\(outcome.findings)")
        #expect(authority.asked == asked)
        let token = try token()
        #expect(token.revocationLists.count == lists)
        #expect(token.revocationStatements.count == lists + answers)
        #expect(token.hasOtherRevocation == (answers > 0))
        let roots = try Certificate.reading(
            pem: Array(try Data(contentsOf: URL(filePath: authority.roots))))
        let check = token.check(at: token.generationTime, roots: roots)
        #expect(check.problems.isEmpty)
        try expectSound(120)
    }

    @Test func `what an issuer does not say properly delays the stamp, and the next run completes`()
        throws
    {
        guard let authority = try IssuingAuthority(in: folder) else { return }
        let lists = ["other", "expired", "future", "html", "500", "slow", "large"]
        let responses = lists + ["strange", "elsewhere"]
        var minutes: Int64 = 60
        for (name, kind) in lists.map({ ("listed", $0) }) + responses.map({ ("answered", $0) }) {
            minutes += 10
            try configure(authority, [name], minutes)
            try authority.answer(list: kind, response: kind)

            let outcome = try stamp(minutes)

            #expect(outcome.stamped == nil && outcome.waiting == 1, "\(name) \(kind)")
            #expect(
                outcome.findings.map(\.code.text) == ["TSA_REVOCATION_UNKNOWN"],
                "\(name) \(kind): \(outcome.findings)")
            #expect(outcome.findings.allSatisfy { $0.severity == .warning })
        }
        try configure(authority, ["listed"], minutes + 10)
        try authority.answer()
        #expect(try stamp(minutes + 10).stamped?.versions == 1)
        try expectSound(minutes + 60)
    }

    @Test func `a revoked certificate stamps nothing, and the next authority is asked`() throws {
        guard let authority = try IssuingAuthority(in: folder) else { return }
        var minutes: Int64 = 60
        for name in ["listed", "answered", "both", "deep"] {
            minutes += 10
            try configure(authority, [name], minutes)
            try authority.answer(list: "revoked", response: "revoked")
            let outcome = try stamp(minutes)
            #expect(outcome.stamped == nil && outcome.waiting == 1)
            #expect(outcome.findings.map(\.code.text) == ["TS_REVOKED"], "\(outcome.findings)")
        }
        try configure(authority, ["listed", "answered"], minutes + 10)
        try authority.answer(list: "revoked", response: "good")
        let outcome = try stamp(minutes + 10)
        #expect(outcome.stamped?.versions == 1)
        #expect(outcome.findings.map(\.code.text) == ["TS_REVOKED"])
    }

    @Test func `a responder of the openssl program is understood`() throws {
        guard let authority = try IssuingAuthority(in: folder) else { return }
        try configure(authority, ["ported"], 60)
        #expect(try stamp(60).findings.map(\.code.text) == ["TSA_REVOCATION_UNKNOWN"])
        try authority.startResponder(at: Self.second(61))

        try configure(authority, ["ported"], 62)
        let outcome = try stamp(62)

        #expect(outcome.stamped?.versions == 1, "\(outcome.findings)")
        #expect(try token().hasOtherRevocation)
    }

    @Test func `lists named in the configuration stand in for those that cannot be had`() throws {
        guard let authority = try IssuingAuthority(in: folder) else { return }
        let good = try authority.listFile("good", at: Self.second(60))
        let strange = try authority.listFile("other", at: Self.second(60))
        var minutes: Int64 = 60
        for wrong in [[strange], ["khong-co.pem"], ["luutru.yaml"], ["khong-co.pem", strange]] {
            minutes += 10
            try configure(authority, ["tsa"], minutes, crls: wrong)
            let outcome = try stamp(minutes)
            #expect(outcome.stamped == nil && outcome.waiting == 1)
            #expect(
                outcome.findings.map(\.code.text) == ["TSA_REVOCATION_UNKNOWN"],
                "\(outcome.findings)")
        }
        try configure(authority, ["listed"], minutes + 10, crls: [strange, good])
        try authority.answer(list: "html")
        #expect(try stamp(minutes + 10).stamped?.versions == 1)
        #expect(try token().revocationLists.count == 1)

        _ = try Archive.package(
            try folder.makeDossier("hai", notation: "2.CĐS"), into: root,
            in: Self.world(minutes + 15))
        try configure(authority, ["tsa"], minutes + 20, crls: [authority.url + "list"])
        try authority.answer()
        #expect(try stamp(minutes + 20).stamped?.versions == 1)
        #expect(try token("evidence/000002").revocationLists.count == 1)
        try expectSound(minutes + 60)
    }

    @Test(arguments: ["listed", "answered"])
    func `renewals and checkpoints are stamped in the same way`(name: String) throws {
        guard let authority = try IssuingAuthority(in: folder) else { return }
        try configure(authority, [name], 60)
        #expect(try stamp(60).stamped?.versions == 1)
        func writing<Result>(
            _ minutes: Int64, _ work: (Archive) throws -> Result
        ) throws -> Result {
            try configure(authority, [name], minutes)
            let archive = try Archive.open(root, in: Self.world(minutes), for: .writing)
            let result = try work(archive)
            try archive.finish()
            return result
        }

        let witness = try writing(120) { try $0.witness() }
        for (minutes, trees) in [(Int64(180), false), (240, true), (300, false)] {
            let outcomes = try writing(minutes) {
                try $0.renewEvidence(
                    RenewalRequest(isForced: true, isHashTree: trees), progress: { _ in })
            }
            #expect(outcomes.map(\.isDone) == [true], "\(outcomes.flatMap(\.findings))")
        }

        #expect(witness.stamped != nil && witness.isIndependent, "\(witness.findings)")
        for place in ["renewal-0001", "renewal-0002", "renewal-0003"] {
            #expect(try token("evidence/" + place).revocationStatements.count == 1)
        }
        let stamped = root.string + "/stores/chinh/ledger/checkpoint.tst"
        let checkpoint = try TimeStampToken(
            der: Array(try Data(contentsOf: URL(filePath: stamped))))
        #expect(checkpoint.revocationStatements.count == 1)
        try expectSound(360)
        // An issuer that is silent leaves what there is as it was.
        try authority.answer(list: "500", response: "500")
        let refused = try writing(400) {
            try $0.renewEvidence(
                RenewalRequest(isForced: true, isHashTree: false), progress: { _ in })
        }
        #expect(refused.map(\.isDone) == [false])
        #expect(refused.flatMap(\.findings).map(\.code.text) == ["TSA_REVOCATION_UNKNOWN"])
        try expectSound(420)
    }
}
