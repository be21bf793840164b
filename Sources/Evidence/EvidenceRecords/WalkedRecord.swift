import Cryptography

/// What the walk of RFC 4998 §5.3 asks of a record, in whichever syntax it is written.
protocol WalkedRecord {
    /// All stamps in the order of their making.
    var walked: [WalkedStamp] { get }
    /// The digests that the record lists besides its chains; nil in a syntax without such a list.
    var listedDigests: [DigestIdentifier]? { get }

    /// What a time-stamp renewal is over: the hash of the stamp before this one.
    func hash(before stamp: WalkedStamp, _ method: DigestMethod) -> [UInt8]

    /// What the first list of a chain must hold for data with these digests.
    func leaves(of digests: [[UInt8]], in chain: Int, _ method: DigestMethod) -> [[UInt8]]
}

/// Where a stamp says what its tree is made with.
enum TreeDigest {
    /// Nowhere: the token says it.
    case byToken
    /// In the record itself.
    case known(DigestMethod)
    /// In the record, by a name that is not known here.
    case unknown
}

/// One time-stamp of a record and its way through the tree.
struct WalkedStamp {
    let chain: Int
    let index: Int
    let digest: TreeDigest
    let lists: [[[UInt8]]]?
    /// The token's ContentInfo byte for byte.
    let token: [UInt8]
}

extension EvidenceRecord: WalkedRecord {
    var listedDigests: [DigestIdentifier]? { digests }

    var walked: [WalkedStamp] {
        stamps.map { chain, index, stamp in
            let digest: TreeDigest =
                if let named = stamp.digest {
                    named.method.map { .known($0) } ?? .unknown
                } else {
                    .byToken
                }
            return WalkedStamp(
                chain: chain, index: index, digest: digest, lists: stamp.lists,
                token: stamp.timeStamp)
        }
    }

    func hash(before stamp: WalkedStamp, _ method: DigestMethod) -> [UInt8] {
        method.digest(of: chains[stamp.chain].stamps[stamp.index - 1].timeStamp)
    }

    func leaves(of digests: [[UInt8]], in chain: Int, _ method: DigestMethod) -> [[UInt8]] {
        HashTreeRenewal.leaves(digests, after: Array(chains.prefix(chain)), method)
    }

    /// Walks a record of any maker over its data (RFC 4998 §5.3); fails only when data cannot be read.
    package func verify(
        _ data: [EvidenceData], coverage: EvidenceCoverage, trust: EvidenceTrust, at now: Int64
    ) throws -> EvidenceVerdict {
        try EvidenceWalk.verdict(on: self, data, coverage, trust, now)
    }
}
