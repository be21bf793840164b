import Files
import Records
import Storage
import SystemPackage

/// `import.json`: an import of a whole archive is under way; until it ends no other command opens the archive.
struct ImportMarker: Hashable {
    /// How far the import is.
    enum Phase: String {
        /// Objects come into the store; nothing else was changed.
        case copying
        /// Everything is staged; ledger, policy and identity are being put in place.
        case switching
    }

    /// The archive that was exported.
    let archive: ObjectIdentifier
    /// The archive that `init` made here.
    let founded: ObjectIdentifier
    /// The exported ledger's last line.
    let last: Digest
    /// Where the export lies, for people to read.
    let source: String
    let phase: Phase

    private static let format = "luutru-import 1"

    /// Refuses to open an archive that is neither the old one nor the new one.
    static func requireNone(_ layout: ArchiveLayout, in world: World) throws {
        guard try world.volume.status(layout.importMarker) != nil else { return }
        throw ArchiveFailure(
            .importUnfinished, subject: layout.root.string,
            ["source": try read(layout, in: world)?.source ?? "DIR"])
    }

    /// Reads the marker; nil when there is none.
    static func read(_ layout: ArchiveLayout, in world: World) throws -> ImportMarker? {
        guard try world.volume.status(layout.importMarker) != nil else { return nil }
        let bytes = try world.volume.readAll(layout.importMarker, limit: 64 * 1024)
        guard let value = try? JSONValue(parsing: bytes),
            value["format"]?.stringValue == format,
            let archive = value["archive"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let founded = value["founded"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let last = value["last"]?.stringValue.flatMap({ Digest(.sha256, hex: $0) }),
            let source = value["source"]?.stringValue,
            let phase = value["phase"]?.stringValue.flatMap({ Phase(rawValue: $0) })
        else {
            throw ArchiveFailure(
                .configuration, subject: "import.json", ["line": "1", "detail": format])
        }
        return ImportMarker(
            archive: archive, founded: founded, last: last, source: source, phase: phase)
    }

    /// Writes the marker durably.
    func write(_ layout: ArchiveLayout, copy: FileCopy, in world: World) throws {
        let value: JSONValue = [
            "archive": .string(archive.text), "format": .string(Self.format),
            "founded": .string(founded.text), "last": .string(last.hex),
            "phase": .string(phase.rawValue), "source": .string(source),
        ]
        _ = try copy.put(Array(value.readableText.utf8), to: layout.importMarker)
        try world.volume.synchronizeFolder(layout.root)
    }
}
