import Cryptography
import Foundation

@testable import Evidence

/// Data groups, an authority for every few years, and the records made of them.
struct RecordBench {
    static let year: Int64 = 31_557_600
    /// 2026-01-02T03:04:05Z.
    static let start: Int64 = 1_767_323_045

    /// A group as a bundle has it: tar, segments, sums and seal, and some groups of one file.
    let groups: [[[UInt8]]]
    var authorities: [TrialAuthority] = []
    var records: [EvidenceRecord] = []
    var now = start
    var method: DigestMethod

    var roots: [Certificate] { authorities.map(\.certificate) }
    var trust: EvidenceTrust { EvidenceTrust(roots: roots) }

    /// Groups of invented files, stamped in one batch.
    init(count: Int, method: DigestMethod = .sha512) throws {
        groups = (0..<count).map { group in
            (0..<(group % 3 == 2 ? 1 : 4)).map { Array("group \(group) file \($0)\n".utf8) }
        }
        self.method = method
        try appointAuthority()
        let leaves = groups.map { files in
            LeafGroup(files.map { method.digest(of: $0) }, method)
        }
        let stamps = try stamp(leaves)
        records = stamps.map { EvidenceRecord(chains: [ArchiveTimeStampChain([$0])]) }
    }

    /// A new authority for the five years from now.
    mutating func appointAuthority() throws {
        authorities.append(
            try TrialAuthority.make(
                agencyName: "Ủy ban nhân dân tỉnh Vĩnh Long", agencyCode: "H61.12",
                commonName: "Cấp dấu thời gian \(authorities.count)",
                serial: [UInt8(authorities.count)] + (2...16), notBefore: now - 60,
                notAfter: now + 5 * Self.year))
    }

    /// A token over a digest by the last authority.
    func token(over root: [UInt8], _ method: DigestMethod) throws -> TimeStampToken {
        let request = try TimeStampRequest(
            imprint: root, method: method, nonce: (0..<16).map { _ in UInt8.random(in: 0...255) })
        let serial = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let answer = try authorities[authorities.count - 1]
            .answer(to: request.der, now: now, serial: serial)
        return try TimeStampResponse(der: answer).token(for: request, now: now, tolerance: 5)
    }

    /// One tree and one token over groups of hashes; the stamp of each.
    func stamp(_ leaves: [LeafGroup]) throws -> [ArchiveTimeStamp] {
        var tree = HashTree(leaves[0].method)
        for leaf in leaves { tree.append(leaf.leaf) }
        let token = try token(over: tree.root ?? [], leaves[0].method)
        return try leaves.enumerated().map { try $1.stamp(path: tree.path(for: $0), token: token) }
    }

    /// Four years later: a new token over the last ones.
    mutating func renewTimeStamps() throws {
        now += 4 * Self.year
        try appointAuthority()
        // All records of a batch share their tokens, so one stamp renews them all.
        let group = try records[0].timeStampRenewalGroup()
        let other = LeafGroup([method.digest(of: Array("another batch".utf8))], method)
        let stamp = try stamp([group, other])[0]
        records = records.map { $0.renewed(by: stamp) }
    }

    /// Four years later: a new tree with another digest over all data.
    mutating func renewTrees(_ method: DigestMethod) throws {
        now += 4 * Self.year
        try appointAuthority()
        self.method = method
        let leaves = zip(records, groups).map { record, files in
            record.hashTreeRenewalGroup(
                dataDigests: files.map { method.digest(of: $0) }, method: method)
        }
        let stamps = try stamp(leaves)
        records = zip(records, stamps).map { $0.rehashed(by: $1) }
    }

    func verdict(
        _ index: Int, _ coverage: EvidenceCoverage = .wholeGroup, at time: Int64? = nil
    ) throws -> EvidenceVerdict {
        try records[index].verify(
            groups[index].map { .bytes($0) }, coverage: coverage, trust: trust, at: time ?? now)
    }
}
