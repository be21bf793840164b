package import Files
package import SystemPackage

/// The tiles of a ledger's tree and the bundles of its entries as files below `ledger/` (C2SP tlog-tiles).
package struct TileStore: Sendable {
    private let folder: FilePath
    private let volume: any Volume
    /// A bundle holds at most 256 entries, each with two bytes of length before it.
    private static let largestBundle = 256 * (LedgerEntry.largestLine + 2)

    package init(folder: FilePath, volume: any Volume) {
        self.folder = folder
        self.volume = volume
    }

    private func path(_ parts: [String]) -> FilePath {
        parts.reduce(folder) { $0.appending($1) }
    }

    /// The hashes of a tile, or of its beginning where it has grown since; a failure when it is not there.
    package func hashes(at place: TilePlace) throws -> [TreeHash] {
        let full = TilePlace(level: place.level, index: place.index, width: TreeEdge.width)
        for wanted in place == full ? [full] : [place, full] {
            guard let bytes = try read(wanted.path, limit: TreeEdge.width * 32),
                bytes.count == wanted.width * 32
            else { continue }
            return (0..<place.width).compactMap { TreeHash(bytes[($0 * 32)..<($0 * 32 + 32)]) }
        }
        throw LedgerFailure(.treeDamaged, sequence: place.index << Int64(8 * (place.level + 1)))
    }

    /// The lines of an entry bundle; a failure when it is not there or not whole.
    package func entries(_ index: Int64, width: Int) throws -> [[UInt8]] {
        let failure = LedgerFailure(.treeDamaged, sequence: index * Int64(TreeEdge.width))
        let parts = TilePlace.entries(index, width: width)
        guard let bytes = try read(parts, limit: Self.largestBundle) else { throw failure }
        var lines: [[UInt8]] = []
        var place = 0
        while place < bytes.count {
            guard place + 2 <= bytes.count else { throw failure }
            let count = Int(bytes[place]) << 8 | Int(bytes[place + 1])
            guard place + 2 + count <= bytes.count else { throw failure }
            lines.append(Array(bytes[(place + 2)..<(place + 2 + count)]))
            place += 2 + count
        }
        guard lines.count == width else { throw failure }
        return lines
    }

    /// The bytes of an entry bundle: each line with its length in two bytes, the high one first.
    package static func bundle(of lines: some Sequence<[UInt8]>) -> [UInt8] {
        lines.reduce(into: []) { bytes, line in
            bytes.append(UInt8(truncatingIfNeeded: line.count >> 8))
            bytes.append(UInt8(truncatingIfNeeded: line.count))
            bytes += line
        }
    }

    /// Writes a tile durably; one that is there with these bytes is left alone.
    package func write(_ tile: TreeEdge.Tile) throws {
        try write(tile.hashes.flatMap(\.bytes), as: tile.place.path)
    }

    /// Writes an entry bundle durably.
    package func write(entries lines: [[UInt8]], _ index: Int64) throws {
        try write(
            Self.bundle(of: lines), as: TilePlace.entries(index, width: lines.count))
    }

    private func write(_ bytes: [UInt8], as parts: [String]) throws {
        let path = path(parts)
        if try read(parts, limit: bytes.count) == bytes { return }
        try requireFolders(above: path)
        try volume.makeDurableFolders(path.removingLastComponent())
        try volume.replaceDurably(bytes, as: path)
    }

    /// The ledger's folder is one, too, and each below it: a link would lead tiles out of the store.
    private func requireFolders(above path: FilePath) throws {
        try volume.requireFolders(above: path, below: folder.removingLastComponent())
    }

    /// A file's bytes; nil when it is not there or larger than the limit.
    private func read(_ parts: [String], limit: Int) throws -> [UInt8]? {
        let path = path(parts)
        guard try volume.status(path)?.kind == .file else { return nil }
        return try volume.readIfSmall(path, limit: limit)
    }

    /// Removes partial tiles and bundles that wider ones have taken the place of; those of a size stay.
    package func removeNarrower(than size: Int64) throws {
        var level = 0
        while size >> Int64(8 * level) > 0 {
            let count = size >> Int64(8 * level)
            let index = count / Int64(TreeEdge.width)
            let width = Int(count % Int64(TreeEdge.width))
            try removePartials(
                path(TilePlace(level: level, index: index, width: 1).path), but: width)
            if index > 0 {
                let before = TilePlace(level: level, index: index - 1, width: 1)
                try removePartials(path(before.path), but: 0)
            }
            if level == 0 {
                try removePartials(path(TilePlace.entries(index, width: 1)), but: width)
                if index > 0 {
                    try removePartials(path(TilePlace.entries(index - 1, width: 1)), but: 0)
                }
            }
            level += 1
        }
    }

    /// Empties the `.p` folder that a partial tile lies in, but for one width.
    private func removePartials(_ partial: FilePath, but width: Int) throws {
        let folder = partial.removingLastComponent()
        guard try volume.status(folder)?.kind == .folder else { return }
        try requireFolders(above: partial)
        var isEmpty = true
        for entry in try volume.list(folder) {
            if entry.kind == .file, entry.name.string != String(width) {
                try volume.remove(folder.appending(entry.name))
            } else {
                isEmpty = false
            }
        }
        if isEmpty { try volume.removeFolder(folder) }
    }
}
