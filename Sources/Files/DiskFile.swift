import Glibc
import SystemPackage

/// A file of the machine's file system.
final class DiskFile: OpenFile {
    let path: FilePath
    private var descriptor: Int32
    private let appends: Bool

    init(_ path: FilePath, _ flags: Int32, mode: mode_t, call: FileFailure.Call) throws(FileFailure)
    {
        self.path = path
        appends = flags & O_APPEND != 0
        descriptor = path.withPlatformString { Glibc.open($0, flags, mode) }
        guard descriptor >= 0 else { throw FileFailure(call, path, .current) }
    }

    deinit {
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(FileFailure)
        -> Int
    {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            if errno != EINTR { throw FileFailure(.read, path, .current) }
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(FileFailure) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count =
                appends
                ? Glibc.write(descriptor, rest.baseAddress, rest.count)
                : pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFailure(.write, path, .current)
            }
            done += count
        }
    }

    func synchronize() throws(FileFailure) {
        guard fsync(descriptor) == 0 else { throw FileFailure(.synchronize, path, .current) }
    }

    func status() throws(FileFailure) -> FileStatus {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw FileFailure(.status, path, .current) }
        return FileStatus(facts)
    }

    func truncate(to size: Int64) throws(FileFailure) {
        guard ftruncate(descriptor, off_t(size)) == 0 else {
            throw FileFailure(.truncate, path, .current)
        }
    }

    func close() throws(FileFailure) {
        guard descriptor >= 0 else { return }
        let result = Glibc.close(descriptor)
        descriptor = -1
        guard result == 0 else { throw FileFailure(.close, path, .current) }
    }
}
