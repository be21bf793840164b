package import Files
import Synchronization
package import SystemPackage

/// A disk on which another program is at work the moment before a file with an ending is first opened.
package final class MeantimeVolume: DiskBacked {
    package let disk = DiskVolume()
    private let ending: String
    private let work: @Sendable () -> Void
    private let isDone = Mutex(false)

    package init(before ending: String, _ work: @escaping @Sendable () -> Void) {
        self.ending = ending
        self.work = work
    }

    /// Whether the other program was at work.
    package var hasHappened: Bool { isDone.withLock { $0 } }

    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        let isFirst =
            path.string.hasSuffix(ending)
            && isDone.withLock { done in
                defer { done = true }
                return !done
            }
        if isFirst { work() }
        return try disk.open(path)
    }
}
