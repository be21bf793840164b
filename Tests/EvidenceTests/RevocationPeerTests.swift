import Cryptography
import Foundation
import Testing

@testable import Evidence

/// Records whose tokens hold lists and answers of the issuer, under the checkers of others.
struct RevocationPeerTests {
    /// An authority of the openssl program, and what its root says of it.
    private struct Issuer {
        let peers: Peers
        let authority: PeerAuthority
        let list: [UInt8]
        let answer: [UInt8]

        init(in peers: Peers) throws {
            self.peers = peers
            authority = try PeerAuthority(in: peers)
            let config = "[ca]\ndefault_ca=ca1\n[ca1]\ndatabase=./index\ndefault_md=sha256\n"
            try peers.write(Array(config.utf8), as: "ca.cnf")
            try peers.write(
                Array("V\t491231235959Z\t\t07\tunknown\t/CN=tsa\n".utf8), as: "index")
            let run = try peers.run([
                "sh", "-ec",
                """
                openssl ca -config ca.cnf -gencrl -crldays 3 -keyfile root.key -cert root.pem -out l.pem
                openssl crl -in l.pem -outform DER -out list.der
                openssl ocsp -index index -CA root.pem -rsigner root.pem -rkey root.key \
                  -issuer root.pem -cert tsa.pem -respout answer.der -ndays 1 -no_nonce
                """,
            ])
            #expect(run.status == 0, "\(run.output)")
            list = try peers.read("list.der")
            answer = try peers.read("answer.der")
        }

        /// A token that is enlarged before anything hashes it.
        func token(over root: [UInt8], _ method: DigestMethod, _ parts: Parts) throws
            -> TimeStampToken
        {
            let request = try TimeStampRequest(
                imprint: root, method: method, nonce: (0..<16).map { _ in .random(in: 0...255) })
            try peers.write(request.der, as: "q.tsq")
            let words = "openssl ts -reply -config c.cnf -section tsa1 -queryfile q.tsq -out r.tsr"
            #expect(try peers.run(words.split(separator: " ").map { String($0) }).status == 0)
            return try TimeStampResponse(der: peers.read("r.tsr"))
                .token(for: request, now: Int64(Date().timeIntervalSince1970), tolerance: 600)
                .embedding(
                    lists: parts == .answer ? [] : [list], answers: parts == .list ? [] : [answer])
        }

        func stamp(_ group: LeafGroup, _ parts: Parts) throws -> ArchiveTimeStamp {
            var tree = HashTree(group.method)
            tree.append(group.leaf)
            tree.append(group.method.digest(of: Array("another".utf8)))
            let token = try token(over: tree.root ?? [], group.method, parts)
            return try group.stamp(path: tree.path(for: 0), token: token)
        }
    }

    enum Parts: String, CaseIterable, Sendable {
        case list, answer, both
    }

    @Test(.timeLimit(.minutes(5)), arguments: Parts.allCases)
    func `the checkers of others accept tokens with lists and answers through renewals`(
        _ parts: Parts
    ) throws {
        let peers = try Peers()
        defer { peers.remove() }
        let issuer = try Issuer(in: peers)
        let files = ["tar", "sums", "seal"].map { Array("file \($0)\n".utf8) }
        for (number, file) in files.enumerated() { try peers.write(file, as: "\(number).bin") }

        var records: [EvidenceRecord] = []
        let group = LeafGroup(files.map { DigestMethod.sha256.digest(of: $0) }, .sha256)
        records.append(
            EvidenceRecord(chains: [ArchiveTimeStampChain([try issuer.stamp(group, parts)])]))
        records.append(
            records[0].renewed(by: try issuer.stamp(records[0].timeStampRenewalGroup(), parts)))
        let again = records[1].hashTreeRenewalGroup(
            dataDigests: files.map { DigestMethod.sha512.digest(of: $0) }, method: .sha512)
        records.append(records[1].rehashed(by: try issuer.stamp(again, parts)))
        records.append(
            records[2].renewed(by: try issuer.stamp(records[2].timeStampRenewalGroup(), parts)))

        let now = Int64(Date().timeIntervalSince1970) + 60
        let trust = EvidenceTrust(roots: try Certificate.reading(pem: issuer.authority.root))
        let names = (0..<records.count).map { "\($0).er" }
        for (record, name) in zip(records, names) {
            let verdict = try record.verify(
                files.map { .bytes($0) }, coverage: .wholeGroup, trust: trust, at: now)
            #expect(verdict.problems == [])
            try peers.write(record.der, as: name)
        }
        try askOthers(peers, names, now)
        for place in records[3].stamps {
            try askOpenSSL(peers, TimeStampToken(der: place.stamp.timeStamp))
        }
    }

    private func askOthers(_ peers: Peers, _ names: [String], _ now: Int64) throws {
        if try peers.prepareJava() {
            let lines = names.map { $0 + " 0.bin+1.bin+2.bin" }
            try peers.write(Array(lines.joined(separator: "\n").utf8), as: "list")
            let answer = try peers.java(
                ["Batch", "list", "root.pem"], environment: ["AT": String(now)])
            let words = answer.output.split(separator: "\n")
            #expect(words.count == names.count, "\(answer.output.suffix(2000))")
            for word in words {
                #expect(word.hasPrefix("PASS") && word.hasSuffix("bc=OK"), "\(word)")
            }
        }
        guard let oracle = try peers.oracle() else { return }
        for name in names {
            let answer = try peers.run(
                ["/usr/bin/python3", oracle, name, "0.bin", "1.bin", "2.bin"])
            #expect(answer.status == 0, "\(name) \(answer.output)")
        }
    }

    /// `openssl ts` reads tokens with lists; one with an answer is no PKCS #7, and `openssl cms` reads it.
    private func askOpenSSL(_ peers: Peers, _ token: TimeStampToken) throws {
        try peers.write(token.der, as: "t.tst")
        let imprint = token.imprint.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        let stamp = try peers.run([
            "openssl", "ts", "-verify", "-token_in", "-in", "t.tst", "-digest", imprint.joined(),
            "-CAfile", "root.pem",
        ])
        #expect((stamp.status == 0) == !token.hasOtherRevocation, "\(stamp.output)")
        let message = try peers.run([
            "openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", "t.tst",
            "-CAfile", "root.pem", "-purpose", "timestampsign", "-out", "info",
        ])
        #expect(message.status == 0, "\(message.output)")
    }
}
