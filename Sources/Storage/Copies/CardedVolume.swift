import Files
import Records
import Synchronization
import SystemPackage

/// The disk of a copy store: below its folder nothing is made, renamed or removed unless the store's card is there.
///
/// A disk that leaves would else come to life again as a folder in an empty mount point, and another one
/// that takes its place would be written to. Below a name of the store's own that is a link, or no folder,
/// nothing is: it is neither read nor written through; nor is anything written through a link further down.
/// Calls block; the card's mark is shared by all callers (`Mutex`).
final class CardedVolume: Volume {
    /// What tells the file of the card from others without reading it.
    private struct Mark: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
        let changed: Int64

        init(_ status: FileStatus) {
            device = status.device
            inode = status.inode
            changed = status.changed
        }
    }

    private let disk: any Volume
    private let layout: StoreLayout
    private let card: StoreCard
    private let mark = Mutex<Mark?>(nil)

    init(_ disk: any Volume, _ layout: StoreLayout, _ card: StoreCard) {
        self.disk = disk
        self.layout = layout
        self.card = card
    }

    /// Fails where the card is not there; it is read only where its file is not the one that was read last.
    func requireCard(for call: FileFailure.Call) throws(FileFailure) {
        let found = try disk.status(layout.card).map { Mark($0) }
        if let found, found == mark.withLock({ $0 }) { return }
        try readCard(for: call)
        mark.withLock { $0 = found }
    }

    /// Reads the card from the medium: a disk that is gone may still tell names and times out of memory.
    func requireAnswer() throws(FileFailure) {
        if try disk.status(layout.card) != nil { try disk.forget(layout.card) }
        try readCard(for: .read)
    }

    private func readCard(for call: FileFailure.Call) throws(FileFailure) {
        guard try disk.status(layout.root)?.kind == .folder,
            try disk.status(layout.card)?.kind == .file,
            let bytes = try disk.readIfSmall(layout.card, limit: StoreCard.limit),
            let found = StoreCard(bytes), found.archive == card.archive, found.store == card.store
        else { throw FileFailure(call, layout.root, .operationNotSupportedByDevice) }
    }

    private func pass(_ call: FileFailure.Call, _ path: FilePath) throws(FileFailure) {
        // A folder above the store's is where a disk is mounted, and nobody's to make.
        guard path.starts(with: layout.root) || layout.root.starts(with: path) else { return }
        guard try disk.misplaced(above: path, below: layout.root) == nil else {
            throw FileFailure(call, path, .notDirectory)
        }
        try requireCard(for: call)
    }

    /// Whether a path leads through a name in the store's folder, or ends in it, that is no folder's.
    private func isCutOff(
        _ path: FilePath, orEnds: Bool = false
    ) throws(FileFailure) -> Bool {
        var rest = path
        guard rest.removePrefix(layout.root), rest.components.count > (orEnds ? 0 : 1),
            let name = rest.components.first,
            let found = try disk.status(layout.root.appending(name))
        else { return false }
        return found.kind != .folder
    }

    /// What lies in the store is reached through folders alone.
    private func requireFolders(
        _ call: FileFailure.Call, to path: FilePath
    ) throws(FileFailure) {
        guard try !isCutOff(path) else { throw FileFailure(call, path, .noSuchFileOrDirectory) }
    }

    /// The same down to the last folder for what is taken from its place.
    private func requireOwn(
        _ call: FileFailure.Call, _ path: FilePath
    ) throws(FileFailure) {
        guard try disk.misplaced(above: path, below: layout.root) == nil else {
            throw FileFailure(call, path, .noSuchFileOrDirectory)
        }
    }

    private func requireListable(_ path: FilePath) throws(FileFailure) {
        guard try !isCutOff(path, orEnds: true) else {
            throw FileFailure(.list, path, .notDirectory)
        }
    }

    func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        try requireFolders(.open, to: path)
        return try disk.open(path)
    }

    func create(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile {
        try pass(.create, path)
        return try disk.create(path, permissions: permissions)
    }

    func openForAppending(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile {
        try pass(.open, path)
        return try disk.openForAppending(path, permissions: permissions)
    }

    func status(_ path: FilePath) throws(FileFailure) -> FileStatus? {
        try isCutOff(path) ? nil : disk.status(path)
    }

    func list(_ path: FilePath) throws(FileFailure) -> [FolderEntry] {
        try requireListable(path)
        return try disk.list(path)
    }

    func forEachEntry(in path: FilePath, _ body: (FolderEntry) throws -> Void) throws {
        try requireListable(path)
        try disk.forEachEntry(in: path, body)
    }

    func makeFolder(_ path: FilePath, permissions: FilePermissions) throws(FileFailure) {
        try pass(.makeFolder, path)
        try disk.makeFolder(path, permissions: permissions)
    }

    func rename(_ path: FilePath, to target: FilePath) throws(FileFailure) {
        try pass(.rename, target)
        try requireOwn(.rename, path)
        try disk.rename(path, to: target)
    }

    func link(_ path: FilePath, as name: FilePath) throws(FileFailure) {
        try pass(.link, name)
        try requireOwn(.link, path)
        try disk.link(path, as: name)
    }

    func replace(_ target: FilePath, with path: FilePath) throws(FileFailure) {
        try pass(.rename, target)
        try requireOwn(.rename, path)
        try disk.replace(target, with: path)
    }

    func remove(_ path: FilePath) throws(FileFailure) {
        try pass(.remove, path)
        try disk.remove(path)
    }

    func removeFolder(_ path: FilePath) throws(FileFailure) {
        try pass(.remove, path)
        try disk.removeFolder(path)
    }

    func synchronizeFolder(_ path: FilePath) throws(FileFailure) {
        try disk.synchronizeFolder(path)
    }

    func lock(_ path: FilePath) throws(FileFailure) -> (any FileLock)? { try disk.lock(path) }

    func forget(_ path: FilePath) throws(FileFailure) {
        try requireFolders(.open, to: path)
        try disk.forget(path)
    }

    func freeSpace(_ path: FilePath) throws(FileFailure) -> Int64 { try disk.freeSpace(path) }
}
