package import Files
package import SystemPackage

/// A disk on which a folder may not be entered, as after `chmod 000`.
package final class DenyingVolume: Volume {
    private let disk = DiskVolume()
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

    package func create(_ path: FilePath, permissions: FilePermissions) throws(FileFailure)
        -> any OpenFile
    {
        try disk.create(path, permissions: permissions)
    }

    package func openForAppending(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile {
        try disk.openForAppending(path, permissions: permissions)
    }

    package func makeFolder(_ path: FilePath, permissions: FilePermissions) throws(FileFailure) {
        try disk.makeFolder(path, permissions: permissions)
    }
    package func link(_ path: FilePath, as name: FilePath) throws(FileFailure) {
        try disk.link(path, as: name)
    }
    package func rename(_ path: FilePath, to target: FilePath) throws(FileFailure) {
        try disk.rename(path, to: target)
    }
    package func replace(_ target: FilePath, with path: FilePath) throws(FileFailure) {
        try disk.replace(target, with: path)
    }
    package func remove(_ path: FilePath) throws(FileFailure) { try disk.remove(path) }
    package func removeFolder(_ path: FilePath) throws(FileFailure) { try disk.removeFolder(path) }
    package func synchronizeFolder(_ path: FilePath) throws(FileFailure) {
        try disk.synchronizeFolder(path)
    }
    package func lock(_ path: FilePath) throws(FileFailure) -> (any FileLock)? {
        try disk.lock(path)
    }
    package func freeSpace(_ path: FilePath) throws(FileFailure) -> Int64 {
        try disk.freeSpace(path)
    }
}
