import Files
import Records
package import SystemPackage

/// A damaged file gives way to a whole one by one rename, and keeps its bytes beside (invariant D1).
extension DirectoryStore {
    package var stagingFolder: FilePath? { layout.incoming }

    package func restore(
        _ path: String, from file: CopiedFile, keepingAs name: String, _ run: CopyRun
    ) throws -> StoredFile {
        let target = layout.root.appending(path)
        let folder = target.removingLastComponent()
        try volume.makeDurableFolders(folder)
        if let status = try volume.status(target) {
            if status.kind == .file {
                try volume.makeFolders(layout.recovered)
                try volume.link(target, as: keptName(name))
                try volume.synchronizeFolder(layout.recovered)
            } else {
                try setAside(path, as: name)
            }
        }
        try volume.place(file.file, as: target)
        try volume.synchronizeFolder(folder)
        return StoredFile(path: path, size: try volume.status(target)?.size ?? 0)
    }

    package func setAside(_ path: String, as name: String) throws {
        let target = layout.root.appending(path)
        try volume.makeFolders(layout.recovered)
        try volume.rename(target, to: keptName(name))
        try volume.synchronizeFolder(target.removingLastComponent())
        try volume.synchronizeFolder(layout.recovered)
    }

    package func forget(_ path: String) throws {
        try volume.forget(layout.root.appending(path))
    }

    /// A name in `recovered/` that nothing has: what was kept before stays.
    private func keptName(_ name: String) throws -> FilePath {
        let stem = name.replacing("/", with: "_")
        var number = 1
        var path = layout.recovered.appending(stem)
        while try volume.status(path) != nil {
            number += 1
            path = layout.recovered.appending("\(stem)-\(number)")
        }
        return path
    }
}
