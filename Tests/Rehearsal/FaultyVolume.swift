package import Files
import Foundation
import Synchronization
package import SystemPackage

/// A disk that fails at a chosen call: once with a reason, or for good, as a process that was killed sees it.
package final class FaultyVolume: Volume {
    /// What happens at the chosen call.
    package enum Fault: Sendable {
        /// That call fails with this reason, the others work.
        case once(Errno)
        /// That call and all after it fail: the process is gone.
        case death

        /// A number of calls to go on by: errors take more turns than deaths find, so fewer of them are tried.
        ///
        /// `LUUTRU_EVERY_CALL=1` tries every call.
        package func stride(_ afterDeath: Int, _ afterError: Int) -> Int {
            if ProcessInfo.processInfo.environment["LUUTRU_EVERY_CALL"] == "1" { return 1 }
            return if case .death = self { afterDeath } else { afterError }
        }
    }

    private struct State {
        var count = 0
        var removals: [FilePath] = []
    }

    private let disk = DiskVolume()
    private let chosen: Int
    private let fault: Fault
    private let state = Mutex(State())

    /// Fails at the call of this number, counted from 1; 0 never fails.
    package init(failingAt chosen: Int, _ fault: Fault) {
        self.chosen = chosen
        self.fault = fault
    }

    /// How many calls were made.
    package var count: Int { state.withLock { $0.count } }

    /// Whether the chosen call was made.
    package var hasFailed: Bool { chosen > 0 && count >= chosen }

    /// Every path that was removed, replaced or cut.
    package var removals: [FilePath] { state.withLock { $0.removals } }

    func pass(_ call: FileFailure.Call, _ path: FilePath) throws(FileFailure) {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        switch fault {
        case .once(let reason) where number == chosen: throw FileFailure(call, path, reason)
        case .death where chosen > 0 && number >= chosen: throw FileFailure(call, path, .ioError)
        default: return
        }
    }

    func note(removed path: FilePath) { state.withLock { $0.removals.append(path) } }

    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        try pass(.open, path)
        return FaultyFile(try disk.open(path), self)
    }

    package func create(_ path: FilePath, permissions: FilePermissions) throws(FileFailure)
        -> any OpenFile
    {
        try pass(.create, path)
        return FaultyFile(try disk.create(path, permissions: permissions), self)
    }

    package func openForAppending(
        _ path: FilePath, permissions: FilePermissions
    ) throws(FileFailure) -> any OpenFile {
        try pass(.open, path)
        return FaultyFile(try disk.openForAppending(path, permissions: permissions), self)
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
        note(removed: target)
        try disk.replace(target, with: path)
    }

    package func remove(_ path: FilePath) throws(FileFailure) {
        try pass(.remove, path)
        note(removed: path)
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

/// An open file of a disk that fails; a write that fails leaves the first half of its bytes.
private final class FaultyFile: OpenFile {
    private let file: any OpenFile
    private let volume: FaultyVolume

    init(_ file: any OpenFile, _ volume: FaultyVolume) {
        self.file = file
        self.volume = volume
    }

    var path: FilePath { file.path }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(FileFailure)
        -> Int
    {
        try volume.pass(.read, path)
        return try file.read(into: buffer, at: offset)
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(FileFailure) {
        do {
            try volume.pass(.write, path)
        } catch {
            try file.write(
                UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]), at: offset)
            throw error
        }
        try file.write(bytes, at: offset)
    }

    func synchronize() throws(FileFailure) {
        try volume.pass(.synchronize, path)
        try file.synchronize()
    }

    func status() throws(FileFailure) -> FileStatus {
        try volume.pass(.status, path)
        return try file.status()
    }

    func truncate(to size: Int64) throws(FileFailure) {
        try volume.pass(.truncate, path)
        volume.note(removed: path)
        try file.truncate(to: size)
    }

    func close() throws(FileFailure) {
        try volume.pass(.close, path)
        try file.close()
    }
}
