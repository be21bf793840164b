package import SystemPackage

/// A call to the file system that did not do what it was asked: which call, on which path, and why.
package struct FileFailure: Error, Hashable, Sendable {
    /// The calls of the file system.
    package enum Call: String, Sendable {
        case open, create, read, write, synchronize, close, status, list, makeFolder, rename,
            remove, truncate, lock
        case link, freeSpace
    }

    package let call: Call
    package let path: FilePath
    package let errno: Errno

    package init(_ call: Call, _ path: FilePath, _ errno: Errno) {
        self.call = call
        self.path = path
        self.errno = errno
    }
}

extension FileFailure {
    /// The stable code shown to people and programs.
    package var code: String {
        switch errno {
        case .noSuchFileOrDirectory, .notDirectory: "LT-DISK-NOT-FOUND"
        case .noSpace: "LT-DISK-FULL"
        case .diskQuotaExceeded: "LT-DISK-QUOTA"
        case .readOnlyFileSystem: "LT-DISK-READ-ONLY"
        case .permissionDenied, .notPermitted: "LT-DISK-PERMISSION"
        case .ioError: "LT-DISK-INPUT-OUTPUT"
        case .fileExists, .directoryNotEmpty: "LT-DISK-EXISTS"
        case .fileNameTooLong: "LT-DISK-NAME-TOO-LONG"
        default: "LT-DISK-FAILED"
        }
    }
}
