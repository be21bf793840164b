import Foundation
import Testing

@testable import Cryptography

/// Answers of responders (RFC 6960), made by the openssl program.
struct OCSPResponseTests {
    private let stamps: StampBench
    private var bench: Workbench { stamps.bench }

    init() throws {
        stamps = try StampBench()
        let sections = """
            [responder]
            keyUsage=critical,digitalSignature
            extendedKeyUsage=OCSPSigning
            [plain]
            keyUsage=critical,digitalSignature
            [named]
            crlDistributionPoints=URI:http://a.example/l,URI:ldap://b.example/l
            authorityInfoAccess=OCSP;URI:http://c.example/,caIssuers;URI:http://d.example/

            """
        try bench.write(Array(sections.utf8), as: "e.cnf")
        for kind in ["responder", "plain", "named"] {
            try bench.openssl(
                "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -set_serial 8 -days 30"
                    + " -extfile e.cnf -extensions \(kind) -out \(kind).pem")
        }
    }

    private func certificate(_ name: String) throws -> Certificate {
        try Certificate.reading(pem: bench.read(name + ".pem"))[0]
    }

    private func index(revokedAt second: Int64? = nil, _ reason: String = "") throws {
        var line = "V\t491231235959Z\t\t07\tunknown\t/CN=tsa\n"
        if let second {
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "en_US_POSIX")
            formatter.timeZone = TimeZone(secondsFromGMT: 0)
            formatter.dateFormat = "yyMMddHHmmss'Z'"
            let date = formatter.string(from: Date(timeIntervalSince1970: TimeInterval(second)))
            line =
                "R\t491231235959Z\t\(date)\(reason.isEmpty ? "" : ",")\(reason)\t07\tunknown\t/CN=tsa\n"
        }
        try bench.write(Array(line.utf8), as: "words")
    }

    private func answer(
        by signer: String = "responder", key: String = "tsa", _ more: String = ""
    ) throws -> OCSPResponse {
        let made = try bench.openssl(
            "ocsp -index words -CA root.pem -rsigner \(signer).pem -rkey \(key).key"
                + " -issuer root.pem -cert tsa.pem -respout o.der -ndays 1 -no_nonce \(more)")
        #expect(made.status == 0, "\(made.output)")
        return try OCSPResponse.reading(der: bench.read("o.der"))
    }

    @Test func `the issuer and whom it names may answer, and nobody else`() throws {
        try index()
        let (tsa, root) = (try certificate("tsa"), try certificate("root"))

        let words = try [
            answer().word(on: tsa, issuer: root),
            answer(by: "root", key: "root").word(on: tsa, issuer: root),
            answer("-resp_key_id").word(on: tsa, issuer: root),
        ]
        let others = try [
            answer(by: "plain").word(on: tsa, issuer: root),
            answer().word(on: certificate("named"), issuer: root),
            answer().word(on: tsa, issuer: certificate("tsa")),
        ]

        #expect(words.allSatisfy { $0?.standing == .good })
        #expect(words.allSatisfy { $0?.isCurrent(at: stamps.now, tolerance: 300) == true })
        #expect(
            words.allSatisfy { $0?.isCurrent(at: stamps.now + 99_999, tolerance: 300) == false })
        #expect(words.allSatisfy { $0?.isCurrent(at: stamps.now - 999, tolerance: 300) == false })
        #expect(others.allSatisfy { $0 == nil })
    }

    @Test(arguments: [("", true), ("keyCompromise", true), ("superseded", false)])
    func `a revocation in an answer counts like one in a list`(
        _ reason: String, _ isTakenBack: Bool
    ) throws {
        let token = try stamps.token()
        try index(revokedAt: token.generationTime + 2, reason)

        let enlarged = try token.embedding(lists: [], answers: [answer().der])

        let roots = [try stamps.root]
        let later = enlarged.check(at: stamps.now + 3_600, roots: roots)
        #expect(later.problems.map(\.fault) == (isTakenBack ? [.revoked] : []))
        #expect(later.isRevocationKnown)
        #expect(enlarged.check(at: token.generationTime, roots: roots).problems.isEmpty)
    }

    @Test func `a good answer made after the token makes revocation known`() throws {
        let token = try stamps.token()
        try index()

        let enlarged = try token.embedding(lists: [], answers: [answer().der])

        let check = enlarged.check(at: stamps.now + 9, roots: [try stamps.root])
        #expect(check.problems.isEmpty && check.isRevocationKnown)
        #expect(enlarged.revocationStatements.count == 1 && enlarged.hasOtherRevocation)
    }

    @Test func `no changed bit makes an answer say something else`() throws {
        let (tsa, root) = (try certificate("tsa"), try certificate("root"))
        try index(revokedAt: stamps.now - 60, "keyCompromise")
        let whole = try answer()
        let word = try #require(whole.word(on: tsa, issuer: root))
        var silent = 0
        for position in whole.der.indices {
            var der = whole.der
            der[position] ^= 1 << UInt8.random(in: 0...7)

            let said = (try? OCSPResponse.reading(der: der))?.word(on: tsa, issuer: root)

            #expect(said == nil || said == word, "byte \(position)")
            if said == nil { silent += 1 }
        }
        #expect(silent > whole.der.count * 9 / 10)
        #expect(throws: CryptographyFailure.self) {
            try OCSPResponse.reading(der: [0x30, 3, 10, 1, 6])
        }
        #expect(throws: CryptographyFailure.self) {
            try OCSPResponse.reading(der: whole.der + [0])
        }
    }

    @Test func `a request is what the openssl program takes for one`() throws {
        let request = try OCSPRequest(about: certificate("tsa"), issuer: certificate("root"))

        try bench.write(request.der, as: "q.der")

        let text = try bench.openssl("ocsp -reqin q.der -req_text")
        #expect(text.output.contains("Hash Algorithm: sha1"))
        #expect(text.output.contains("Serial Number: 07"))
    }

    @Test func `sources stand in the certificate`() throws {
        let named = RevocationSources(of: try certificate("named"))
        #expect(named.lists == ["http://a.example/l", "ldap://b.example/l"])
        #expect(named.responders == ["http://c.example/"] && named.isAnyNamed)
        #expect(RevocationSources(of: try certificate("tsa")).isAnyNamed == false)
    }
}
