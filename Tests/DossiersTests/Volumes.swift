import Files
import SystemPackage

/// A disk that is only read: what a double does not change goes to the real one.
protocol ReadVolume: Volume {}

extension ReadVolume {
    var disk: DiskVolume { DiskVolume() }

    func open(_ path: FilePath) throws(FileFailure) -> any OpenFile { try disk.open(path) }
    func status(_ path: FilePath) throws(FileFailure) -> FileStatus? { try disk.status(path) }
    func list(_ path: FilePath) throws(FileFailure) -> [FolderEntry] { try disk.list(path) }
    func create(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile { throw refusal(.create, path) }
    func openForAppending(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile { throw refusal(.open, path) }
    func makeFolder(_ path: FilePath, permissions: FilePermissions) throws(FileFailure) {
        throw refusal(.makeFolder, path)
    }
    func link(_ path: FilePath, as name: FilePath) throws(FileFailure) {
        throw refusal(.link, path)
    }
    func rename(_ path: FilePath, to target: FilePath) throws(FileFailure) {
        throw refusal(.rename, path)
    }
    func replace(_ target: FilePath, with path: FilePath) throws(FileFailure) {
        throw refusal(.rename, path)
    }
    func remove(_ path: FilePath) throws(FileFailure) { throw refusal(.remove, path) }
    func removeFolder(_ path: FilePath) throws(FileFailure) { throw refusal(.remove, path) }
    func synchronizeFolder(_ path: FilePath) throws(FileFailure) {
        throw refusal(.synchronize, path)
    }
    func lock(_ path: FilePath) throws(FileFailure) -> (any FileLock)? {
        throw refusal(.lock, path)
    }
    func freeSpace(_ path: FilePath) throws(FileFailure) -> Int64 {
        throw refusal(.freeSpace, path)
    }

    private func refusal(_ call: FileFailure.Call, _ path: FilePath) -> FileFailure {
        FileFailure(call, path, .readOnlyFileSystem)
    }
}

/// A disk that does not open one file or folder.
struct FailingVolume: ReadVolume {
    let name: String
    let reason: Errno

    func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        if path.lastComponent?.string == name { throw FileFailure(.open, path, reason) }
        return try disk.open(path)
    }

    func list(_ path: FilePath) throws(FileFailure) -> [FolderEntry] {
        if path.lastComponent?.string == name { throw FileFailure(.list, path, reason) }
        return try disk.list(path)
    }
}

/// A disk whose text files are said to be larger than any disk.
struct HugeVolume: ReadVolume {
    func status(_ path: FilePath) throws(FileFailure) -> FileStatus? {
        guard let status = try disk.status(path), path.extension == "txt" else {
            return try disk.status(path)
        }
        return FileStatus(
            kind: status.kind, size: .max, modified: status.modified, changed: status.changed,
            device: status.device, inode: status.inode, permissions: status.permissions)
    }
}
