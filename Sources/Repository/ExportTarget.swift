import Files
import Records
import Storage
import SystemPackage

/// The folder an export is written into: new, empty, or the unfinished export of the same records.
enum ExportTarget {
    /// Makes the folder ready and marks it unfinished.
    static func prepare(
        _ layout: ExportLayout, for card: ExportCard, copy: FileCopy, in world: World
    )
        throws
    {
        if let status = try world.volume.status(layout.root) {
            guard status.kind == .folder else {
                throw ArchiveFailure(.notEmpty, subject: layout.root.string)
            }
            try requireOurs(layout, card, in: world)
        } else {
            try world.volume.makeDurableFolders(layout.root)
        }
        _ = try copy.put(card.bytes, to: layout.card)
        try world.volume.synchronizeFolder(layout.root)
    }

    private static func requireOurs(_ layout: ExportLayout, _ card: ExportCard, in world: World)
        throws
    {
        // A crash before the card got its name leaves nothing but what was written aside.
        let names = try world.volume.list(layout.root).map(\.name)
        let asides = [layout.aside, layout.manifestAside].map(\.lastComponent)
        if names.allSatisfy({ asides.contains($0) }) { return }
        guard try world.volume.status(layout.card)?.kind == .file,
            let bytes = try world.volume.readIfSmall(layout.card, limit: ExportCard.limit),
            let found = ExportCard(bytes)
        else { throw ArchiveFailure(.notEmpty, subject: layout.root.string) }
        guard found.archive == card.archive, found.form == card.form, found.scope == card.scope,
            found.ending?.isComplete != true
        else { throw ArchiveFailure(.exportOther, subject: layout.root.string) }
    }

    /// Refuses a folder inside the archive: an export there would be a strange thing in its store.
    static func requireOutside(_ target: FilePath, _ archive: Archive) throws {
        for root in [archive.layout.root, archive.objects.layout.root]
        where target.starts(with: root) {
            throw ArchiveFailure(
                .usage, subject: target.string,
                ["detail": "-o: ngoài thư mục của kho · outside the archive's own folder"])
        }
    }
}
