package import Files
import Synchronization
package import SystemPackage

/// A disk whose bytes are right, but which hands out one wrong bit of one file for a while.
package final class LyingVolume: DiskBacked {
    /// How long it lies.
    package enum Lie: Sendable {
        /// In so many readings of the bit: a cable, a bus.
        case times(Int)
        /// Until somebody asks for the medium itself: a page in memory.
        case untilForgotten
    }

    package let disk = DiskVolume()
    private let victim: FilePath
    private let place: Int64
    private let left: Mutex<Int>
    private let isOfMemory: Bool

    package init(_ victim: FilePath, at place: Int64, _ lie: Lie) {
        self.victim = victim
        self.place = place
        switch lie {
        case .times(let count):
            left = Mutex(count)
            isOfMemory = false
        case .untilForgotten:
            left = Mutex(.max)
            isOfMemory = true
        }
    }

    /// Changes what was read, as long as it lies.
    func read(_ buffer: UnsafeMutableRawBufferPointer, _ count: Int, at offset: Int64) {
        guard (offset..<(offset + Int64(count))).contains(place) else { return }
        let isLie = left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
        if isLie { buffer[Int(place - offset)] ^= 1 }
    }

    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        let file = try disk.open(path)
        return path == victim ? LyingFile(file, self) : file
    }

    package func forget(_ path: FilePath) throws(FileFailure) {
        if path == victim, isOfMemory { left.withLock { $0 = 0 } }
        try disk.forget(path)
    }
}

/// An open file of a disk that lies.
private final class LyingFile: OpenFile {
    private let file: any OpenFile
    private let volume: LyingVolume

    init(_ file: any OpenFile, _ volume: LyingVolume) {
        self.file = file
        self.volume = volume
    }

    var path: FilePath { file.path }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(FileFailure)
        -> Int
    {
        let count = try file.read(into: buffer, at: offset)
        volume.read(buffer, count, at: offset)
        return count
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(FileFailure) {
        try file.write(bytes, at: offset)
    }

    func synchronize() throws(FileFailure) { try file.synchronize() }
    func status() throws(FileFailure) -> FileStatus { try file.status() }
    func truncate(to size: Int64) throws(FileFailure) { try file.truncate(to: size) }
    func close() throws(FileFailure) { try file.close() }
}
