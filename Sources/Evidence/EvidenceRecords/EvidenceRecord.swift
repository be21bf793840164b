import SwiftASN1

/// A proof that data was there at a time, renewed before its algorithms end (RFC 4998).
package struct EvidenceRecord: Hashable, Sendable {
    /// The largest record read, in bytes.
    package static let largest = 32 << 20
    /// The most time-stamps and hashes that a record may hold.
    private static let mostStamps = 2_000
    private static let mostHashes = 200_000

    /// The record byte for byte.
    package let der: [UInt8]
    /// The digests that the record says it uses, in order of first use.
    package let digests: [DigestIdentifier]
    package let chains: [ArchiveTimeStampChain]
    /// `cryptoInfos` of another maker's record, kept as they are; nothing of them is judged.
    private let cryptoInfos: [UInt8]

    /// A record of chains; the list of digests is made from them.
    package init(chains: [ArchiveTimeStampChain]) {
        self.init(chains: chains, digests: [], cryptoInfos: [])
    }

    private init(
        chains: [ArchiveTimeStampChain], digests earlier: [DigestIdentifier], cryptoInfos: [UInt8]
    ) {
        var digests = earlier
        for case let digest? in chains.flatMap({ $0.stamps.map(\.digest) })
        where !digests.contains(where: { $0.objectIdentifier == digest.objectIdentifier }) {
            digests.append(digest)
        }
        self.chains = chains
        self.digests = digests
        self.cryptoInfos = cryptoInfos
        let version: [UInt8] = [0x02, 0x01, 0x01]
        der = EvidenceDER.sequence([
            version, EvidenceDER.sequence(digests.map(\.der)), cryptoInfos,
            EvidenceDER.sequence(chains.map(\.der)),
        ])
    }

    /// Reads a record of any maker; nothing of it is judged yet.
    package init(der: [UInt8]) throws(EvidenceProblem) {
        guard der.count <= Self.largest else { throw EvidenceProblem(.malformed, "too large") }
        guard let root = try? DER.parse(der), root.identifier == .sequence,
            case .constructed(let nodes) = root.content
        else { throw EvidenceProblem(.malformed, "not DER") }
        var parts = nodes.makeIterator()
        guard let version = parts.next(), Array(version.encodedBytes) == [0x02, 0x01, 0x01] else {
            throw EvidenceProblem(.malformed, "version")
        }
        digests = try Self.digests(parts.next())
        var next = parts.next()
        var cryptoInfos: [UInt8] = []
        if let part = next,
            part.identifier == ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
        {
            cryptoInfos = Array(part.encodedBytes)
            next = parts.next()
        }
        if next?.identifier == ASN1Identifier(tagWithNumber: 1, tagClass: .contextSpecific) {
            throw EvidenceProblem(.encrypted)
        }
        guard let sequence = next, parts.next() == nil else {
            throw EvidenceProblem(.malformed, "sequence of chains")
        }
        chains = try Self.chains(sequence)
        self.cryptoInfos = cryptoInfos
        self.der = der
    }

    /// All stamps in the order of their making, each with its chain and its place there.
    package var stamps: [(chain: Int, index: Int, stamp: ArchiveTimeStamp)] {
        chains.enumerated().flatMap { number, chain in
            chain.stamps.enumerated().map { (number, $0.offset, $0.element) }
        }
    }

    /// The DER of all chains before one (from 0), which its leaves are over too (RFC 4998 §5.2).
    package func earlierChains(before chain: Int) -> [UInt8] {
        EvidenceDER.sequence(chains.prefix(chain).map(\.der))
    }

    /// The record with a stamp at the end of its last chain: time-stamp renewal (RFC 4998 §5.2).
    package func renewed(by stamp: ArchiveTimeStamp) -> EvidenceRecord {
        guard let last = chains.last else { return EvidenceRecord(chains: [.init([stamp])]) }
        return EvidenceRecord(
            chains: chains.dropLast() + [ArchiveTimeStampChain(last.stamps + [stamp])],
            digests: digests, cryptoInfos: cryptoInfos)
    }

    /// The record with a new chain that begins with a stamp: hash-tree renewal (RFC 4998 §5.2).
    package func rehashed(by stamp: ArchiveTimeStamp) -> EvidenceRecord {
        EvidenceRecord(
            chains: chains + [ArchiveTimeStampChain([stamp])], digests: digests,
            cryptoInfos: cryptoInfos)
    }

    private static func digests(_ node: ASN1Node?) throws(EvidenceProblem) -> [DigestIdentifier] {
        guard let node, node.identifier == .sequence, case .constructed(let nodes) = node.content
        else { throw EvidenceProblem(.malformed, "digest algorithms") }
        var digests: [DigestIdentifier] = []
        for part in nodes {
            guard digests.count < 32, let digest = DigestIdentifier(part, .sequence) else {
                throw EvidenceProblem(.malformed, "digest algorithms")
            }
            digests.append(digest)
        }
        return digests
    }

    private static func chains(
        _ node: ASN1Node
    ) throws(EvidenceProblem) -> [ArchiveTimeStampChain] {
        guard node.identifier == .sequence, case .constructed(let nodes) = node.content else {
            throw EvidenceProblem(.malformed, "sequence of chains")
        }
        var chains: [ArchiveTimeStampChain] = []
        var hashesLeft = mostHashes
        var count = 0
        for part in nodes {
            let chain = try ArchiveTimeStampChain(part, hashesLeft: &hashesLeft)
            count += chain.stamps.count
            guard count <= mostStamps else { throw EvidenceProblem(.malformed, "too many stamps") }
            chains.append(chain)
        }
        guard !chains.isEmpty else { throw EvidenceProblem(.malformed, "no chain") }
        return chains
    }
}
