package import Files
package import SystemPackage

/// A disk on which a folder may not be entered, as after `chmod 000`.
package final class DenyingVolume: DiskBacked {
    package let disk = DiskVolume()
    private let folder: FilePath

    package init(_ folder: FilePath) { self.folder = folder }

    private func stop(_ call: FileFailure.Call, below path: FilePath) throws(FileFailure) {
        guard path != folder, path.starts(with: folder) else { return }
        throw FileFailure(call, path, .permissionDenied)
    }

    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        try stop(.open, below: path)
        return try disk.open(path)
    }

    package func status(_ path: FilePath) throws(FileFailure) -> FileStatus? {
        try stop(.status, below: path)
        return try disk.status(path)
    }

    package func list(_ path: FilePath) throws(FileFailure) -> [FolderEntry] {
        try stop(.list, below: path)
        guard path != folder else { throw FileFailure(.list, path, .permissionDenied) }
        return try disk.list(path)
    }
}
