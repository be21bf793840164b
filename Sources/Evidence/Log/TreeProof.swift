/// Checks proofs that anybody made, from nothing but the proof and the roots (RFC 9162 §2.1.3.2, §2.1.4.2).
package enum TreeProof {
    /// Whether a leaf stands at a place in a tree with this root.
    package static func isIncluded(
        _ leaf: TreeHash, at index: Int64, in size: Int64, _ proof: [TreeHash], root: TreeHash
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        let hasher = TreeHasher()
        var (place, last) = (index, size - 1)
        var hash = leaf
        for part in proof {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = hasher.node(part, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = hasher.node(hash, part)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether a tree with one root grew into the tree with the other.
    package static func isConsistent(
        from old: Int64, _ oldRoot: TreeHash, to new: Int64, _ newRoot: TreeHash,
        _ proof: [TreeHash]
    ) -> Bool {
        guard old > 0, old <= new else { return false }
        if old == new { return proof.isEmpty && oldRoot == newRoot }
        let hasher = TreeHasher()
        var path = proof[...]
        if old.nonzeroBitCount == 1 { path = [oldRoot] + path }
        guard let first = path.popFirst() else { return false }
        var (place, last) = (old - 1, new - 1)
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        var (before, after) = (first, first)
        for part in path {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                before = hasher.node(part, before)
                after = hasher.node(part, after)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                after = hasher.node(after, part)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && before == oldRoot && after == newRoot
    }
}
