import Evidence
import Files
import Records
import Storage
import SystemPackage

extension ImportStaging {
    /// The exported batches, as far as their files are what the ledger names; what is missing the next audit tells.
    func stageEvidence(_ staged: StoreLayout) throws {
        let from = source.root.appending("evidence")
        var folders: [FilePath] = []
        for batch in survey.batches.sorted(by: { $0.name < $1.name }) {
            let place = BatchLayout(folder: staged.evidence.appending(batch.name))
            try world.volume.makeDurableFolders(place.stamps)
            folders += [place.stamps, place.folder]
            let old = from.appending(batch.name)
            for file in batch.files {
                let path = old.pushing(FilePath(file.path))
                guard try world.volume.status(path)?.kind == .file else { continue }
                do {
                    _ = try copy.copy(
                        path, expecting: file.sha512,
                        to: place.folder.pushing(FilePath(file.path)))
                } catch is FileCopy.SourceFailure {
                    continue
                }
            }
        }
        for folder in folders { try world.volume.synchronizeFolder(folder) }
        if !folders.isEmpty { try world.volume.synchronizeFolder(staged.evidence) }
    }
}
