package import Files
package import Formats
import Policies
package import Records
package import SystemPackage

/// What became of a dossier's folder under every rule of TT 05/2025.
package struct DossierExamination {
    package let findings: [Finding]
    /// The dossier, ready to be packaged; nil when a finding is an error.
    package let closed: ClosedDossier?
    package let documentCount: Int
    /// Bytes of all documents.
    package let bytes: Int64
    /// The archive file code, where it could be read.
    package let code: String?

    /// Examines a folder; what is wrong with the dossier is a finding, a disk that does not answer an error.
    package static func examine(
        folder: FilePath, volume: any Volume, identifier: FormatIdentifier, fondsCode: String,
        limits: DossierLimits = DossierLimits()
    ) throws -> DossierExamination {
        let findings = FindingList(limit: limits.findings)
        guard try volume.status(folder)?.kind == .folder else {
            findings.add(.folderMissing, folder.string)
            return DossierExamination(
                findings: findings.findings, closed: nil, documentCount: 0, bytes: 0, code: nil)
        }
        var walk = FolderWalk(volume: volume, limits: limits, findings: findings)
        try walk.run(folder)
        var file = DossierFile(findings: findings)
        if walk.dossierFile == nil {
            findings.add(.dossierFileMissing, FolderWalk.dossierFileName)
        } else {
            try file.read(folder.appending(FolderWalk.dossierFileName), volume: volume)
        }
        let defaults = DocumentRow.Defaults(
            code: file.code ?? "", maintenance: file.values["maintenance"],
            riskRecovery: file.values["riskRecovery"],
            riskRecoveryStatus: file.values["riskRecoveryStatus"])
        var list = DocumentList(
            .init(
                folder: folder, volume: volume,
                files: DocumentFiles(
                    folder: folder, volume: volume, identifier: identifier, findings: findings),
                limits: limits, findings: findings, span: file.span, defaults: defaults))
        try read(&list, &walk, limits, findings)
        if list.isComplete { checkCounts(file, list, findings) }
        return DossierExamination(
            findings: findings.findings,
            closed: findings.findings.containsErrors
                ? nil
                : ClosedDossier(
                    dossier: file.dossier(
                        totalDoc: list.rows.count, pages: list.pages, fonds: fondsCode),
                    folder: folder, walk: walk, list: list, defaults: defaults, volume: volume),
            documentCount: list.rows.count, bytes: walk.bytes, code: file.code)
    }

    static func read(
        _ list: inout DocumentList, _ walk: inout FolderWalk, _ limits: DossierLimits,
        _ findings: FindingList
    ) throws {
        guard let file = walk.list else { return findings.add(.listMissing, FolderWalk.listName) }
        guard file.size <= limits.list else {
            return findings.add(
                .limitFileSize, FolderWalk.listName, ["limit": String(limits.list)])
        }
        try list.read(&walk)
        // A list that could not be read to its end says nothing about the files it did not reach.
        if list.isComplete, walk.isComplete { walk.reportUnlisted() }
        list.formats.report(to: findings)
    }

    private static func checkCounts(
        _ file: DossierFile, _ list: DocumentList, _ findings: FindingList
    ) {
        if list.rows.isEmpty { return findings.add(.dossierEmpty, FolderWalk.listName) }
        compare(file, "totalDoc", list.rows.count, .totalDiffers, findings)
        if let pages = list.pageSum {
            compare(file, "numberOfPage", pages, .pageSumDiffers, findings)
        }
    }

    private static func compare(
        _ file: DossierFile, _ element: String, _ counted: Int, _ code: FindingCode,
        _ findings: FindingList
    ) {
        guard let stated = file.values[element], stated != String(counted) else { return }
        findings.add(
            code, FolderWalk.dossierFileName, at: file.place(element),
            ["expected": stated, "found": String(counted), "rule": "TT 05/2025 Annex I"])
    }
}
