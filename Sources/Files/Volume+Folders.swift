package import SystemPackage

extension Volume {
    /// Makes a folder and those above it that are missing, each name brought to the disk in the folder above it.
    package func makeDurableFolders(_ path: FilePath) throws(FileFailure) {
        if let found = try status(path) {
            guard found.kind == .folder || found.kind == .link else {
                throw FileFailure(.makeFolder, path, .notDirectory)
            }
            return
        }
        let parent = path.removingLastComponent()
        guard !parent.isEmpty, parent != path else { return }
        try makeDurableFolders(parent)
        try makeFolder(path, permissions: .everybodyEnters)
        try synchronizeFolder(parent)
    }

    /// Puts a file that was written aside under its name, over an older one if there is one.
    package func place(_ aside: FilePath, as target: FilePath) throws(FileFailure) {
        if try status(target) == nil {
            try rename(aside, to: target)
        } else {
            try replace(target, with: aside)
        }
    }
}
