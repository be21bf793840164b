import Files
import Records
import SystemPackage

/// Visits everything below a folder in the order of the paths' bytes, as the manifest lists it.
struct SortedWalk {
    let volume: any Volume
    /// Hears of every folder, after all that is in it.
    let folder: (FilePath) throws -> Void
    /// Hears of everything that is not a folder.
    let file: (RelativePath, FilePath, FileStatus.Kind) throws -> Void

    func run(_ root: FilePath) throws { try visit(root, below: []) }

    private func visit(_ path: FilePath, below prefix: [UInt8]) throws {
        // A folder's name counts with its slash, since that is what stands in the paths below it.
        let entries = try volume.list(path).map { entry in
            (key: entry.name.bytes + (entry.kind == .folder ? [0x2F] : []), entry: entry)
        }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        for (key, entry) in entries {
            let inner = path.appending(entry.name)
            if entry.kind == .folder {
                try visit(inner, below: prefix + key)
            } else {
                try file(RelativePath(bytes: prefix + key), inner, entry.kind)
            }
        }
        try folder(path)
    }
}
