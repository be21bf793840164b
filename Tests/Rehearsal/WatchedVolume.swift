package import Files
import Synchronization
package import SystemPackage

/// A disk that counts how often files with an ending were opened for reading.
package final class WatchedVolume: DiskBacked {
    package let disk = DiskVolume()
    private let ending: String
    private let seen = Mutex<[FilePath]>([])

    package init(ending: String) { self.ending = ending }

    /// How often such files were opened so far.
    package var opened: Int { paths.count }

    /// Which they were, in the order in which they were opened.
    package var paths: [FilePath] { seen.withLock { $0 } }

    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        if path.string.hasSuffix(ending) { seen.withLock { $0.append(path) } }
        return try disk.open(path)
    }
}
