package import Files
package import SystemPackage

/// A disk on which every call below one folder fails with a reason, and all others work.
package final class BrokenFolder: Volume {
    private let disk = DiskVolume()
    private let folder: FilePath
    private let reason: Errno

    package init(_ folder: FilePath, _ reason: Errno) {
        self.folder = folder.lexicallyNormalized()
        self.reason = reason
    }

    private func pass(_ call: FileFailure.Call, _ path: FilePath) throws(FileFailure) {
        guard path.lexicallyNormalized().starts(with: folder) else { return }
        throw FileFailure(call, path, reason)
    }

    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        try pass(.open, path)
        return try disk.open(path)
    }

    package func create(_ path: FilePath, permissions: FilePermissions) throws(FileFailure)
        -> any OpenFile
    {
        try pass(.create, path)
        return try disk.create(path, permissions: permissions)
    }

    package func openForAppending(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile {
        try pass(.open, path)
        return try disk.openForAppending(path, permissions: permissions)
    }

    package func status(_ path: FilePath) throws(FileFailure) -> FileStatus? {
        try pass(.status, path)
        return try disk.status(path)
    }

    package func list(_ path: FilePath) throws(FileFailure) -> [FolderEntry] {
        try pass(.list, path)
        return try disk.list(path)
    }

    package func makeFolder(_ path: FilePath, permissions: FilePermissions) throws(FileFailure) {
        try pass(.makeFolder, path)
        try disk.makeFolder(path, permissions: permissions)
    }

    package func link(_ path: FilePath, as name: FilePath) throws(FileFailure) {
        try pass(.link, path)
        try disk.link(path, as: name)
    }

    package func rename(_ path: FilePath, to target: FilePath) throws(FileFailure) {
        try pass(.rename, path)
        try disk.rename(path, to: target)
    }

    package func replace(_ target: FilePath, with path: FilePath) throws(FileFailure) {
        try pass(.rename, path)
        try disk.replace(target, with: path)
    }

    package func remove(_ path: FilePath) throws(FileFailure) {
        try pass(.remove, path)
        try disk.remove(path)
    }

    package func removeFolder(_ path: FilePath) throws(FileFailure) {
        try pass(.remove, path)
        try disk.removeFolder(path)
    }

    package func synchronizeFolder(_ path: FilePath) throws(FileFailure) {
        try pass(.synchronize, path)
        try disk.synchronizeFolder(path)
    }

    package func lock(_ path: FilePath) throws(FileFailure) -> (any FileLock)? {
        try pass(.lock, path)
        return try disk.lock(path)
    }

    package func freeSpace(_ path: FilePath) throws(FileFailure) -> Int64 {
        try pass(.freeSpace, path)
        return try disk.freeSpace(path)
    }
}
