import Evidence
import Files
import Records
import Storage
import SystemPackage

/// The batches of time-stamped versions; they leave with the whole archive only, for they name other dossiers.
extension Exporting {
    func copyEvidence(_ survey: LedgerSurvey) throws {
        guard selection.scope.isEverything else { return }
        for batch in survey.batches.sorted(by: { $0.name < $1.name }) {
            let name = "evidence/" + batch.name
            let source = archive.objects.layout.evidence.appending(batch.name)
            for file in batch.files.sorted(by: { $0.path < $1.path }) {
                try copyBatchFile(file, of: name, from: source)
            }
        }
    }

    private func copyBatchFile(
        _ file: BatchDigests.File, of name: String, from folder: FilePath
    ) throws {
        let volume = archive.world.volume
        let source = folder.pushing(FilePath(file.path))
        let path = name + "/" + file.path
        guard try volume.status(source)?.kind == .file else {
            return findings.append(
                Finding(.batchDamaged, subject: name, ["detail": file.path]))
        }
        let target = layout.root.pushing(FilePath(path))
        try volume.makeFolders(target.removingLastComponent())
        do {
            let copied = try copy.copy(source, expecting: file.sha512, to: target)
            try manifest.add(RelativePath(path), copied)
            fileDone()
        } catch FileCopy.SourceFailure.different {
            findings.append(Finding(.batchDamaged, subject: name, ["detail": file.path]))
        } catch FileCopy.SourceFailure.unreadable(let failure) {
            try FileUnreadable.stopUnlessRot(failure)
            findings.append(Finding(.batchDamaged, subject: name, ["detail": file.path]))
        }
    }
}
