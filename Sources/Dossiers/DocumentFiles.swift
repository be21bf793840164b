import Files
import Formats
import Records
import SystemPackage

/// Looks into the files that documents name: empty, unreadable, of which format, how many pages.
struct DocumentFiles {
    let folder: FilePath
    let volume: any Volume
    let identifier: FormatIdentifier
    let findings: FindingList

    /// The number of the file's format; 0, with a finding, when the file has none to tell.
    func examine(
        _ found: FolderWalk.Found, _ document: DocumentRow, _ cells: DocumentCells,
        _ formats: inout FormatUse
    ) throws -> Int32 {
        try examine(
            found,
            pages: document.kind == .text ? document.fields[.numberOfPage] ?? "" : nil,
            at: cells[.numberOfPage]?.place, &formats)
    }

    /// The same for a file whose pages are to be the number given; without one they are not counted.
    func examine(
        _ found: FolderWalk.Found, pages: String?, at place: Place? = nil,
        _ formats: inout FormatUse
    ) throws -> Int32 {
        guard found.size > 0 else {
            findings.add(.fileEmpty, found.path.text)
            return 0
        }
        let path = folder.appending(bytes: found.path.bytes)
        let format: FormatIdentification
        do {
            let file = try volume.open(path)
            format = try identifier.identify(file, name: found.path.name, size: found.size)
        } catch {
            // A full disk or too many open files is no fault of the dossier.
            guard Self.faultsOfFiles.contains(error.errno) else { throw error }
            findings.add(.sourceUnreadable, found.path.text, ["reason": error.errno.description])
            return 0
        }
        if format.mimeType == "application/pdf", let pages {
            comparePages(found, at: path, pages, place)
        }
        return formats.add(format, of: found.path)
    }

    private static let faultsOfFiles: Set<Errno> = [
        .permissionDenied, .notPermitted, .ioError, .noSuchFileOrDirectory,
        .tooManySymbolicLinkLevels,
    ]

    private func comparePages(
        _ found: FolderWalk.Found, at path: FilePath, _ stated: String, _ place: Place?
    ) {
        switch identifier.pages(at: path) {
        case .pages(let count):
            guard !stated.isEmpty, stated != String(count) else { return }
            findings.add(
                .pagesDiffer, FolderWalk.listName, at: place,
                [
                    "file": found.path.text.shown, "expected": stated, "found": String(count),
                    "rule": "TT 05/2025 Annex I",
                ])
        case .encrypted: findings.add(.pagesEncrypted, .warning, found.path.text)
        case .unreadable(let reason):
            findings.add(.pagesUnknown, .warning, found.path.text, ["reason": reason.shown])
        }
    }
}
