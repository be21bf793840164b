import Evidence
import Files
import Records
import Storage

/// Mends what lies beside the dossiers of a store: policy, details, evidence and the root's own files, by the ledger's digests.
struct BesideRepair {
    let archive: Archive
    let target: RepairStore
    let stores: [RepairStore]
    let run: CopyRun
    let isDryRun: Bool

    func repair() throws -> RepairItem {
        var item = RepairItem(store: target.name, object: nil)
        let others = stores.filter { $0.id != target.id }
        let triage = FileTriage(store: target, object: nil, run: run)
        let mending = FileMending(
            archive: archive, target: target, sources: others, object: nil, run: run)
        var isLost = false
        try forEachFile { path, content in
            try archive.world.stopIfInterrupted()
            guard var damage = try triage.damage(path, content, nil) else { return }
            if damage.kind == .transient || damage.kind == .memory {
                item.damages.append(damage)
                return
            }
            if isDryRun {
                damage.isMendable = try others.contains { source in
                    try FileTriage(store: source, object: nil, run: run)
                        .damage(path, content, nil) == nil
                }
            } else if let done = try mending.mend(path, content, nil) {
                damage.isMendable = true
                item.transferred += done.transferred
                item.source = done.source ?? item.source
            }
            isLost = isLost || !damage.isMendable
            item.damages.append(damage)
        }
        if item.damages.allSatisfy({ $0.kind == .transient || $0.kind == .memory }) {
            item.ending = .sound
        } else {
            item.ending = isLost ? .noCopy : isDryRun ? .repairable : .repaired
        }
        return item
    }

    private func forEachFile(
        _ body: (String, ExpectedFiles.Content) throws -> Void
    ) throws {
        for (path, text) in StorageRoot.files { try body("ocfl/" + path, .bytes(Array(text.utf8))) }
        let size = try target.store.ledgerSize()
        // A policy file that was adopted again under its name has its last digest.
        var seen: Set<String> = []
        var files: [(String, Digest)] = []
        _ = try archive.ledger.read { entry, end in
            guard end.size <= size else { return }
            for (path, digest) in LedgerFiles(entry).files where seen.insert(path).inserted {
                files.append((path, digest))
            }
        }
        for (path, digest) in files { try body(path, .digest(digest)) }
    }
}
