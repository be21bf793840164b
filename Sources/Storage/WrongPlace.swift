package import Files
import SystemPackage

/// What stands in the place of one of a store's own folders, or of its ledger, and is none.
package struct WrongPlace: Hashable, Sendable {
    /// Below the store.
    package let path: String
    package let found: FileStatus.Kind

    /// The place with what stands there, for people.
    package var text: String { path + ": " + found.rawValue }

    /// Whether a file of the store cannot stand where it belongs because of it.
    package func hides(_ file: String) -> Bool { file == path || file.hasPrefix(path + "/") }
}

extension FolderMisplaced {
    /// As a place of the store.
    package var place: WrongPlace { WrongPlace(path: path, found: found) }
}

extension StoreLayout {
    /// What must be a folder, or a file, where anything stands there at all.
    private static let places: [(path: String, kind: FileStatus.Kind)] = [
        // First what keeps the things that are set aside.
        ("recovered", .folder), ("ocfl", .folder), ("incoming", .folder), ("ledger", .folder),
        ("details", .folder), ("policy", .folder), ("evidence", .folder),
        ("ledger/tile", .folder), ("ledger/entries.jsonl", .file),
        ("ledger/tile/entries", .folder), ("ledger/tile/0", .folder),
        ("ledger/tile/1", .folder), ("ledger/tile/2", .folder), ("ledger/tile/3", .folder),
    ]

    /// Looks once at each place of the store's own, links not followed: one would lead what is written elsewhere.
    package func wrongPlaces(_ volume: any Volume) throws(FileFailure) -> [WrongPlace] {
        var wrong: [WrongPlace] = []
        for (path, kind) in Self.places {
            guard let found = try volume.status(root.appending(path))?.kind, found != kind else {
                continue
            }
            wrong.append(WrongPlace(path: path, found: found))
        }
        return wrong
    }
}
