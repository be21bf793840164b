/// The tree of a ledger while one run adds to it; what is full goes to the disk at once, the rest when it is closed.
package struct GrowingTree {
    private let tiles: TileStore
    private let hasher = TreeHasher()
    private var edge: TreeEdge
    /// Entries of the bundle that is not full.
    private var lines: [[UInt8]]

    /// Entries in the tree.
    package var size: Int64 { edge.size }
    package var root: TreeHash { edge.root }

    /// A tree without entries.
    package init(_ tiles: TileStore) {
        self.tiles = tiles
        edge = TreeEdge()
        lines = []
    }

    /// Takes up the tree of a checkpoint; a failure when its tiles do not have the checkpoint's root.
    package init(_ tiles: TileStore, at checkpoint: Checkpoint) throws {
        self.tiles = tiles
        let size = checkpoint.size
        edge = try TreeReader(size: size) { try tiles.hashes(at: $0) }.edge()
        let failure = LedgerFailure(.treeDamaged, sequence: size)
        guard edge.root == checkpoint.root else { throw failure }
        let width = Int(size % Int64(TreeEdge.width))
        lines = width == 0 ? [] : try tiles.entries(size / Int64(TreeEdge.width), width: width)
        // The bundle goes on where the tile does, so both must tell of the same entries.
        let hashes = edge.partial.first { $0.place.level == 0 }?.hashes ?? []
        guard lines.map({ hasher.leaf($0) }) == hashes else { throw failure }
    }

    /// Adds an entry's line, without its line break.
    package mutating func append(_ line: [UInt8]) throws {
        lines.append(line)
        if lines.count == TreeEdge.width {
            try tiles.write(entries: lines, edge.size / Int64(TreeEdge.width))
            lines = []
        }
        let tiles = tiles
        try edge.append(hasher.leaf(line)) { try tiles.write($0) }
    }

    /// Writes what is not full, so that the whole tree stands on the disk.
    package func close() throws {
        for tile in edge.partial { try tiles.write(tile) }
        if !lines.isEmpty { try tiles.write(entries: lines, size / Int64(TreeEdge.width)) }
    }
}
