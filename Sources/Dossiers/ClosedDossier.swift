import Files
import Policies
import Readers
package import Records
package import SystemPackage

/// A list as it came, kept unchanged in the bundle.
package struct ReceivedFile: Hashable, Sendable {
    package let path: RelativePath
    package let size: Int64
    package let modified: Instant
    package let stamp: FileStamp

    init(_ found: FolderWalk.Found) {
        path = found.path
        size = found.size
        modified = found.modified
        stamp = found.stamp
    }
}

/// A completed dossier whose every rule was checked; only an examination without errors makes one.
package struct ClosedDossier: ArrangedDossier {
    package let dossier: Dossier
    package let folder: FilePath
    /// `dossier.yaml` and `documents.csv`.
    package let received: [ReceivedFile]
    private let files: [FolderWalk.Found]
    private let list: DocumentList
    private let defaults: DocumentRow.Defaults
    private let columns: DocumentColumns
    private let volume: any Volume

    init(
        dossier: Dossier, folder: FilePath, received: [ReceivedFile], files: [FolderWalk.Found],
        list: DocumentList, defaults: DocumentRow.Defaults, columns: DocumentColumns, volume: any Volume
    ) {
        self.dossier = dossier
        self.folder = folder
        self.received = received
        self.files = files
        self.list = list
        self.defaults = defaults
        self.columns = columns
        self.volume = volume
    }

    package var documentCount: Int { list.rows.count }

    /// Reads each row again from where it stands; the packager proves afterwards that the list did not change.
    package func forEachDocument(_ body: (Document) throws -> Void) throws {
        let file = try volume.open(folder.appending(FolderWalk.listName))
        for row in list.rows.sorted(by: { $0.ordinal < $1.ordinal }) {
            let bytes = try file.bytes(at: row.offset, count: Int(row.length))
            let parsed = try CSVRow(
                parsing: bytes[...], offset: row.offset, line: Int(row.line), separator: list.separator)
            let described = DocumentRow(
                columns.fields(parsed), number: Int(row.number), defaults: defaults, check: nil)
            let found = files[Int(row.file)]
            try body(
                Document(
                    kind: described.kind, fields: described.fields, file: found.path, size: found.size,
                    modified: found.modified, format: list.formats[Int(row.format)], stamp: found.stamp))
        }
    }
}
