import Foundation
import Testing

@testable import Cryptography

struct TimeStampTests {
    static let digest = DigestMethod.sha512.digest(of: Array("luutru".utf8))
    /// 2026-01-02T03:04:05Z.
    static let time = Sealer.time

    static func authority(years: Int64 = 5) throws -> TrialAuthority {
        try TrialAuthority.make(
            agencyName: Sealer.agency, agencyCode: "H61.12", commonName: "Cấp dấu thời gian thử",
            serial: Array(1...16), notBefore: time - 60, notAfter: time + years * Sealer.year)
    }

    static func token(
        _ authority: TrialAuthority, at time: Int64 = time, policy: String? = nil
    ) throws -> TimeStampToken {
        let request = try TimeStampRequest(
            imprint: digest, nonce: Array(1...16), policy: policy)
        let answer = try authority.answer(to: request.der, now: time, serial: [1, 2, 3])
        return try TimeStampResponse(der: answer).token(for: request, now: time, tolerance: 300)
    }

    @Test func `a trial authority's token proves its time until its certificate ends`() throws {
        let authority = try Self.authority()

        let token = try Self.token(authority)

        let check = token.check(at: Self.time + Sealer.year, roots: [authority.certificate])
        #expect(check.problems.isEmpty)
        #expect(token.generationTime == Self.time)
        #expect(token.imprint == Self.digest && token.method == .sha512)
        #expect(token.policy == TrialAuthority.policy && token.accuracy == 1_000_000)
        #expect(check.algorithms == [AlgorithmUse(digest: "sha512", key: "ecdsa", bits: 256)])
        #expect(check.pathEnds == authority.certificate.notAfter)
        let late = token.check(at: Self.time + 6 * Sealer.year, roots: [authority.certificate])
        #expect(late.problems.map(\.fault) == [.expired])
        let stranger = try Self.authority().certificate
        #expect(
            token.check(at: Self.time, roots: [stranger]).problems.map(\.fault) == [.untrusted])
    }

    @Test func `openssl accepts a trial authority's token and shows our request`() throws {
        let bench = try Workbench()
        let authority = try Self.authority(years: 50)
        let now = Int64(Date().timeIntervalSince1970)
        let request = try TimeStampRequest(
            imprint: Self.digest, nonce: Array(1...16), policy: "1.2.3.4")
        try bench.write(request.der, as: "q.tsq")
        try bench.write(authority.certificate.pem, as: "tsa.pem")
        let free = try TimeStampRequest(imprint: Self.digest, nonce: Array(1...16))
        try bench.write(
            authority.answer(to: free.der, now: now, serial: [9]), as: "r.tsr")
        try bench.write(free.der, as: "free.tsq")

        let shown = try bench.openssl("ts -query -in q.tsq -text").output
        #expect(shown.contains("Hash Algorithm: sha512") && shown.contains("Policy OID: 1.2.3.4"))
        #expect(shown.contains("Certificate required: yes"))
        let verdict = try bench.openssl("ts -verify -queryfile free.tsq -in r.tsr -CAfile tsa.pem")
        #expect(verdict.status == 0)
    }

    @Test func `a token of openssl's service is trusted by the root alone`() throws {
        let bench = try StampBench()

        let token = try bench.token()

        let check = token.check(at: bench.now + 60, roots: [try bench.root])
        #expect(check.problems.isEmpty)
        #expect(check.algorithms.map(\.digest) == ["sha256", "sha256"])
        #expect(!check.isRevocationKnown)
    }

    @Test(arguments: [("plain", TimeStampFault.usage), ("soft", .usage)])
    func `a certificate that is not for time-stamps alone is found`(
        _ kind: String, _ fault: TimeStampFault
    ) throws {
        let bench = try StampBench()

        let token = try bench.forged(bench.token(), with: kind)

        let check = token.check(at: bench.now, roots: [try bench.root])
        #expect(check.problems.map(\.fault) == [fault])
    }

    @Test func `answers to other questions are refused`() throws {
        let authority = try Self.authority()
        let request = try TimeStampRequest(imprint: Self.digest, nonce: Array(1...16))
        let answer = try TimeStampResponse(
            der: authority.answer(to: request.der, now: Self.time, serial: [1]))
        func fault(_ other: TimeStampRequest, now: Int64 = Self.time) -> TimeStampFault? {
            do throws(TimeStampProblem) {
                _ = try answer.token(for: other, now: now, tolerance: 300)
                return nil
            } catch { return error.fault }
        }
        var digest = Self.digest
        digest[0] ^= 1

        #expect(fault(request) == nil)
        #expect(fault(request, now: Self.time + 301) == .clock)
        #expect(fault(request, now: .min) == .clock)
        #expect(fault(try TimeStampRequest(imprint: digest, nonce: Array(1...16))) == .imprint)
        #expect(fault(try TimeStampRequest(imprint: Self.digest, nonce: Array(2...17))) == .nonce)
        let policy = try TimeStampRequest(
            imprint: Self.digest, nonce: Array(1...16), policy: "1.2.3")
        #expect(fault(policy) == .policy)
        let refused = try TimeStampResponse(
            der: authority.answer(to: policy.der, now: Self.time, serial: [1]))
        #expect(refused.status == 2 && refused.token == nil)
        #expect(throws: TimeStampProblem.self) {
            try refused.token(for: policy, now: Self.time, tolerance: 300)
        }
    }

    @Test func `a token with any bit turned is never good, and nothing crashes`() throws {
        let bench = try StampBench()
        let root = try bench.root
        let token = try bench.token()
        for index in token.der.indices {
            var der = token.der
            der[index] ^= 1 << UInt8(index % 8)
            guard let changed = try? TimeStampToken(der: der) else { continue }

            let check = changed.check(at: bench.now, roots: [root])

            let isSame = changed.imprint == token.imprint
            #expect(!check.problems.isEmpty || !isSame, "byte \(index)")
        }
        for count in stride(from: 0, to: token.der.count, by: 7) {
            #expect(throws: TimeStampProblem.self) {
                try TimeStampToken(der: Array(token.der.prefix(count)))
            }
        }
    }

    @Test func `answers that are none, or damaged, are refused and nothing crashes`() throws {
        let authority = try Self.authority()
        let request = try TimeStampRequest(imprint: Self.digest, nonce: Array(1...16))
        let answer = try authority.answer(to: request.der, now: Self.time, serial: [1])
        func isAccepted(_ der: [UInt8]) -> Bool {
            guard
                let token = try? TimeStampResponse(der: der).token(
                    for: request, now: Self.time, tolerance: 9)
            else { return false }
            return token.check(at: Self.time, roots: [authority.certificate]).problems.isEmpty
        }

        #expect(isAccepted(answer))
        for text in ["", "<html>503</html>", "0", "0\u{3}\u{2}\u{1}"] {
            #expect(throws: TimeStampProblem.self) { try TimeStampResponse(der: Array(text.utf8)) }
        }
        #expect(throws: TimeStampProblem.self) {
            try TimeStampResponse(der: Array(repeating: 0x30, count: TimeStampResponse.largest + 1))
        }
        for count in 0..<answer.count where count % 5 == 0 {
            #expect(!isAccepted(Array(answer.prefix(count))))
        }
        for index in answer.indices {
            var changed = answer
            changed[index] ^= 1 << UInt8.random(in: 0...7)
            // Inside the token sets are put in order, so a changed tag of one may be put right.
            guard isAccepted(changed) else { continue }
            let token = try #require(try TimeStampResponse(der: changed).token)
            #expect(token.der == (try TimeStampResponse(der: answer).token?.der), "byte \(index)")
        }
        let garbage = try authority.answer(to: [1, 2, 3], now: Self.time, serial: [1])
        #expect(try TimeStampResponse(der: garbage).token == nil)
    }

    @Test func `a token with more certificates than any path needs is refused`() throws {
        let token = try Self.token(try Self.authority())
        let certificates = try (0..<101).map { _ in try Sealer().certificate.der }

        #expect(throws: TimeStampProblem.self) {
            try TimeStampToken(der: Self.adding(certificates, to: token.der))
        }
        let some = try TimeStampToken(
            der: Self.adding(Array(certificates.prefix(9)), to: token.der))
        let roots = [try #require(token.signerCertificate)]
        #expect(some.check(at: Self.time, roots: roots).problems.map(\.fault) == [.unprotected])
    }

    /// The token with other certificates beside its own.
    static func adding(_ certificates: [[UInt8]], to token: [UInt8]) -> [UInt8] {
        var outer = DERWalk(token[...])
        guard var info = outer.enter(0x30), let type = info.whole(),
            var explicit = info.enter(0xA0), var signed = explicit.enter(0x30),
            let version = signed.whole(), let digests = signed.whole(),
            let content = signed.whole(), let own = signed.enter(0xA0)?.rest
        else { return [] }
        let all = ([Array(own)] + certificates).sorted { $0.lexicographicallyPrecedes($1) }
        let parts = version + digests + content + DERWalk.value(0xA0, all.joined()) + signed.rest
        return DERWalk.value(0x30, type + DERWalk.value(0xA0, DERWalk.value(0x30, parts)))
    }
}
