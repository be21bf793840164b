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
            return failed(Finding(.folderMissing, subject: folder.string))
        }
        var walk = FolderWalk(volume: volume, limits: limits, findings: findings)
        try walk.run(folder)
        guard let dossierFile = walk.dossierFile, let listFile = walk.list else {
            let code: FindingCode = walk.dossierFile == nil ? .dossierFileMissing : .listMissing
            return failed(Finding(code, subject: folder.string))
        }
        var file = DossierFile(findings: findings)
        try file.read(folder.appending(FolderWalk.dossierFileName), volume: volume)
        let defaults = DocumentRow.Defaults(
            code: file.code ?? "", maintenance: file.values["maintenance"],
            riskRecovery: file.values["riskRecovery"], riskRecoveryStatus: file.values["riskRecoveryStatus"])
        var list = DocumentList(
            .init(
                folder: folder, volume: volume, identifier: identifier, limits: limits, findings: findings,
                dossier: file, defaults: defaults))
        if listFile.size <= limits.list {
            try list.read(&walk)
        } else {
            findings.add(.limitFileSize, FolderWalk.listName, ["limit": String(limits.list)])
        }
        walk.reportUnlisted()
        list.reportFormats()
        checkCounts(file, list, findings)
        let dossier = file.dossier(totalDoc: list.rows.count, pages: list.pages, fonds: fondsCode)
        let isClosed = !findings.findings.containsErrors
        return DossierExamination(
            findings: findings.findings,
            closed: isClosed
                ? list.columns.map { columns in
                    ClosedDossier(
                        dossier: dossier, folder: folder,
                        received: [ReceivedFile(dossierFile), ReceivedFile(listFile)], files: walk.files,
                        list: list, defaults: defaults, columns: columns, volume: volume)
                } : nil,
            documentCount: list.rows.count, bytes: walk.files.reduce(0) { $0 + $1.size }, code: file.code)
    }

    private static func failed(_ finding: Finding) -> DossierExamination {
        DossierExamination(findings: [finding], closed: nil, documentCount: 0, bytes: 0, code: nil)
    }

    private static func checkCounts(_ file: DossierFile, _ list: DocumentList, _ findings: FindingList) {
        if list.rows.isEmpty { findings.add(.dossierEmpty, FolderWalk.listName) }
        compare(file, "totalDoc", list.rows.count, .totalDiffers, findings)
        compare(file, "numberOfPage", list.pages, .pageSumDiffers, findings)
    }

    private static func compare(
        _ file: DossierFile, _ element: String, _ counted: Int, _ code: FindingCode, _ findings: FindingList
    ) {
        guard let stated = file.values[element], stated != String(counted) else { return }
        findings.add(
            code, FolderWalk.dossierFileName, at: file.place(element),
            ["expected": stated, "found": String(counted), "rule": "TT 05/2025 Annex I"])
    }
}
