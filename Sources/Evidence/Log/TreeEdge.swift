/// The right edge of the tree: the tiles that are not full, from which any number of leaves grow (C2SP tlog-tiles).
package struct TreeEdge {
    /// Hashes of a tile: 256, which is eight levels of the tree.
    package static let width = 256

    /// A tile that got new hashes, to be written.
    package struct Tile: Sendable {
        package let place: TilePlace
        package let hashes: [TreeHash]
    }

    /// Leaves in the tree.
    package private(set) var size: Int64
    /// Of each tile level the hashes of its last tile, fewer than 256.
    private var rows: [[TreeHash]]
    private let hasher = TreeHasher()

    package init() {
        size = 0
        rows = []
    }

    /// Takes up a tree whose last tiles are known, the lowest level's first.
    init(size: Int64, rows: [[TreeHash]]) {
        self.size = size
        self.rows = rows
    }

    /// Adds an entry's leaf; gives tiles that are full now.
    package mutating func append(_ leaf: TreeHash, _ full: (Tile) throws -> Void) rethrows {
        size += 1
        var hash = leaf
        var level = 0
        while true {
            if level == rows.count { rows.append([]) }
            rows[level].append(hash)
            guard rows[level].count == Self.width else { return }
            let place = TilePlace(
                level: level, index: (size >> Int64(8 * (level + 1))) - 1, width: Self.width)
            try full(Tile(place: place, hashes: rows[level]))
            guard let root = hasher.root(of: rows[level]) else { return }
            hash = root
            rows[level] = []
            level += 1
        }
    }

    /// The tiles at the edge that are not full.
    package var partial: [Tile] {
        rows.enumerated().compactMap { level, row in
            guard !row.isEmpty else { return nil }
            return Tile(
                place: TilePlace(
                    level: level, index: size >> Int64(8 * (level + 1)), width: row.count),
                hashes: row)
        }
    }

    /// The root of the whole tree.
    package var root: TreeHash {
        var root: TreeHash?
        // Each level's row lies left of what the levels below hold.
        for row in rows {
            guard let own = hasher.root(of: row) else { continue }
            root = root.map { below in joined(row, below) } ?? own
        }
        return root ?? TreeHasher.empty
    }

    /// The root over a row of full subtrees with a smaller one at their right.
    private func joined(_ row: [TreeHash], _ below: TreeHash) -> TreeHash {
        var edge: [(count: Int, hash: TreeHash)] = []
        for hash in row {
            var count = 1
            var hash = hash
            while let before = edge.last, before.count == count {
                hash = hasher.node(before.hash, hash)
                edge.removeLast()
                count *= 2
            }
            edge.append((count, hash))
        }
        return edge.reversed().reduce(below) { hasher.node($1.hash, $0) }
    }
}

/// Where a tile lies: `tile/0/x001/067`, one that is not full `tile/0/x001/067.p/8` (C2SP tlog-tiles).
package struct TilePlace: Hashable, Sendable {
    package let level: Int
    package let index: Int64
    /// Hashes in it, 1 to 256.
    package let width: Int

    package init(level: Int, index: Int64, width: Int) {
        self.level = level
        self.index = index
        self.width = width
    }

    /// The parts of the path below the ledger's folder.
    package var path: [String] { ["tile", String(level)] + Self.parts(index, width) }

    /// The parts of the path of the entries that a level-0 tile hashes.
    package static func entries(_ index: Int64, width: Int) -> [String] {
        ["tile", "entries"] + parts(index, width)
    }

    private static func parts(_ index: Int64, _ width: Int) -> [String] {
        var digits = String(index)
        digits = String(repeating: "0", count: (3 - digits.count % 3) % 3) + digits
        var parts: [String] = []
        while !digits.isEmpty {
            parts.append(String(digits.prefix(3)))
            digits = String(digits.dropFirst(3))
        }
        let last = parts.removeLast()
        parts = parts.map { "x" + $0 }
        return width == TreeEdge.width ? parts + [last] : parts + [last + ".p", String(width)]
    }
}
