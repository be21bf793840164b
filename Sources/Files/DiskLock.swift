import Glibc
import SystemPackage

/// An advisory lock on a file; the kernel lets it go with the process that holds it, so none is ever stale.
final class DiskLock: FileLock {
    private let path: FilePath
    private let descriptor: Int32

    private init(_ path: FilePath, adopting descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        // A process just being started holds a copy of the descriptor for a moment, and closing ours would not do.
        flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }

    static func take(_ path: FilePath) throws(FileFailure) -> DiskLock? {
        let descriptor = path.withPlatformString {
            Glibc.open($0, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
        }
        guard descriptor >= 0 else { throw FileFailure(.lock, path, .current) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = Errno.current
            Glibc.close(descriptor)
            if reason == .wouldBlock { return nil }
            throw FileFailure(.lock, path, reason)
        }
        return DiskLock(path, adopting: descriptor)
    }

    func note(_ text: String) throws(FileFailure) {
        let bytes = Array(text.utf8)
        guard ftruncate(descriptor, 0) == 0,
            pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
        else {
            throw FileFailure(.lock, path, .current)
        }
    }
}
