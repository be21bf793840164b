package import Records

/// What of a storage root behind a network, given file by file, is none of its own; the counterpart of `RootInspection`.
package struct RemoteRoot {
    private var object = ""
    private var last = ""

    package init() {}

    /// The finding of a file that belongs neither to the root nor to the folder of an object; one for all files below a strange name.
    package mutating func finding(of path: String) -> Finding? {
        guard var strange = strangeName(path) else { return nil }
        // What lies below a name of the root's own takes nothing of the root with it.
        if isOwnFile(strange) { strange = path }
        guard strange != last else { return nil }
        last = strange
        return Finding(.rootExtraFile, subject: strange, ["file": strange])
    }

    /// The topmost part of a path that is strange.
    private mutating func strangeName(_ path: String) -> String? {
        if !object.isEmpty, path.hasPrefix(object) { return nil }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        // Consoles make empty objects with the names of folders, to show them.
        guard parts.count > 1, parts.count > 2 || !parts[1].isEmpty else { return nil }
        func name(_ count: Int) -> String { parts[..<count].joined(separator: "/") }
        if parts[1] == "extensions" { return strangeExtension(path, parts.count, name) }
        if parts.count == 2 { return isOwnFile(path) ? nil : path }
        for (depth, part) in parts[1...].prefix(3).enumerated() {
            if depth + 2 == parts.count { return part.isEmpty ? nil : path }
            guard RootInspection.isTuple(String(part), depth: depth) else { return name(depth + 2) }
        }
        guard parts.count > 5 else { return parts[4].isEmpty ? nil : path }
        let folder = name(5)
        // An object in another folder than its own is found by no command.
        let isOwn = ObjectLocation.object(inFolder: String(parts[4])).map {
            "ocfl/" + ObjectLocation.folder(of: $0) == folder
        }
        guard isOwn == true else { return folder }
        object = folder + "/"
        return nil
    }

    private func isOwnFile(_ path: String) -> Bool {
        StorageRoot.files.contains { "ocfl/" + $0.path == path }
    }

    private func strangeExtension(
        _ path: String, _ count: Int, _ name: (Int) -> String
    ) -> String? {
        if isOwnFile(path) { return nil }
        let own = "ocfl/extensions/" + StorageRoot.extensionName
        guard path != "ocfl/extensions/", path != own + "/" else { return nil }
        return path.hasPrefix(own + "/") ? name(min(count, 4)) : name(min(count, 3))
    }
}
