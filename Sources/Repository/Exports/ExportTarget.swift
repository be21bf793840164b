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

    /// Refuses a place inside any archive or store, also by way of links: it would be a strange thing there.
    static func requireOutside(_ target: FilePath, volume: any Volume) throws {
        // The first folder on the way up, whether the target or a link to one: nothing lies in a file.
        var place = target
        while try volume.status(place.appending(".")) == nil, !place.components.isEmpty {
            place = place.removingLastComponent()
        }
        // Going up by `..` follows where the disk is, not how the path was written.
        for _ in 0..<deepest {
            let marks = [place.appending("luutru.yaml"), place.appending("store.json")]
            if try marks.contains(where: { try volume.status($0) != nil }) {
                throw ArchiveFailure(
                    .usage, subject: target.string,
                    [
                        "detail":
                            "phải ghi ra ngoài mọi kho · outside every archive and store: \(target)"
                    ])
            }
            let above = place.appending("..")
            let (here, there) = (
                try volume.status(place.appending(".")), try volume.status(above)
            )
            if let here, let there, here.inode == there.inode, here.device == there.device {
                return
            }
            place = above
        }
    }

    private static let deepest = 128
}
