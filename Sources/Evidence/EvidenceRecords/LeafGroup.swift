package import Cryptography

/// The hashes of one data group, which go into a tree together (profile `luutru-er 1`).
package struct LeafGroup: Hashable, Sendable {
    package let method: DigestMethod
    /// Sorted, each once: equal files have equal hashes.
    package let members: [[UInt8]]

    /// Takes the hashes of a group's data objects, at least one.
    package init(_ hashes: [[UInt8]], _ method: DigestMethod) {
        precondition(!hashes.isEmpty && hashes.allSatisfy { $0.count == method.byteCount })
        self.method = method
        members = Set(hashes).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The group's leaf in the tree.
    package var leaf: [UInt8] {
        HashTree.node(over: members, method) ?? []
    }

    /// The group's stamp: its hashes, the way to the root, the token over the root.
    package func stamp(path: [[UInt8]], token: TimeStampToken) throws -> ArchiveTimeStamp {
        let lists = [members] + path.map { [$0] }
        guard let digest = DigestIdentifier(der: token.imprintAlgorithm) else {
            throw EvidenceProblem(.algorithmUnknown)
        }
        guard token.method == method, HashTree.root(of: lists, method) == token.imprint else {
            throw EvidenceProblem(.rootMismatch)
        }
        return try ArchiveTimeStamp(digest: digest, lists: lists, timeStamp: token.der)
    }
}

extension EvidenceRecord {
    /// What a time-stamp renewal is over: all tokens of the last chain (RFC 4998 §5.2).
    ///
    /// The standard asks for the last token alone; all of them is what other verifiers want.
    package func timeStampRenewalGroup() throws -> LeafGroup {
        guard let chain = chains.last, let last = chain.stamps.last else {
            throw EvidenceProblem(.malformed)
        }
        let method = try last.digest?.method ?? TimeStampToken(der: last.timeStamp).method
        guard let method else { throw EvidenceProblem(.algorithmUnknown) }
        return LeafGroup(chain.stamps.map { method.digest(of: $0.timeStamp) }, method)
    }

    /// What a hash-tree renewal is over: the data's new digests with all earlier chains.
    package func hashTreeRenewalGroup(
        dataDigests: [[UInt8]], method: DigestMethod
    ) -> LeafGroup {
        LeafGroup(HashTreeRenewal.leaves(dataDigests, after: chains, method), method)
    }
}

/// The leaves of a new chain (RFC 4998 §5.2).
enum HashTreeRenewal {
    /// H'(H'(d) ‖ H'(DER of all earlier chains)), in this order: nothing is sorted inside.
    static func leaves(
        _ digests: [[UInt8]], after chains: [ArchiveTimeStampChain], _ method: DigestMethod
    ) -> [[UInt8]] {
        guard !chains.isEmpty else { return digests }
        let earlier = method.digest(of: EvidenceDER.sequence(chains.map(\.der)))
        return digests.map { method.digest(of: $0 + earlier) }
    }
}
