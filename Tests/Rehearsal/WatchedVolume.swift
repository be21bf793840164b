package import Files
import Synchronization
package import SystemPackage

/// A disk that counts how often files with an ending were opened for reading.
package final class WatchedVolume: Volume {
    private let disk = DiskVolume()
    private let ending: String
    private let seen = Mutex<[FilePath]>([])

    package init(ending: String) { self.ending = ending }

    /// How often such files were opened so far.
    package var opened: Int { paths.count }

    /// Which they were, in the order in which they were opened.
    package var paths: [FilePath] { seen.withLock { $0 } }

    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        if path.string.hasSuffix(ending) { seen.withLock { $0.append(path) } }
        return try disk.open(path)
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
