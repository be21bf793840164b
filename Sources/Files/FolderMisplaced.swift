package import SystemPackage

/// Something else stands where a folder must be: what is written below it would be led elsewhere.
package struct FolderMisplaced: Error, Hashable, Sendable {
    /// Below which every folder was looked at.
    package let root: FilePath
    /// The place, below the root.
    package let path: String
    package let found: FileStatus.Kind
}

extension Volume {
    /// The first name between a root and what is to be written below it that is there and no folder, links not followed.
    package func misplaced(
        above path: FilePath, below root: FilePath
    ) throws(FileFailure) -> FolderMisplaced? {
        var rest = path
        guard rest.removePrefix(root) else { return nil }
        var place = root
        var names: [String] = []
        for name in rest.components.dropLast() {
            place.append(name)
            names.append(name.string)
            guard let found = try status(place)?.kind else { return nil }
            guard found == .folder else {
                return FolderMisplaced(
                    root: root, path: names.joined(separator: "/"), found: found)
            }
        }
        return nil
    }

    /// Fails where something on the way from a root to what is to be written is no folder.
    package func requireFolders(above path: FilePath, below root: FilePath) throws {
        if let misplaced = try misplaced(above: path, below: root) { throw misplaced }
    }
}
