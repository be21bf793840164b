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
        try volume.requireFolders(above: target, below: layout.root)
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
        let target = try standing(path)
        try volume.requireFolders(above: target, below: layout.root)
        let moved = target == layout.recovered ? try renamedRecovered() : target
        try volume.makeFolders(layout.recovered)
        try volume.rename(moved, to: keptName(name))
        // A folder of the store is there even when nothing is in it.
        if layout.folders.contains(target) { try volume.makeFolders(target) }
        try volume.synchronizeFolder(target.removingLastComponent())
        try volume.synchronizeFolder(layout.recovered)
    }

    /// What is no folder takes another name in the store first, so that the folder can be made that keeps it.
    private func renamedRecovered() throws -> FilePath {
        var number = 1
        var path = layout.root.appending("recovered.aside")
        while try volume.status(path) != nil {
            number += 1
            path = layout.root.appending("recovered.aside-\(number)")
        }
        try volume.rename(layout.recovered, to: path)
        return path
    }

    /// Looks at each of the store's own folders, and at its ledger.
    package func wrongPlaces() throws -> [WrongPlace] { try layout.wrongPlaces(volume) }

    /// Fails where something else stands in a place of the store's own: what is written would be led elsewhere.
    package func requirePlaces() throws {
        guard let wrong = try wrongPlaces().first else { return }
        throw CopyStoreFailure(
            .failed, subject: layout.root.appending(wrong.path).string, wrong.found.rawValue)
    }

    /// Folders are strange too: an empty one, a link or a device where a folder should be.
    package func forEachStrange(
        below folder: String, known: Set<String>, _ body: (String) throws -> Void
    ) throws {
        var folders: Set<String> = []
        for path in known {
            var parts = path.split(separator: "/").dropLast()
            while !parts.isEmpty, folders.insert(parts.joined(separator: "/")).inserted {
                parts = parts.dropLast()
            }
        }
        if let blocker = try blocker(of: folder) { return try body(blocker) }
        try walk(folder, known, folders, body)
    }

    /// What stands where a folder, or one above it, must be, and is none.
    private func blocker(of folder: String) throws -> String? {
        var path = ""
        for part in folder.split(separator: "/") {
            path += (path.isEmpty ? "" : "/") + part
            guard let status = try volume.status(layout.root.appending(path)) else { return nil }
            if status.kind != .folder { return path }
        }
        return nil
    }

    private func walk(
        _ folder: String, _ known: Set<String>, _ folders: Set<String>,
        _ body: (String) throws -> Void
    ) throws {
        guard try volume.status(layout.root.appending(folder))?.kind == .folder else { return }
        for entry in try volume.list(layout.root.appending(folder)) {
            let path = folder + "/" + entry.name.string
            if entry.kind == .folder, folders.contains(path) {
                try walk(path, known, folders, body)
            } else if !known.contains(path) {
                try body(path)
            }
        }
    }

    package func clearEmptyFolders() throws { try objects.removeEmptyFolders() }

    package func forget(_ path: String) throws {
        try volume.forget(layout.root.appending(path))
    }

    /// What stands under a path; a name that is no text is known by what is shown of its bytes.
    private func standing(_ path: String) throws -> FilePath {
        let target = layout.root.appending(path)
        guard try volume.status(target) == nil, let name = target.lastComponent?.string else {
            return target
        }
        let folder = target.removingLastComponent()
        let entry = try volume.list(folder).first { $0.name.string == name }
        return entry.map { folder.appending($0.name) } ?? target
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
