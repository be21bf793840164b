import Files
import Records
import Storage
import SystemPackage

/// Keeps what lies in a vault beside the dossiers locked like them (invariant O3).
///
/// No lock of one file speaks for another: whoever has the keys of the vault can prolong one, and many a command lays a
/// new card. Files that every store has are looked at each time; folders with ever more files when half of the time is
/// over by our own mark, or when one of the former is due.
struct VaultBeside {
    /// Files of a folder that one look asks for.
    private static let mostSampled = 9
    /// Each version of the ledger's files holds all that was in the older ones: the latest counts.
    private static let ledger = ["ledger/entries.jsonl"] + CopyMark.checkpoints
    private static let card = "store.json"
    let archive: Archive
    let entry: StoreEntry
    let store: BucketStore
    let days: Int

    /// Until when what is locked now is locked.
    private var end: Instant {
        Instant(seconds: archive.world.now().seconds + Int64(days) * 86_400)
    }

    /// Prolongs the locks of which less than half is left.
    func prolong(before half: Instant) throws {
        var mark = try archive.lockMark(of: entry.store)
        let files = try steadyFiles()
        if files.contains(where: { $0.until.map { $0 < half } ?? true }) {
            // What the vault shows counts for more than what was noted. A run that ends early is gone on with.
            mark = LockMark()
            try archive.keep(mark, of: entry.store)
            for file in files { try prolong(file.path, file.mark, until: end) }
        }
        let due = LockMark.folders.filter { !mark.covers($0, from: half, to: end) }
        guard !due.isEmpty else { return }
        let named = try namedFiles(archive.ledgerFiles(upTo: .max))
        for folder in due {
            let until = end
            try store.forEachRight(of: named, below: folder + "/") { _, versions in
                for version in versions {
                    try prolong(version.path, version.mark, until: until)
                }
            }
            // What this run brings in later is locked from its beginning.
            mark.ends[folder] = min(until, store.lockEnd ?? until)
            try archive.keep(mark, of: entry.store)
        }
    }

    private func prolong(_ path: String, _ mark: String?, until instant: Instant) throws {
        try archive.world.stopIfInterrupted()
        try store.prolong(path, mark: mark, until: instant)
    }

    /// Tells the locks that are over, of all steady files and of some of each folder, the oldest and the newest among them.
    func findings() throws -> [Finding] {
        var locks = try steadyFiles()
        let files = try archive.ledgerFiles(upTo: .max)
        let named = namedFiles(files)
        for folder in LockMark.folders {
            let paths = files.map { $0.path }.filter { $0.hasPrefix(folder + "/") }
            for path in Self.sample(paths) {
                try archive.world.stopIfInterrupted()
                locks += try store.locks(of: path, in: named)
            }
        }
        return unlocked(locks)
    }

    /// The findings of files of which no version that counts is locked now.
    private func unlocked(_ locks: [LockedFile]) -> [Finding] {
        let now = archive.world.now()
        var findings: [Finding] = []
        let files = Dictionary(grouping: locks, by: { $0.path })
        for (path, versions) in files.sorted(by: { $0.key < $1.key }) {
            let until = versions.compactMap { $0.until }.max()
            guard until.map({ $0 < now }) ?? true else { continue }
            findings.append(.unlocked(path, until, in: entry))
        }
        return findings
    }

    /// Some of many in even steps, the first and the last among them.
    private static func sample(_ paths: [String]) -> [String] {
        guard paths.count > mostSampled else { return paths }
        return (0..<mostSampled).map { paths[$0 * (paths.count - 1) / (mostSampled - 1)] }
    }

    /// The files that every store has: those of the ledger, root and text, and the card as the last.
    private func steadyFiles() throws -> [LockedFile] {
        var files = try Self.ledger.compactMap { try store.latestLock(of: $0) }
        var texts = StorageRoot.files.map { (path: "ocfl/" + $0.path, bytes: Array($0.text.utf8)) }
        texts.append((StoreReadMe.name, Array(StoreReadMe.text.utf8)))
        if let card = try store.ownCard(entry.store, of: archive.configuration.archive)?.card {
            texts.append((Self.card, card.bytes))
        }
        for (path, bytes) in texts {
            guard let digest = CopyMark.digest(of: bytes) else { continue }
            let known = VaultFiles([path: digest], size: { _ in Int64(bytes.count) })
            files += try store.locks(of: path, in: known)
        }
        return files
    }

    /// The files that entries name, with the sizes that they have in the primary store.
    private func namedFiles(_ files: [(path: String, digest: Digest)]) -> VaultFiles {
        let root = archive.objects.layout.root
        let volume = archive.world.volume
        return VaultFiles(
            Dictionary(files.map { ($0.path, $0.digest) }, uniquingKeysWith: { $1 }),
            size: { try volume.status(root.appending($0))?.size })
    }
}
