package import SystemPackage

/// The file system as the archive uses it: every byte kept goes through one of these calls, so tests can fail each.
package protocol Volume: Sendable {
    /// Opens an existing file for reading; a symbolic link as the last part is refused.
    func open(_ path: FilePath) throws(FileFailure) -> any OpenFile
    /// Makes a new file for writing and reading; fails when the name exists.
    func create(_ path: FilePath, permissions: FilePermissions) throws(FileFailure) -> any OpenFile
    /// Opens a file for adding at its end, and makes it when it is not there.
    func openForAppending(_ path: FilePath, permissions: FilePermissions) throws(FileFailure)
        -> any OpenFile
    /// What stands at a path, the last part not followed; nil when nothing does.
    func status(_ path: FilePath) throws(FileFailure) -> FileStatus?
    /// The names in a folder in byte order, without `.` and `..`.
    func list(_ path: FilePath) throws(FileFailure) -> [FolderEntry]
    /// Gives what stands in a folder one by one, in no order: for folders that may hold very many.
    func forEachEntry(in path: FilePath, _ body: (FolderEntry) throws -> Void) throws
    /// Makes one folder; fails when the name exists.
    func makeFolder(_ path: FilePath, permissions: FilePermissions) throws(FileFailure)
    /// Renames within one file system; fails when the target exists.
    func rename(_ path: FilePath, to target: FilePath) throws(FileFailure)
    /// Gives a file a second name; fails when that name exists, whoever made it meanwhile.
    func link(_ path: FilePath, as name: FilePath) throws(FileFailure)
    /// Renames over a target that may exist.
    func replace(_ target: FilePath, with path: FilePath) throws(FileFailure)
    /// Removes one file or link.
    func remove(_ path: FilePath) throws(FileFailure)
    /// Removes one empty folder.
    func removeFolder(_ path: FilePath) throws(FileFailure)
    /// Brings a folder's names to the disk.
    func synchronizeFolder(_ path: FilePath) throws(FileFailure)
    /// Takes the advisory lock of a file without waiting; nil when another process holds it.
    func lock(_ path: FilePath) throws(FileFailure) -> (any FileLock)?
    /// Lets the next reading of a file come from the medium and not from memory, as far as the system can.
    func forget(_ path: FilePath) throws(FileFailure)
    /// Bytes an ordinary user can still write below a path.
    func freeSpace(_ path: FilePath) throws(FileFailure) -> Int64
}

extension Volume {
    package func forget(_ path: FilePath) throws(FileFailure) {}

    /// Holds all of them, unless a volume does better.
    package func forEachEntry(
        in path: FilePath, _ body: (FolderEntry) throws -> Void
    ) throws {
        for entry in try list(path) { try body(entry) }
    }
}

/// Bytes that can be read from any place.
package protocol ReadableFile: AnyObject {
    /// Reads at most the buffer's size at an offset; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(FileFailure)
        -> Int
    /// Bytes that lie in memory for as long as the file is there, fewer at its end; nil where they must be read.
    func held(at offset: Int64, count: Int) -> UnsafeRawBufferPointer?
    /// What tells these bytes from others that stood or will stand under the name; nil where nothing does.
    var identity: String? { get }
}

extension ReadableFile {
    /// Nothing is held unless a file says so.
    package func held(at offset: Int64, count: Int) -> UnsafeRawBufferPointer? { nil }

    /// Nothing tells unless a file says so.
    package var identity: String? { nil }
}

/// A file that is open; closed when the last reference goes.
package protocol OpenFile: ReadableFile {
    var path: FilePath { get }
    /// Writes all bytes at an offset (for a file opened for appending: at its end).
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(FileFailure)
    /// Brings the file's bytes to the disk.
    func synchronize() throws(FileFailure)
    func status() throws(FileFailure) -> FileStatus
    func truncate(to size: Int64) throws(FileFailure)
    /// Closes it and reports what the system says.
    func close() throws(FileFailure)
}

/// A lock that is held; let go when the last reference goes.
package protocol FileLock: AnyObject, Sendable {
    /// Leaves a text in the locked file for those who find it taken.
    func note(_ text: String) throws(FileFailure)
}

/// A name in a folder with its kind.
package struct FolderEntry: Hashable, Sendable {
    /// The name's bytes, as the disk has them.
    package let name: FilePath.Component
    package let kind: FileStatus.Kind

    package init(name: FilePath.Component, kind: FileStatus.Kind) {
        self.name = name
        self.kind = kind
    }
}

/// What the file system says of a file.
package struct FileStatus: Hashable, Sendable {
    /// The kinds there are.
    package enum Kind: String, Sendable {
        case file, folder, link, device
    }

    package let kind: Kind
    package let size: Int64
    /// Microseconds since 1970-01-01T00:00:00Z of the last change of content.
    package let modified: Int64
    /// Nanoseconds since 1970 of the last change of anything about the file.
    package let changed: Int64
    package let device: UInt64
    package let inode: UInt64
    /// The nine permission bits.
    package let permissions: UInt32

    /// What tells a file from every other that stood or will stand in its place: any change of it changes this.
    package var identity: String { "\(inode)-\(size)-\(modified)-\(changed)" }

    package init(
        kind: Kind, size: Int64, modified: Int64, changed: Int64, device: UInt64, inode: UInt64,
        permissions: UInt32
    ) {
        self.kind = kind
        self.size = size
        self.modified = modified
        self.changed = changed
        self.device = device
        self.inode = inode
        self.permissions = permissions
    }
}
