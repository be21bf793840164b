import Cryptography
import Foundation
import Testing

@testable import Evidence

/// Records of ours under the checkers of others, and theirs under ours.
struct EvidencePeerTests {
    /// What happened to the records before a peer sees them.
    enum Life: String, CaseIterable, Sendable {
        case new, renewedOnce, renewedThrice, rehashedOnce, rehashedTwice

        func live(_ bench: inout RecordBench) throws {
            switch self {
            case .new: break
            case .renewedOnce: try bench.renewTimeStamps()
            case .renewedThrice: for _ in 0..<3 { try bench.renewTimeStamps() }
            case .rehashedOnce: try bench.renewTrees(.sha512)
            case .rehashedTwice:
                try bench.renewTimeStamps()
                try bench.renewTrees(.sha512)
                try bench.renewTimeStamps()
                try bench.renewTrees(.sha3x256)
            }
        }
    }

    private static let sizes = [1, 2, 3, 7, 1000]

    /// Writes the first, the last and a middle record of each size; `name data` for each.
    private func write(_ life: Life, to peers: Peers) throws -> (lines: [[String]], at: Int64) {
        var lines: [[String]] = []
        var roots: [Certificate] = []
        var now: Int64 = 0
        for size in Self.sizes {
            var bench = try RecordBench(count: size, method: .sha256)
            try life.live(&bench)
            now = bench.now
            roots += bench.roots
            for index in Set([0, size / 2, size - 1]).sorted() {
                let record = "\(size)-\(index).er"
                try peers.write(bench.records[index].der, as: record)
                var names: [String] = []
                for (number, file) in bench.groups[index].enumerated() {
                    let name = "\(size)-\(index)-\(number).bin"
                    try peers.write(file, as: name)
                    names.append(name)
                }
                lines.append([record] + names)
            }
        }
        try peers.write(roots.flatMap { try $0.pem }, as: "roots.pem")
        return (lines, now)
    }

    @Test(.timeLimit(.minutes(5)), arguments: Life.allCases)
    func `the checkers of others accept our records`(_ life: Life) throws {
        let peers = try Peers()
        defer { peers.remove() }
        let (lines, now) = try write(life, to: peers)

        if try peers.prepareJava() { try askJava(peers, lines, now) }
        guard let oracle = try peers.oracle() else { return }
        for line in lines {
            let answer = try peers.run(["/usr/bin/python3", oracle] + line)
            #expect(answer.status == 0, "\(line) \(answer.output)")
        }
    }

    /// Bouncy Castle's own opinion and the full walk beside it, over groups and single members.
    private func askJava(_ peers: Peers, _ lines: [[String]], _ now: Int64) throws {
        let groups = lines.map { $0[0] + " " + $0.dropFirst().joined(separator: "+") }
        // The sums alone are a member of the group, and every peer accepts it as one.
        let members = lines.map { $0[0] + " " + $0[min(3, $0.count - 1)] }
        try peers.write(Array((groups + members).joined(separator: "\n").utf8), as: "list")

        let answer = try peers.java(
            ["Batch", "list", "roots.pem"], environment: ["AT": String(now)])

        let words = answer.output.split(separator: "\n")
        #expect(words.count == groups.count * 2, "\(answer.output.suffix(2000))")
        for word in words {
            #expect(word.hasPrefix("PASS") && word.hasSuffix("bc=OK"), "\(word)")
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `records that Bouncy Castle makes and renews prove their data here`() throws {
        let peers = try Peers()
        defer { peers.remove() }
        guard try peers.prepareJava() else { return }
        let authority = try PeerAuthority(in: peers)
        for name in ["a", "b", "c", "d", "e"] {
            try peers.write(Array("file \(name)\n".utf8), as: name)
        }
        let environment = ["TSA_CMD": authority.command]
        func peer(_ words: String) throws {
            let answer = try peers.java(
                ["ErsPeer"] + words.split(separator: " ").map { String($0) },
                environment: environment)
            #expect(answer.status == 0, "\(words) \(answer.output.suffix(1000))")
        }
        try peer("gen . sha256 a b c+d e")
        let groups = [["a"], ["b"], ["c", "d"], ["e"]]
        let roots = try Certificate.reading(pem: authority.root)
        let now = Int64(Date().timeIntervalSince1970) + 60

        var tried = 0
        for number in 1...4 {
            let plain = try EvidenceRecord(der: peers.read("\(number).er"))
            // Bouncy Castle orders its records by hash, so the group is found by trying.
            for group in groups {
                let data = try group.map { EvidenceData.bytes(try peers.read($0)) }
                func verdict(_ record: EvidenceRecord) throws -> EvidenceVerdict {
                    try record.verify(
                        data, coverage: .wholeGroup, trust: EvidenceTrust(roots: roots), at: now)
                }
                guard try verdict(plain).problems.isEmpty else { continue }
                tried += 1
                try peer("renew-ts \(number).er t.er")
                try peer("renew-hash t.er h.er sha512 \(group.joined(separator: "+"))")
                try peer("renew-ts h.er u.er")
                for name in ["t.er", "h.er", "u.er"] {
                    let problems = try verdict(EvidenceRecord(der: peers.read(name))).problems
                    #expect(problems == [], "\(name)")
                }
            }
        }
        #expect(tried == 4)
    }
}
