package import Files
package import Records
import SystemPackage

/// Inspects what belongs to the storage root itself: declaration, layout, extension, and nothing strange beside them.
package enum RootInspection {
    /// Findings of the root's own files and of the folders above the objects.
    package static func findings(of store: ObjectStore, volume: any Volume) throws -> [Finding] {
        let root = store.layout.objects
        guard try volume.status(root)?.kind == .folder else {
            return [Finding(.objectMissing, subject: "ocfl")]
        }
        var findings: [Finding] = []
        for (path, text) in StorageRoot.files {
            if try !isIntact(root.appending(path), text, volume) {
                findings.append(Finding(code(for: path), subject: "ocfl/" + path, ["file": path]))
            }
        }
        try inspectNames(root, below: "ocfl", depth: 0, volume, &findings)
        try inspectExtensions(root, volume, &findings)
        return findings
    }

    private static func isIntact(_ path: FilePath, _ text: String, _ volume: any Volume) throws
        -> Bool
    {
        do {
            guard try volume.status(path)?.kind == .file else { return false }
            return try volume.readAll(path, limit: 1 << 20) == Array(text.utf8)
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            return false
        }
    }

    private static func code(for path: String) -> FindingCode {
        switch path {
        case StorageRoot.declarationName: .rootDeclarationWrong
        case StorageRoot.layoutName: .rootLayoutWrong
        default: .rootExtensionWrong
        }
    }

    private static func inspectNames(
        _ folder: FilePath, below: String, depth: Int, _ volume: any Volume,
        _ findings: inout [Finding]
    ) throws {
        guard let entries = try listing(of: folder, below, volume, &findings) else { return }
        if entries.isEmpty, depth > 0 { findings.append(Finding(.rootEmptyFolder, subject: below)) }
        for entry in entries {
            let name = entry.name.string
            let path = below + "/" + name
            if depth == 0, isRootFile(name) { continue }
            if entry.kind != .folder || !isTuple(name, depth: depth) {
                // An object in another folder than its own is found by no command.
                let isObject =
                    depth == 3 && entry.kind == .folder
                    && ObjectLocation.object(inFolder: name).map {
                        "ocfl/" + ObjectLocation.folder(of: $0)
                    } == path
                if entry.kind == .link, leads(path, name, depth: depth) {
                    // Dossiers may be read through it, and nothing is written through it.
                    findings.append(
                        Finding(
                            .storePlaceWrong, subject: path, ["found": entry.kind.rawValue]))
                } else if !isObject {
                    findings.append(Finding(.rootExtraFile, subject: path, ["file": path]))
                }
                continue
            }
            try inspectNames(
                folder.appending(entry.name), below: path, depth: depth + 1, volume, &findings)
        }
    }

    /// What stands in a folder of the root; nil, and a finding, when it cannot be read.
    private static func listing(
        of folder: FilePath, _ path: String, _ volume: any Volume, _ findings: inout [Finding]
    ) throws -> [FolderEntry]? {
        do {
            return try volume.list(folder)
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            let facts = ["file": path, "reason": error.errno.description]
            findings.append(Finding(.fileUnreadable, subject: path, facts))
            return nil
        }
    }

    private static func isRootFile(_ name: String) -> Bool {
        [StorageRoot.declarationName, StorageRoot.layoutName, "extensions"].contains(name)
    }

    /// Whether a name is that of a folder above objects, or of an object's own.
    private static func leads(_ path: String, _ name: String, depth: Int) -> Bool {
        if isTuple(name, depth: depth) { return true }
        guard let object = ObjectLocation.object(inFolder: name) else { return false }
        return path == "ocfl/" + ObjectLocation.folder(of: object)
    }

    static func isTuple(_ name: String, depth: Int) -> Bool {
        depth < 3 && name.utf8.count == 3
            && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// What stands at a path; nil, too, where the root may not be entered, of which its listing has told.
    private static func standing(
        at path: FilePath, _ volume: any Volume
    ) throws(FileFailure) -> FileStatus.Kind? {
        do {
            return try volume.status(path)?.kind
        } catch {
            try FileUnreadable.stopUnlessRot(error)
            return nil
        }
    }

    private static func inspectExtensions(
        _ root: FilePath, _ volume: any Volume, _ findings: inout [Finding]
    ) throws {
        let folder = root.appending("extensions")
        guard let kind = try standing(at: folder, volume) else { return }
        guard kind == .folder else {
            findings.append(
                Finding(.rootExtraFile, subject: "ocfl/extensions", ["file": "ocfl/extensions"]))
            return
        }
        let name = "ocfl/extensions"
        for entry in try listing(of: folder, name, volume, &findings) ?? [] {
            guard entry.name.string == StorageRoot.extensionName, entry.kind == .folder else {
                let path = "ocfl/extensions/" + entry.name.string
                findings.append(Finding(.rootExtraFile, subject: path, ["file": path]))
                continue
            }
            let below = name + "/" + entry.name.string
            for inner in try listing(of: folder.appending(entry.name), below, volume, &findings)
                ?? []
            where inner.name.string != "config.json" {
                let path = below + "/" + inner.name.string
                findings.append(Finding(.rootExtraFile, subject: path, ["file": path]))
            }
        }
    }
}
