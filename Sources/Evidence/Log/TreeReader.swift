/// Answers from a tree's tiles: hashes of any part of it, and the proofs made of them (RFC 9162 §2.1.3, §2.1.4).
package struct TreeReader {
    package let size: Int64
    private let tile: (TilePlace) throws -> [TreeHash]
    private let hasher = TreeHasher()

    /// Reads a tree of a size whose tiles are given on demand, each exactly as wide as asked.
    package init(size: Int64, tile: @escaping (TilePlace) throws -> [TreeHash]) {
        self.size = size
        self.tile = tile
    }

    /// The root of the tree, or of what it was with fewer leaves.
    package func root(at size: Int64) throws -> TreeHash {
        precondition(0...self.size ~= size)
        return size == 0 ? TreeHasher.empty : try hash(0, size)
    }

    /// The tree's right edge, from which it grows.
    package func edge() throws -> TreeEdge {
        var rows: [[TreeHash]] = []
        var level = 0
        while size >> Int64(8 * level) > 0 {
            let count = size >> Int64(8 * level)
            let width = Int(count % Int64(TreeEdge.width))
            rows.append(
                width == 0
                    ? []
                    : try tile(
                        TilePlace(
                            level: level, index: count / Int64(TreeEdge.width), width: width)))
            level += 1
        }
        return TreeEdge(size: size, rows: rows)
    }

    /// The proof that an entry is in the tree.
    package func inclusion(of index: Int64) throws -> [TreeHash] {
        precondition(0..<size ~= index)
        var proof: [TreeHash] = []
        var (low, high) = (Int64(0), size)
        while high - low > 1 {
            let middle = low + Self.split(high - low)
            if index < middle {
                proof.append(try hash(middle, high))
                high = middle
            } else {
                proof.append(try hash(low, middle))
                low = middle
            }
        }
        return proof.reversed()
    }

    /// The proof that the tree grew out of what it was with fewer leaves.
    package func consistency(from old: Int64) throws -> [TreeHash] {
        precondition(1...size ~= old)
        var proof: [TreeHash] = []
        var (low, high) = (Int64(0), size)
        var isWhole = true
        var rest = old
        while rest != high - low {
            let middle = Self.split(high - low)
            if rest <= middle {
                proof.append(try hash(low + middle, high))
                high = low + middle
            } else {
                proof.append(try hash(low, low + middle))
                low += middle
                rest -= middle
                isWhole = false
            }
        }
        if !isWhole { proof.append(try hash(low, high)) }
        return proof.reversed()
    }

    /// The largest power of two below a count.
    private static func split(_ count: Int64) -> Int64 {
        1 << Int64(63 - (count - 1).leadingZeroBitCount)
    }

    /// The hash over leaves `low` to `high`, where `low` begins a subtree at least that large.
    private func hash(_ low: Int64, _ high: Int64) throws -> TreeHash {
        let count = high - low
        if count.nonzeroBitCount == 1 { return try full(low, height: count.trailingZeroBitCount) }
        let middle = low + Self.split(count)
        return hasher.node(try hash(low, middle), try hash(middle, high))
    }

    /// The hash of a full subtree of 2^height leaves.
    private func full(_ low: Int64, height: Int) throws -> TreeHash {
        let level = height / 8
        let span = 1 << (height % 8)
        let first = low >> Int64(8 * level)
        let index = first / Int64(TreeEdge.width)
        let count = size >> Int64(8 * level)
        let width = Int(min(Int64(TreeEdge.width), count - index * Int64(TreeEdge.width)))
        let hashes = try tile(TilePlace(level: level, index: index, width: width))
        let start = Int(first % Int64(TreeEdge.width))
        guard hashes.count == width, start + span <= width,
            let root = hasher.root(of: hashes[start..<start + span])
        else { throw LedgerFailure(.treeDamaged, sequence: low) }
        return root
    }
}
