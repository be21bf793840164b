import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Reads a batch's `leaves` beside what the ledger says of the same versions.
struct BatchReading {
    /// What `leaves` gives.
    struct Read {
        let count: Int
        /// The last entry that it covers.
        let last: Int64
        let leaves: Digest
        let root: [UInt8]
        /// The watched version's group, with the neighbours on its way to the root.
        let watched: (group: LeafGroup, path: [[UInt8]])?
    }

    let catalog: Catalog
    let volume: any Volume
    let world: World

    init(_ archive: Archive) {
        catalog = archive.catalog
        volume = archive.world.volume
        world = archive.world
    }

    /// Reads all of it; nil where it is not what the ledger says from an entry on, to the last one if that is given.
    func read(
        _ place: BatchLayout, first: Int64, last end: Int64?,
        watching version: (object: ObjectIdentifier, version: Int)? = nil
    ) throws -> Read? {
        var reader = LeavesReader(try volume.open(place.leaves), .sha512)
        var tree = StreamedTree(.sha512)
        var watched: LeafGroup?
        var last = first
        var isRight = true
        var next = try reader.next()
        try catalog.forEachState(after: first - 1) { event in
            try world.stopIfInterrupted()
            if let end, event.sequence > end { return false }
            guard let known = BatchGroup(event) else { return true }
            guard let found = next else {
                // Without an end the batch covers as much as it holds.
                isRight = end == nil
                return false
            }
            guard known == found else {
                isRight = false
                return false
            }
            let isWatched = version.map { $0 == (found.object, found.version) } ?? false
            let group = found.leafGroup
            if isWatched { watched = group }
            tree.append(group.leaf, isWatched: isWatched)
            last = event.sequence
            next = try reader.next()
            return true
        }
        guard isRight, next == nil, let top = tree.finished(), let leaves = reader.digest() else {
            return nil
        }
        return Read(
            count: tree.count, last: last, leaves: leaves, root: top.root,
            watched: watched.map { ($0, top.path) })
    }
}
