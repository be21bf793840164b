package import Files
package import SystemPackage

/// A copy store as a disk that can only be read: what reads bundles and ledgers on a disk reads them there, too.
///
/// Paths are those below the store, from `/` on.
package struct CopyVolume: Volume {
    private static let ledger = "ledger/entries.jsonl"
    private let store: any CopyStore

    package init(_ store: any CopyStore) { self.store = store }

    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        let name = Self.name(of: path)
        return try asked(.open, path) {
            if name == Self.ledger {
                let file = CopiedLedger(store, size: try store.ledgerSize())
                return CopyVolumeFile(path, size: file.size, file: file)
            }
            guard let size = try store.size(of: name) else {
                throw FileFailure(.open, path, .noSuchFileOrDirectory)
            }
            return CopyVolumeFile(path, size: size, file: try store.reader(of: name, mark: nil))
        }
    }

    package func status(_ path: FilePath) throws(FileFailure) -> FileStatus? {
        let name = Self.name(of: path)
        return try asked(.status, path) {
            if name == Self.ledger { return .readOnly(.file, size: try store.ledgerSize()) }
            if let size = try store.size(of: name) { return .readOnly(.file, size: size) }
            var isFolder = false
            try store.forEachFile(below: name) { _ in isFolder = true }
            return isFolder ? .readOnly(.folder, size: 0) : nil
        }
    }

    package func list(_ path: FilePath) throws(FileFailure) -> [FolderEntry] {
        let folder = Self.name(of: path)
        return try asked(.list, path) {
            var names: [String: FileStatus.Kind] = [:]
            try store.forEachFile(below: folder) { file in
                let rest = file.path.dropFirst(folder.count + 1)
                let name = rest.prefix { $0 != "/" }
                names[String(name)] = name.count == rest.count ? .file : .folder
            }
            return names.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
                .compactMap { name, kind in
                    FilePath.Component(name).map { FolderEntry(name: $0, kind: kind) }
                }
        }
    }

    private func asked<Result>(
        _ call: FileFailure.Call, _ path: FilePath, _ body: () throws -> Result
    ) throws(FileFailure) -> Result {
        do {
            return try body()
        } catch let failure as FileFailure {
            throw failure
        } catch {
            throw FileFailure(call, path, .networkUnreachable)
        }
    }

    private static func name(of path: FilePath) -> String {
        String(path.string.drop { $0 == "/" })
    }

    package func create(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile {
        throw FileFailure(.create, path, .readOnlyFileSystem)
    }

    package func openForAppending(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile {
        throw FileFailure(.open, path, .readOnlyFileSystem)
    }

    package func makeFolder(_ path: FilePath, permissions: FilePermissions) throws(FileFailure) {
        throw FileFailure(.makeFolder, path, .readOnlyFileSystem)
    }

    package func rename(_ path: FilePath, to target: FilePath) throws(FileFailure) {
        throw FileFailure(.rename, path, .readOnlyFileSystem)
    }

    package func link(_ path: FilePath, as name: FilePath) throws(FileFailure) {
        throw FileFailure(.link, name, .readOnlyFileSystem)
    }

    package func replace(_ target: FilePath, with path: FilePath) throws(FileFailure) {
        throw FileFailure(.rename, target, .readOnlyFileSystem)
    }

    package func remove(_ path: FilePath) throws(FileFailure) {
        throw FileFailure(.remove, path, .readOnlyFileSystem)
    }

    package func removeFolder(_ path: FilePath) throws(FileFailure) {
        throw FileFailure(.remove, path, .readOnlyFileSystem)
    }

    package func synchronizeFolder(_ path: FilePath) throws(FileFailure) {}

    package func lock(_ path: FilePath) throws(FileFailure) -> (any FileLock)? {
        throw FileFailure(.lock, path, .readOnlyFileSystem)
    }

    package func freeSpace(_ path: FilePath) throws(FileFailure) -> Int64 { 0 }
}

/// The ledger of a store, which some stores keep in pieces.
private final class CopiedLedger: ReadableFile {
    private let store: any CopyStore
    let size: Int64

    init(_ store: any CopyStore, size: Int64) {
        self.store = store
        self.size = size
    }

    func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(FileFailure) -> Int {
        let count = Int(max(0, min(Int64(buffer.count), size - offset)))
        guard count > 0 else { return 0 }
        let bytes: [UInt8]
        do {
            bytes = try store.ledgerBytes(at: offset, count: count)
        } catch let failure as FileFailure {
            throw failure
        } catch {
            throw FileFailure(.read, "/ledger/entries.jsonl", .networkUnreachable)
        }
        buffer.copyBytes(from: bytes.prefix(buffer.count))
        return min(bytes.count, buffer.count)
    }
}

/// A file of a store, open for reading.
private final class CopyVolumeFile: OpenFile {
    let path: FilePath
    private let size: Int64
    private let file: any ReadableFile

    init(_ path: FilePath, size: Int64, file: any ReadableFile) {
        self.path = path
        self.size = size
        self.file = file
    }

    func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(FileFailure) -> Int {
        // Ranges beyond the end are refused by servers.
        guard offset < size else { return 0 }
        return try file.read(into: buffer, at: offset)
    }

    func status() throws(FileFailure) -> FileStatus { .readOnly(.file, size: size) }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(FileFailure) {
        throw FileFailure(.write, path, .readOnlyFileSystem)
    }

    func truncate(to size: Int64) throws(FileFailure) {
        throw FileFailure(.truncate, path, .readOnlyFileSystem)
    }

    func synchronize() throws(FileFailure) {}

    func close() throws(FileFailure) {}
}

extension FileStatus {
    /// What is known of a file of a store: its kind and size.
    fileprivate static func readOnly(_ kind: Kind, size: Int64) -> FileStatus {
        FileStatus(
            kind: kind, size: size, modified: 0, changed: 0, device: 0, inode: 0,
            permissions: 0o444)
    }
}
