import Records

/// Reads a whole ledger again as a tree and compares it with what stands beside it (`docs/ledger.md`).
package struct LedgerTreeCheck {
    /// A checkpoint that the ledger must have grown through.
    package struct Mark: Sendable {
        package let name: String
        package let checkpoint: Checkpoint

        package init(name: String, checkpoint: Checkpoint) {
            self.name = name
            self.checkpoint = checkpoint
        }
    }

    private let marks: [Mark]
    private let tiles: TileStore?
    private let tileSize: Int64
    private let hasher = TreeHasher()
    private var edge = TreeEdge()
    private var lines: [[UInt8]] = []
    /// Checkpoints whose root the ledger did not have at their size.
    package private(set) var wrong: [Mark] = []
    /// The first entry of a tile or bundle that is missing or different.
    package private(set) var firstDamaged: Int64?

    /// Compares with checkpoints, and with the tiles of a tree of a size where there are any.
    package init(marks: [Mark], tiles: TileStore?, tileSize: Int64) {
        self.marks = marks
        self.tiles = tiles
        self.tileSize = tileSize
        compare()
    }

    /// Entries read so far, and the root over them.
    package var size: Int64 { edge.size }
    package var root: TreeHash { edge.root }

    /// Takes the next line, without its line break.
    package mutating func take(_ line: [UInt8]) throws {
        var damaged: Int64?
        var full: [TreeEdge.Tile] = []
        edge.append(hasher.leaf(line)) { full.append($0) }
        for tile in full where edge.size <= tileSize {
            if try !isThere(tile) { damaged = damaged ?? Self.first(tile) }
        }
        if tiles != nil, edge.size <= tileSize {
            lines.append(line)
            if lines.count == TreeEdge.width || edge.size == tileSize {
                let index = (edge.size - 1) / Int64(TreeEdge.width)
                if try !areThere(index) { damaged = damaged ?? index * Int64(TreeEdge.width) }
                lines = []
            }
        }
        if edge.size == tileSize {
            for tile in edge.partial where try !isThere(tile) {
                damaged = damaged ?? Self.first(tile)
            }
        }
        if let damaged { firstDamaged = min(firstDamaged ?? damaged, damaged) }
        compare()
    }

    private mutating func compare() {
        for mark in marks
        where mark.checkpoint.size == edge.size && mark.checkpoint.root != edge.root {
            wrong.append(mark)
        }
    }

    /// Checkpoints of more entries than the ledger has; asked when all was read.
    package var beyond: [Mark] { marks.filter { $0.checkpoint.size > edge.size } }

    private func isThere(_ tile: TreeEdge.Tile) throws -> Bool {
        guard let tiles else { return true }
        do { return try tiles.hashes(at: tile.place) == tile.hashes } catch is LedgerFailure {
            return false
        }
    }

    private func areThere(_ index: Int64) throws -> Bool {
        do { return try tiles?.entries(index, width: lines.count) == lines } catch is LedgerFailure
        {
            return false
        }
    }

    private static func first(_ tile: TreeEdge.Tile) -> Int64 {
        tile.place.index << Int64(8 * (tile.place.level + 1))
    }
}
