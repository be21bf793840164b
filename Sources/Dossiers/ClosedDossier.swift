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

    /// Whether the file is still the one that was examined.
    func isSame(as status: FileStatus?) -> Bool {
        status.map { FileStamp($0) == stamp && $0.size == size } ?? false
    }
}

/// A dossier's list that is no longer the one that was examined.
package struct DossierFailure: Error, Hashable, Sendable {
    /// What happened.
    package enum Reason: String, Sendable {
        case listChanged = "LT-FILE-CHANGED"
    }

    package let reason: Reason
    /// The list, as named below the dossier's folder.
    package let subject: String
}

/// A completed dossier whose every rule was checked; only an examination without errors makes one.
package struct ClosedDossier: ArrangedDossier {
    package private(set) var dossier: Dossier
    package let folder: FilePath
    /// `dossier.yaml` and `documents.csv`.
    package let received: [ReceivedFile]
    private let files: [FolderWalk.Found]
    private let rows: [DocumentList.Row]
    private let formats: [FormatIdentification]
    private let separator: UInt8
    private let columns: DocumentColumns
    private let defaults: DocumentRow.Defaults
    private let volume: any Volume

    /// Adopts what an examination found; nil when a list is not there.
    init?(
        dossier: Dossier, folder: FilePath, walk: FolderWalk, list: DocumentList,
        defaults: DocumentRow.Defaults, volume: any Volume
    ) {
        guard let listFile = walk.list, let columns = list.columns else { return nil }
        self.dossier = dossier
        self.folder = folder
        received = [walk.dossierFile, listFile].compactMap { $0.map { ReceivedFile($0) } }
        files = walk.files
        rows = list.rows.sorted { $0.ordinal < $1.ordinal }
        formats = list.formats.formats
        separator = list.separator
        self.columns = columns
        self.defaults = defaults
        self.volume = volume
    }

    package var documentCount: Int { rows.count }

    /// The same with links that lead to what is here.
    package func linked(_ links: [Link]) -> ClosedDossier {
        var closed = self
        closed.dossier = dossier.linked(links)
        return closed
    }

    /// Reads each row again from where it stands; a list that changed since is an error, before and after.
    package func forEachDocument(_ body: (Document) throws -> Void) throws {
        let file = try volume.open(folder.appending(FolderWalk.listName))
        try checkLists(file)
        for row in rows {
            let document: Document
            do {
                document = try self.document(row, file)
            } catch is TextFault {
                throw DossierFailure(reason: .listChanged, subject: FolderWalk.listName)
            }
            try body(document)
        }
        try checkLists(file)
    }

    private func document(_ row: DocumentList.Row, _ file: any OpenFile) throws -> Document {
        let bytes = try file.bytes(at: row.offset, count: Int(row.length))
        let parsed = try CSVRow(
            parsing: bytes[...], offset: row.offset, line: Int(row.line), separator: separator)
        let described = DocumentRow(
            DocumentCells(parsed, columns), number: Int(row.number), defaults: defaults, check: nil)
        let found = files[Int(row.file)]
        return Document(
            kind: described.kind, fields: described.fields, file: found.path, size: found.size,
            modified: found.modified, format: formats[Int(row.format)], stamp: found.stamp)
    }

    private func checkLists(_ list: any OpenFile) throws {
        for file in received {
            let isList = file.path == RelativePath(FolderWalk.listName)
            let status =
                isList ? try list.status() : try volume.status(folder.appending(file.path.name))
            guard file.isSame(as: status) else {
                throw DossierFailure(reason: .listChanged, subject: file.path.text)
            }
        }
    }
}
