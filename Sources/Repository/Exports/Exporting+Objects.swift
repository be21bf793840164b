import Bundles
import Files
import Records
import Retrieval
import Storage
import SystemPackage

/// The dossiers of an export in the form of the store.
extension Exporting {
    /// What stands in the storage root: its own files and the objects, by the bytes of their paths.
    private enum RootItem {
        case file(path: String, text: String)
        case object(ExportSelection.Item)

        var key: String {
            switch self {
            case .file(let path, _): path
            case .object(let item): item.place + "/"
            }
        }
    }

    func copyObjects() throws {
        let files = StorageRoot.files.map { RootItem.file(path: $0.path, text: $0.text) }
        let items = (files + selection.items.map { RootItem.object($0) }).map { ($0.key, $0) }
            .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        for (_, item) in items {
            switch item {
            case .file(let path, let text): try put(Array(text.utf8), as: "ocfl/" + path)
            case .object(let item): try copyObject(item)
            }
        }
    }

    private func copyObject(_ item: ExportSelection.Item) throws {
        let target = layout.objects.appending(item.place)
        var object = ObjectCopy(
            of: item.object.text, from: archive.objects.folder(of: item.object), to: target,
            volume: archive.world.volume, copy: copy, buffer: buffer)
        guard try object.run(expecting: item.object, inventory: item.inventory) else {
            return try leaveOut(item, object.findings, in: target, below: layout.objects)
        }
        findings += object.findings
        for file in object.files {
            try manifest.add(
                RelativePath("ocfl/" + item.place + "/" + file.path), file.copied)
            fileDone()
        }
        manifest.count { $0.dossiers += 1 }
    }

    /// Leaves a dossier out that is not whole, and nothing of it in the export.
    func leaveOut(
        _ item: ExportSelection.Item, _ reasons: [Finding], in folder: FilePath,
        below root: FilePath
    ) throws {
        let volume = archive.world.volume
        try volume.removeTree(folder)
        var parent = folder.removingLastComponent()
        while parent != root, parent.starts(with: root), try volume.status(parent) != nil,
            try volume.list(parent).isEmpty
        {
            try volume.removeFolder(parent)
            parent = parent.removingLastComponent()
        }
        missing.append(
            ExportCard.Missing(
                object: item.object, codes: Set(reasons.map(\.code.text)).sorted()))
        if try isAmended(item) {
            isOvertaken = true
            findings.append(Finding(.exportDossierChanged, .warning, subject: item.object.text))
        } else {
            findings += reasons
        }
    }

    /// Whether the dossier got a later version after the export began.
    private func isAmended(_ item: ExportSelection.Item) throws -> Bool {
        try archive.catalog.inventoryDigest(of: item.object) != item.inventory
    }
}
