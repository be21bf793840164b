package import Files
package import SystemPackage

/// A volume that is the machine's disk but for what it does otherwise.
package protocol DiskBacked: Volume {
    var disk: DiskVolume { get }
}

extension DiskBacked {
    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile { try disk.open(path) }
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
    package func status(_ path: FilePath) throws(FileFailure) -> FileStatus? {
        try disk.status(path)
    }
    package func list(_ path: FilePath) throws(FileFailure) -> [FolderEntry] { try disk.list(path) }
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
