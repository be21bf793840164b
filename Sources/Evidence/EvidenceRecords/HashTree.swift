package import Cryptography

/// The binary hash tree of the profile `luutru-er 1` over leaves in order (RFC 4998 §4.2).
///
/// Two neighbours are sorted and hashed together; one without a neighbour goes up as it is.
package struct HashTree {
    package let method: DigestMethod
    private let hasher: Hasher
    /// The nodes of every level, from the leaves up, as far as they are complete.
    private var levels: [HashLevel] = []
    /// Leaves added so far.
    package private(set) var count = 0

    /// An empty tree.
    package init(_ method: DigestMethod) {
        self.method = method
        hasher = Hasher(method: method)
    }

    /// Adds the next leaf, and every node that it completes.
    package mutating func append(_ leaf: [UInt8]) {
        precondition(leaf.count == method.byteCount)
        count += 1
        var node = leaf
        var level = 0
        while true {
            if level == levels.count { levels.append(HashLevel(byteCount: method.byteCount)) }
            levels[level].append(node)
            let last = levels[level].count - 1
            guard last % 2 == 1 else { return }
            node = join(levels[level][last - 1], node)
            level += 1
        }
    }

    /// The hash that is stamped; nil for a tree without leaves.
    package var root: [UInt8]? {
        guard count > 0 else { return nil }
        // Nodes without a neighbour, from below; each goes up until it meets another.
        var carried: [UInt8]?
        for level in levels {
            let loose = level.count % 2 == 1 ? level[level.count - 1] : nil
            switch (loose, carried) {
            case (let loose?, let below?): carried = join(loose, below)
            case (let loose?, nil): carried = loose
            case (nil, _): break
            }
        }
        return carried
    }

    /// The neighbours on the way from a leaf to the root, from below.
    package func path(for leaf: Int) -> [[UInt8]] {
        precondition((0..<count).contains(leaf))
        var path: [[UInt8]] = []
        var index = leaf
        var width = count
        var level = 0
        while width > 1 {
            let neighbour = index ^ 1
            if neighbour < width { path.append(node(level, neighbour)) }
            index /= 2
            width = (width + 1) / 2
            level += 1
        }
        return path
    }

    /// A node; the last of a level may be one that goes up from below.
    private func node(_ level: Int, _ index: Int) -> [UInt8] {
        if level < levels.count, index < levels[level].count { return levels[level][index] }
        var width = count
        for _ in 0..<(level - 1) { width = (width + 1) / 2 }
        let left = node(level - 1, 2 * index)
        return 2 * index + 1 < width ? join(left, node(level - 1, 2 * index + 1)) : left
    }

    private func join(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
        let isSorted = one.lexicographicallyPrecedes(other)
        hasher.update(isSorted ? one : other)
        hasher.update(isSorted ? other : one)
        return hasher.finalizeAndReset()
    }
}

extension HashTree {
    /// Where the lists of a reduced tree lead (RFC 4998 §4.3); nil for no lists.
    static func root(of lists: [[[UInt8]]], _ method: DigestMethod) -> [UInt8]? {
        var carried: [UInt8]?
        for list in lists {
            carried = node(over: list + (carried.map { [$0] } ?? []), method)
        }
        return carried
    }

    /// The hash over hashes, sorted; a single one goes up as it is.
    static func node(over hashes: [[UInt8]], _ method: DigestMethod) -> [UInt8]? {
        guard hashes.count > 1 else { return hashes.first }
        let sorted = hashes.sorted { $0.lexicographicallyPrecedes($1) }
        return method.digest(of: Array(sorted.joined()))
    }
}

/// The hashes of one level in pieces, so that growing never copies what is there.
struct HashLevel {
    private static let perPiece = 16_384
    private let byteCount: Int
    private var pieces: [[UInt8]] = []
    private(set) var count = 0

    init(byteCount: Int) { self.byteCount = byteCount }

    mutating func append(_ hash: [UInt8]) {
        if count % Self.perPiece == 0 {
            // Higher levels of small trees hold a few hashes only; the first piece grows.
            pieces.append([])
            if count > 0 { pieces[pieces.count - 1].reserveCapacity(Self.perPiece * byteCount) }
        }
        pieces[pieces.count - 1] += hash
        count += 1
    }

    subscript(index: Int) -> [UInt8] {
        let start = index % Self.perPiece * byteCount
        return Array(pieces[index / Self.perPiece][start..<start + byteCount])
    }
}
