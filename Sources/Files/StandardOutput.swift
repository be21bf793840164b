import Glibc
package import SystemPackage

/// The process's standard output as a file that is only written to, in order.
package final class StandardOutput: OpenFile {
    package let path = FilePath("-")

    package init() {}

    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64)
        throws(FileFailure) -> Int
    {
        throw FileFailure(.read, path, .badFileDescriptor)
    }

    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(FileFailure) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = Glibc.write(STDOUT_FILENO, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFailure(.write, path, .current)
            }
            done += count
        }
    }

    package func synchronize() throws(FileFailure) {}

    package func status() throws(FileFailure) -> FileStatus {
        throw FileFailure(.status, path, .badFileDescriptor)
    }

    package func truncate(to size: Int64) throws(FileFailure) {
        throw FileFailure(.truncate, path, .badFileDescriptor)
    }

    package func close() throws(FileFailure) {}
}
