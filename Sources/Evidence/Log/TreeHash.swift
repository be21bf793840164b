import Cryptography
import Foundation

/// Hashing of the ledger's Merkle tree: SHA-256 with a byte before leaves and nodes (RFC 9162 §2.1.1).
package final class TreeHasher {
    private let hasher = Hasher(.sha256)
    private static let leafByte: [UInt8] = [0]
    private static let nodeByte: [UInt8] = [1]

    package init() {}

    /// The root of the tree without leaves.
    package static let empty = TreeHash(bytes: Hasher.digest(.sha256, of: []))

    /// The hash of an entry's bytes, its line without the line break.
    package func leaf(_ entry: [UInt8]) -> TreeHash {
        hasher.update(Self.leafByte)
        hasher.update(entry)
        return TreeHash(bytes: hasher.finalizeAndReset())
    }

    /// The hash of a node over its two halves.
    package func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        hasher.update(Self.nodeByte)
        hasher.update(left.bytes)
        hasher.update(right.bytes)
        return TreeHash(bytes: hasher.finalizeAndReset())
    }

    /// The root of a row of hashes that fill a subtree from its left.
    func root(of row: some RandomAccessCollection<TreeHash>) -> TreeHash? {
        guard var last = row.last else { return nil }
        var rest = row.count
        var edge: [(count: Int, hash: TreeHash)] = []
        for hash in row {
            var count = 1
            var hash = hash
            while let before = edge.last, before.count == count {
                hash = node(before.hash, hash)
                edge.removeLast()
                count *= 2
            }
            edge.append((count, hash))
            rest -= 1
        }
        last = edge.removeLast().hash
        while let before = edge.popLast() { last = node(before.hash, last) }
        return last
    }
}

/// A hash of the tree: thirty-two bytes.
package struct TreeHash: Hashable, Sendable {
    package let bytes: [UInt8]

    /// Bytes that are known to be thirty-two.
    init(bytes: [UInt8]) {
        precondition(bytes.count == Self.length)
        self.bytes = bytes
    }

    /// Reads a hash; nil unless it is thirty-two bytes.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = Array(bytes)
    }

    /// The hash in base64, as checkpoints and proofs have it.
    package var text: String { Data(bytes).base64EncodedString() }

    static let length = 32
}
