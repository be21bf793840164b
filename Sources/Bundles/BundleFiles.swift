package import SystemPackage

/// Where the four files of a version lie.
package struct BundleFiles: Hashable, Sendable {
    package let tar: FilePath
    package let segments: FilePath
    package let sums: FilePath
    package let seal: FilePath

    /// The files of a version in a folder.
    package init(_ layout: BundleLayout, in folder: FilePath) {
        tar = folder.appending(layout.tar)
        segments = folder.appending(layout.segments)
        sums = folder.appending(layout.sums)
        seal = folder.appending(layout.seal)
    }

    /// The files beside a tar, by its name without `.tar`.
    package init(besideTar tar: FilePath) {
        let name = tar.lastComponent?.string ?? ""
        let stem = name.hasSuffix(".tar") ? String(name.dropLast(4)) : name
        let folder = tar.removingLastComponent()
        self.tar = tar
        segments = folder.appending(stem + ".segments")
        sums = folder.appending(stem + ".sums")
        seal = folder.appending(stem + ".sums.p7s")
    }
}
