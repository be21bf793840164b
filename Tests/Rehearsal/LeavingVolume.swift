package import Files
import Synchronization
package import SystemPackage

/// A disk on which one folder, a store's disk, leaves at a chosen call below it.
package final class LeavingVolume: DiskBacked {
    /// How it leaves.
    package enum Leaving: Sendable {
        /// Nothing is in its place.
        case gone
        /// Another folder comes into its place.
        case exchanged(FilePath)
        /// Names are still told out of memory, and no byte is.
        case dead
    }

    private struct State {
        var count = 0
        var hasLeft = false
    }

    package let disk = DiskVolume()
    private let folder: FilePath
    private let chosen: Int
    private let leaving: Leaving
    private let state = Mutex(State())

    /// Leaves before the call of this number, counted from 1; 0 never leaves.
    package init(_ folder: FilePath, atCall chosen: Int, _ leaving: Leaving) {
        self.folder = folder.lexicallyNormalized()
        self.chosen = chosen
        self.leaving = leaving
    }

    /// How many calls went below the folder.
    package var count: Int { state.withLock { $0.count } }

    /// Where the folder is after it left.
    package static func away(_ folder: FilePath) -> FilePath {
        folder.removingLastComponent().appending("." + (folder.lastComponent?.string ?? "disk"))
    }

    private func pass(_ path: FilePath) throws(FileFailure) {
        guard path.lexicallyNormalized().starts(with: folder) else { return }
        let isTurn = state.withLock { state in
            state.count += 1
            guard state.count == chosen else { return false }
            state.hasLeft = true
            return true
        }
        guard isTurn else { return }
        switch leaving {
        case .dead: break
        case .gone: try disk.rename(folder, to: Self.away(folder))
        case .exchanged(let other):
            try disk.rename(folder, to: Self.away(folder))
            try disk.rename(other, to: folder)
        }
    }

    private func passBytes(_ call: FileFailure.Call, _ path: FilePath) throws(FileFailure) {
        try pass(path)
        guard case .dead = leaving, state.withLock({ $0.hasLeft }),
            path.lexicallyNormalized().starts(with: folder)
        else { return }
        throw FileFailure(call, path, .ioError)
    }

    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        try passBytes(.open, path)
        return try disk.open(path)
    }

    package func create(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile {
        try passBytes(.create, path)
        return try disk.create(path, permissions: permissions)
    }

    package func openForAppending(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile {
        try passBytes(.open, path)
        return try disk.openForAppending(path, permissions: permissions)
    }

    package func status(_ path: FilePath) throws(FileFailure) -> FileStatus? {
        try pass(path)
        return try disk.status(path)
    }

    package func list(_ path: FilePath) throws(FileFailure) -> [FolderEntry] {
        try passBytes(.list, path)
        return try disk.list(path)
    }

    package func rename(_ path: FilePath, to target: FilePath) throws(FileFailure) {
        try pass(target)
        try disk.rename(path, to: target)
    }

    package func synchronizeFolder(_ path: FilePath) throws(FileFailure) {
        try pass(path)
        try disk.synchronizeFolder(path)
    }
}
