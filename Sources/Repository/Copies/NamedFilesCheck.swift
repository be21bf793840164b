import Cryptography
import Evidence
import Files
import Records
import Storage

/// Compares what a store holds of details, policy and evidence with the digests that its ledger's entries name.
struct NamedFilesCheck {
    private let archive: Archive
    private let store: any CopyStore
    private let buffer = WorkBuffer(count: 1 << 16)
    private var seen: Set<String> = []
    private(set) var findings: [Finding] = []

    init(_ archive: Archive, _ store: any CopyStore) {
        self.archive = archive
        self.store = store
    }

    /// Looks at the files of every entry that the store's ledger has.
    mutating func run(upTo count: Int64, of name: String) throws {
        _ = try archive.ledger.read { entry, _ in
            guard entry.sequence < count else { return }
            try archive.world.stopIfInterrupted()
            for (path, digest) in LedgerFiles(entry).files where seen.insert(path).inserted {
                try compare(path, digest, name)
            }
        }
    }

    /// What is no longer right in the primary store either, as what was erased, is not asked for.
    private mutating func compare(_ path: String, _ digest: Digest, _ name: String) throws {
        guard try self.digest(of: path, in: store, digest.algorithm) != digest else { return }
        let primary = DirectoryStore(
            root: archive.objects.layout.root, volume: archive.world.volume)
        guard try self.digest(of: path, in: primary, digest.algorithm) == digest else { return }
        findings.append(Finding(.copyFileWrong, subject: path, ["store": name]))
    }

    private func digest(
        of path: String, in store: any CopyStore, _ algorithm: Digest.Algorithm
    ) throws -> Digest? {
        do {
            guard try store.size(of: path) != nil else { return nil }
            let hasher = Hasher(algorithm == .sha512 ? .sha512 : .sha256)
            try store.reader(of: path, mark: nil).forEachPiece(in: buffer) { piece, _ in
                hasher.update(piece)
            }
            return Digest(algorithm, bytes: hasher.finalizeAndReset())
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return nil
        }
    }
}
