import Cryptography
import Files
import Records
import Storage
package import SystemPackage

/// What an import is asked for.
package struct ImportRequest: Sendable {
    /// The folder of an export, or a bare OCFL root.
    package let source: FilePath
    /// Certificates to trust instead of those that the export's own ledger adopted.
    package let trust: [FilePath]

    package init(source: FilePath, trust: [FilePath]) {
        self.source = source
        self.trust = trust
    }
}

/// What lies in the folder that is to be imported.
enum ImportSource {
    /// The export of a whole archive: the fresh archive becomes it.
    case whole(ExportCard, ExportCard.Ending)
    /// The export of some records: they come into the fresh archive.
    case part(ExportCard)
    /// Objects alone.
    case bare

    init(_ root: FilePath, volume: any Volume) throws {
        let layout = ExportLayout(root: root)
        if try volume.status(layout.card)?.kind == .file {
            guard let bytes = try volume.readIfSmall(layout.card, limit: ExportCard.limit),
                let card = ExportCard(bytes), card.form == .ocfl, let ending = card.ending
            else { throw ArchiveFailure(.importForm, subject: root.string) }
            self = card.scope.isEverything ? .whole(card, ending) : .part(card)
            return
        }
        let declaration = root.appending(StorageRoot.declarationName)
        guard try volume.status(declaration)?.kind == .file else {
            throw ArchiveFailure(.importForm, subject: root.string)
        }
        self = .bare
    }
}

/// Takes objects from an export into a store, each whole by one rename.
struct ObjectImport {
    let source: ObjectStore
    let target: ObjectStore
    let volume: any Volume
    let copy: FileCopy
    let buffer: WorkBuffer

    init(
        from source: ObjectStore, to target: ObjectStore, volume: any Volume,
        progress: @escaping (Int) throws -> Void
    ) {
        self.source = source
        self.target = target
        self.volume = volume
        buffer = WorkBuffer(count: 1 << 20)
        copy = FileCopy(
            volume: volume, aside: target.layout.incoming.appending(".copy.aside"),
            buffer: buffer, progress: progress)
    }

    /// Takes one object whose inventory is known; findings when its bytes are not those of the inventory.
    func take(_ object: ObjectIdentifier, inventory: Digest) throws -> [Finding] {
        if try target.holds(object) {
            // An earlier run of this import took it, unless its inventory says otherwise.
            guard let held = try? target.inventory(of: object), held.1 == inventory else {
                return [Finding(.inventoryReplaced, subject: object.text)]
            }
            return []
        }
        let aside = target.aside(for: object)
        var copying = ObjectCopy(
            of: object.text, from: source.folder(of: object), to: aside, volume: volume,
            copy: copy, buffer: buffer)
        guard try copying.run(expecting: object, inventory: inventory) else {
            try volume.removeTree(aside)
            return copying.findings
        }
        try target.adopt(object)
        return []
    }
}
