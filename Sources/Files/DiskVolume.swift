import Glibc
package import SystemPackage

/// The machine's own file system.
package struct DiskVolume: Volume {
    package init() {}

    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        // Without O_NONBLOCK, opening a pipe that somebody put in a dossier would wait for ever.
        try DiskFile(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, mode: 0, call: .open)
    }

    package func create(_ path: FilePath, permissions: FilePermissions) throws(FileFailure)
        -> any OpenFile
    {
        try DiskFile(
            path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode: permissions.rawValue, call: .create)
    }

    package func openForAppending(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile {
        try DiskFile(
            path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, mode: permissions.rawValue,
            call: .open)
    }

    package func status(_ path: FilePath) throws(FileFailure) -> FileStatus? {
        var facts = stat()
        if path.withPlatformString({ lstat($0, &facts) }) == 0 { return FileStatus(facts) }
        let reason = Errno.current
        if reason == .noSuchFileOrDirectory || reason == .notDirectory { return nil }
        throw FileFailure(.status, path, reason)
    }

    package func list(_ path: FilePath) throws(FileFailure) -> [FolderEntry] {
        let folder = try OpenFolder(path)
        var entries: [FolderEntry] = []
        while let entry = try folder.next() { entries.append(entry) }
        guard entries.count > 1 else { return entries }
        return entries.map { ($0.name.bytes, $0) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }
            .map(\.1)
    }

    /// Holds one entry at a time.
    package func forEachEntry(
        in path: FilePath, _ body: (FolderEntry) throws -> Void
    ) throws {
        let folder = try OpenFolder(path)
        while let entry = try folder.next() { try body(entry) }
    }

    package func makeFolder(_ path: FilePath, permissions: FilePermissions) throws(FileFailure) {
        try check(.makeFolder, path) { mkdir($0, permissions.rawValue) }
    }

    package func link(_ path: FilePath, as name: FilePath) throws(FileFailure) {
        let status = path.withPlatformString { old in
            name.withPlatformString { Glibc.link(old, $0) }
        }
        if status != 0 { throw FileFailure(.link, name, .current) }
    }

    package func rename(_ path: FilePath, to target: FilePath) throws(FileFailure) {
        // One writer holds the archive's lock, so nobody makes the target between the look and the rename.
        guard try status(target) == nil else { throw FileFailure(.rename, target, .fileExists) }
        try replace(target, with: path)
    }

    package func replace(_ target: FilePath, with path: FilePath) throws(FileFailure) {
        try check(.rename, path) { old in
            target.withPlatformString { new in Glibc.rename(old, new) }
        }
    }

    package func remove(_ path: FilePath) throws(FileFailure) {
        try check(.remove, path) { unlink($0) }
    }

    package func removeFolder(_ path: FilePath) throws(FileFailure) {
        try check(.remove, path) { rmdir($0) }
    }

    package func synchronizeFolder(_ path: FilePath) throws(FileFailure) {
        let descriptor = path.withPlatformString {
            Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
        guard descriptor >= 0 else { throw FileFailure(.synchronize, path, .current) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileFailure(.synchronize, path, .current) }
    }

    package func lock(_ path: FilePath) throws(FileFailure) -> (any FileLock)? {
        try DiskLock.take(path)
    }

    package func forget(_ path: FilePath) throws(FileFailure) {
        let descriptor = path.withPlatformString {
            Glibc.open($0, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        }
        guard descriptor >= 0 else { throw FileFailure(.open, path, .current) }
        defer { Glibc.close(descriptor) }
        // Only clean pages go: what was changed in memory alone goes to the disk first.
        guard fdatasync(descriptor) == 0,
            posix_fadvise(descriptor, 0, 0, Int32(POSIX_FADV_DONTNEED)) == 0
        else { throw FileFailure(.synchronize, path, .current) }
    }

    package func freeSpace(_ path: FilePath) throws(FileFailure) -> Int64 {
        var facts = statvfs()
        try check(.freeSpace, path) { statvfs($0, &facts) }
        let (bytes, overflow) = UInt64(facts.f_bavail).multipliedReportingOverflow(
            by: UInt64(facts.f_frsize))
        return overflow ? .max : Int64(clamping: bytes)
    }

    private func check(
        _ call: FileFailure.Call, _ path: FilePath, _ body: (UnsafePointer<CChar>) -> Int32
    ) throws(FileFailure) {
        guard path.withPlatformString(body) == 0 else { throw FileFailure(call, path, .current) }
    }

    fileprivate static func entry(
        _ entry: UnsafeMutablePointer<dirent>, in folder: FilePath
    ) throws(FileFailure) -> FolderEntry? {
        // The name runs past the field Swift sees, so it is read from its address.
        let start = UnsafeRawPointer(entry).advanced(
            by: MemoryLayout<dirent>.offset(of: \.d_name) ?? 19)
        let text = start.assumingMemoryBound(to: CChar.self)
        guard let name = FilePath.Component(platformString: text), name.kind == .regular else {
            return nil
        }
        let kind: FileStatus.Kind
        switch Int(entry.pointee.d_type) {
        case Int(DT_REG): kind = .file
        case Int(DT_DIR): kind = .folder
        case Int(DT_LNK): kind = .link
        case Int(DT_UNKNOWN):
            guard let status = try DiskVolume().status(folder.appending(name)) else { return nil }
            kind = status.kind
        default: kind = .device
        }
        return FolderEntry(name: name, kind: kind)
    }
}

/// A folder that is read name by name; closed when the last reference goes.
private final class OpenFolder {
    private let path: FilePath
    private let folder: OpaquePointer

    init(_ path: FilePath) throws(FileFailure) {
        guard let folder = path.withPlatformString({ opendir($0) }) else {
            throw FileFailure(.list, path, .current)
        }
        self.path = path
        self.folder = folder
    }

    deinit { closedir(folder) }

    /// The next name with its kind; nil after the last one.
    func next() throws(FileFailure) -> FolderEntry? {
        while true {
            errno = 0
            guard let entry = readdir(folder) else {
                if errno != 0 { throw FileFailure(.list, path, .current) }
                return nil
            }
            if let found = try DiskVolume.entry(entry, in: path) { return found }
        }
    }
}

extension Errno {
    /// The reason of the call that has just failed on this thread.
    static var current: Errno { Errno(rawValue: errno) }
}

extension FileStatus {
    /// Takes over what `stat` says.
    init(_ facts: stat) {
        let kind: Kind
        switch facts.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link
        default: kind = .device
        }
        self.init(
            kind: kind, size: Int64(facts.st_size),
            modified: Int64(facts.st_mtim.tv_sec) &* 1_000_000 &+ Int64(facts.st_mtim.tv_nsec)
                / 1000,
            changed: Int64(facts.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(facts.st_ctim.tv_nsec),
            device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino),
            permissions: facts.st_mode & 0o777)
    }
}
