import Files
import Records
import Storage
import SystemPackage

/// Gathers the manifest's lines while files are written, in the order of their paths' bytes.
final class ManifestDraft {
    private let layout: ExportLayout
    private let volume: any Volume
    private let lines: FileDraft
    /// Where the line of `export.json` belongs, which is known last.
    private var cardPlace: Int64?
    private(set) var counts = ExportCounts()
    private(set) var keptFiles: Int64 = 0

    init(_ layout: ExportLayout, volume: any Volume) throws {
        self.layout = layout
        self.volume = volume
        lines = try FileDraft(aside: layout.manifestAside, volume: volume)
    }

    /// Notes a file that stands in the export.
    func add(_ path: RelativePath, _ copied: FileCopy.Copied) throws {
        try lines.append(ManifestLine(path: path, sha512: copied.sha512).bytes)
        counts.files += 1
        counts.bytes += copied.size
        if copied.isKept { keptFiles += 1 }
    }

    /// Marks the place of `export.json` among the lines.
    func leavePlaceForCard() { cardPlace = lines.length }

    func count(_ change: (inout ExportCounts) -> Void) { change(&counts) }

    /// Writes the manifest with the card's line in its place; gives the manifest's digest.
    func finish(card: Digest) throws -> Digest {
        let place = cardPlace ?? lines.length
        let manifest = try FileDraft(aside: layout.aside, volume: volume)
        try lines.forEachPiece(0..<place) { try manifest.append($0) }
        let path = RelativePath(ExportLayout.cardName)
        try manifest.append(ManifestLine(path: path, sha512: card).bytes)
        try lines.forEachPiece(place..<lines.length) { try manifest.append($0) }
        let written = try manifest.finish(as: layout.manifest)
        try lines.abandon()
        return written.sha512
    }
}
