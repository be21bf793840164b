import Files
import SystemPackage

/// A file that is only bytes, and counts how many of them were asked for.
final class MemoryFile: OpenFile {
    let path = FilePath("memory")
    let bytes: [UInt8]
    private(set) var bytesRead = 0
    private let failing: Bool

    init(_ bytes: [UInt8], failing: Bool = false) {
        self.bytes = bytes
        self.failing = failing
    }

    func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(FileFailure) -> Int {
        if failing { throw FileFailure(.read, path, .ioError) }
        guard offset >= 0, offset < Int64(bytes.count) else { return 0 }
        let count = min(buffer.count, bytes.count - Int(offset))
        buffer.copyBytes(from: bytes[Int(offset)..<(Int(offset) + count)])
        bytesRead += count
        return count
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(FileFailure) {
        throw FileFailure(.write, path, .readOnlyFileSystem)
    }

    func synchronize() throws(FileFailure) {}

    func status() throws(FileFailure) -> FileStatus {
        FileStatus(
            kind: .file, size: Int64(bytes.count), modified: 0, changed: 0, device: 0, inode: 0,
            permissions: 0o600)
    }

    func truncate(to size: Int64) throws(FileFailure) {
        throw FileFailure(.truncate, path, .readOnlyFileSystem)
    }

    func close() throws(FileFailure) {}
}
