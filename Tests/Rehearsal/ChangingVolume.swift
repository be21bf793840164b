package import Files
package import SystemPackage

/// A disk on which somebody appends to one file each time it is opened.
package final class ChangingVolume: DiskBacked {
    package let disk = DiskVolume()
    private let victim: FilePath

    package init(_ victim: FilePath) { self.victim = victim }

    package func open(_ path: FilePath) throws(FileFailure) -> any OpenFile {
        let file = try disk.open(path)
        if path == victim {
            let other = try disk.openForAppending(path, permissions: .everybodyReads)
            try other.append([0x21], at: 0)
        }
        return file
    }
}
