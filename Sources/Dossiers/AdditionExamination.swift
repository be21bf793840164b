package import Files
package import Formats
package import Records
package import SystemPackage

/// What became of files that are to come to an archived dossier, under the rules of TT 05/2025.
package struct AdditionExamination {
    package let findings: [Finding]
    /// The documents, ready to be packaged; nil when a finding is an error.
    package let closed: ClosedDossier?
    package let documentCount: Int
    /// Sum of the pages that the list states.
    package let pages: Int
    package let bytes: Int64

    /// Examines a folder with `documents.csv` whose documents follow those that the dossier has.
    package static func examine(
        folder: FilePath, of dossier: Dossier, after lastOrdinal: Int, volume: any Volume,
        identifier: FormatIdentifier, isTaken: (Int) throws -> Bool
    ) throws -> AdditionExamination {
        let limits = DossierLimits()
        let findings = FindingList(limit: limits.findings)
        guard try volume.status(folder)?.kind == .folder else {
            findings.add(.folderMissing, folder.string)
            return AdditionExamination(
                findings: findings.findings, closed: nil, documentCount: 0, pages: 0, bytes: 0)
        }
        var walk = FolderWalk(volume: volume, limits: limits, findings: findings)
        try walk.run(folder)
        // The dossier is described in the archive; a second description would say nothing that is heard.
        if walk.dossierFile != nil { findings.add(.fileExtra, FolderWalk.dossierFileName) }
        var defaults = DocumentRow.Defaults(
            code: dossier.code, maintenance: dossier.fields[.maintenance],
            riskRecovery: dossier.fields[.riskRecovery],
            riskRecoveryStatus: dossier.fields[.riskRecoveryStatus])
        defaults.lastOrdinal = lastOrdinal
        var list = DocumentList(
            .init(
                folder: folder, volume: volume,
                files: DocumentFiles(
                    folder: folder, volume: volume, identifier: identifier, findings: findings),
                limits: limits, findings: findings, span: nil, defaults: defaults))
        try DossierExamination.read(&list, &walk, limits, findings)
        if list.isComplete, list.rows.isEmpty {
            findings.add(.dossierEmpty, FolderWalk.listName)
        }
        for row in list.rows where try isTaken(Int(row.ordinal)) {
            findings.add(
                .ordinalTwice, FolderWalk.listName, at: Place(line: Int(row.line), column: 1),
                ["value": String(row.ordinal)])
        }
        return AdditionExamination(
            findings: findings.findings,
            closed: findings.findings.containsErrors
                ? nil
                : ClosedDossier(
                    dossier: dossier, folder: folder, walk: walk, list: list, defaults: defaults,
                    volume: volume),
            documentCount: list.rows.count, pages: list.pages, bytes: walk.bytes)
    }
}

/// Examines single files that come to an archived dossier: what they are, and whether they can be read.
package struct FileExamination {
    package let findings: [Finding]
    /// In the order of their names.
    package let files: [Document]

    /// Examines a file that supersedes a document's; the description is the document's new one.
    package static func examine(
        file path: FilePath, describedBy fields: DocumentFields, kind: DocumentKind,
        volume: any Volume, identifier: FormatIdentifier
    ) throws -> FileExamination {
        let findings = FindingList(limit: 100)
        let folder = path.removingLastComponent()
        guard let name = path.lastComponent, let status = try volume.status(path),
            status.kind == .file
        else {
            findings.add(.folderMissing, path.string)
            return FileExamination(findings: findings.findings, files: [])
        }
        let found = FolderWalk.Found(
            path: RelativePath(bytes: name.bytes), size: status.size,
            modified: Instant(microseconds: status.modified), stamp: FileStamp(status))
        return try examine(
            [found], in: folder, describedBy: fields, kind: kind, volume, identifier, findings,
            comparesPages: true)
    }

    /// Examines every file below a folder, each made from one document.
    package static func examine(
        folder: FilePath, describedBy fields: DocumentFields, kind: DocumentKind,
        volume: any Volume, identifier: FormatIdentifier
    ) throws -> FileExamination {
        let limits = DossierLimits()
        let findings = FindingList(limit: limits.findings)
        guard try volume.status(folder)?.kind == .folder else {
            findings.add(.folderMissing, folder.string)
            return FileExamination(findings: findings.findings, files: [])
        }
        var walk = FolderWalk(volume: volume, limits: limits, findings: findings)
        try walk.run(folder)
        for list in [walk.dossierFile, walk.list].compactMap({ $0 }) {
            findings.add(.fileExtra, list.path.text)
        }
        if walk.files.isEmpty { findings.add(.dossierEmpty, folder.string) }
        return try examine(
            walk.files, in: folder, describedBy: fields, kind: kind, volume, identifier, findings,
            comparesPages: false)
    }

    private static func examine(
        _ found: [FolderWalk.Found], in folder: FilePath,
        describedBy fields: DocumentFields, kind: DocumentKind, _ volume: any Volume,
        _ identifier: FormatIdentifier, _ findings: FindingList, comparesPages: Bool
    ) throws -> FileExamination {
        var formats = FormatUse()
        let look = DocumentFiles(
            folder: folder, volume: volume, identifier: identifier, findings: findings)
        let files = try found.map { file in
            let index = try look.examine(
                file, pages: comparesPages && kind == .text ? fields[.numberOfPage] : nil,
                &formats)
            return Document(
                kind: kind, fields: fields, file: file.path, size: file.size,
                modified: file.modified,
                format: formats.formats.indices.contains(Int(index))
                    ? formats.formats[Int(index)] : .unknown, stamp: file.stamp)
        }
        formats.report(to: findings)
        return FileExamination(findings: findings.findings, files: files)
    }
}
