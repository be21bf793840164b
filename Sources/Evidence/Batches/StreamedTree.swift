package import Cryptography

/// The hash tree of `luutru-er 1` over leaves that pass by once: its root, and the way to it from one leaf.
///
/// It gives what `HashTree` gives and keeps one hash a level instead of all.
package struct StreamedTree {
    package let method: DigestMethod
    private let hasher: Hasher
    /// The node of each level that waits for its right neighbour.
    private var pending: [[UInt8]?] = []
    package private(set) var count = 0
    private var watched: Int?
    /// Neighbours on the way from the watched leaf, by level.
    private var neighbours: [Int: [UInt8]] = [:]

    /// An empty tree.
    package init(_ method: DigestMethod) {
        self.method = method
        hasher = Hasher(method: method)
    }

    /// Adds the next leaf; the one that is watched is the one whose way is asked for.
    package mutating func append(_ leaf: [UInt8], isWatched: Bool = false) {
        precondition(leaf.count == method.byteCount)
        if isWatched {
            watched = count
            // Its left neighbours are the very nodes that wait now.
            for level in pending.indices where (count >> level) & 1 == 1 {
                neighbours[level] = pending[level]
            }
        }
        var node = leaf
        var level = 0
        var index = count
        count += 1
        while true {
            if level == pending.count { pending.append(nil) }
            if let watched, index == (watched >> level) + 1, index & 1 == 1 {
                neighbours[level] = node
            }
            guard index & 1 == 1, let left = pending[level] else {
                pending[level] = node
                return
            }
            node = join(left, node)
            pending[level] = nil
            level += 1
            index /= 2
        }
    }

    /// The hash that is stamped, and the neighbours on the way from the watched leaf, from below.
    package func finished() -> (root: [UInt8], path: [[UInt8]])? {
        guard count > 0 else { return nil }
        var neighbours = neighbours
        var carried: [UInt8]?
        for level in pending.indices {
            switch (pending[level], carried) {
            case (let loose?, let below?):
                if let watched, watched >> level == (count >> level) - 1 {
                    neighbours[level] = below
                }
                carried = join(loose, below)
            case (let loose?, nil): carried = loose
            case (nil, _): break
            }
        }
        return carried.map { ($0, neighbours.sorted { $0.key < $1.key }.map(\.value)) }
    }

    private func join(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
        let isSorted = one.lexicographicallyPrecedes(other)
        hasher.update(isSorted ? one : other)
        hasher.update(isSorted ? other : one)
        return hasher.finalizeAndReset()
    }
}
