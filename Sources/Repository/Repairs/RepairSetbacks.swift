import Files
import Records
import Storage
import SystemPackage

/// Copy stores whose own disk or server gave up during a repair: each is told once, the others are gone on with.
struct RepairSetbacks {
    private(set) var findings: [Finding] = []
    /// Stores that do not answer any more; nothing more is mended there in this run.
    private var gone: Set<ObjectIdentifier> = []
    /// Stores that nothing more is taken from.
    private var unread: Set<ObjectIdentifier> = []

    /// Whether a store does not answer any more; the primary one is never given up.
    func isGone(_ store: ObjectIdentifier?) -> Bool { store.map { gone.contains($0) } ?? false }

    /// Those of the stores that right bytes may still be taken from.
    func readable(_ stores: [RepairStore]) -> [RepairStore] {
        stores.filter { store in store.id.map { !unread.contains($0) } ?? true }
    }

    /// Notes that a store to mend gave up at one place.
    mutating func note(_ finding: Finding, _ entry: StoreEntry, isGone: Bool) {
        if isGone { gone.insert(entry.store) }
        let isKnown = findings.contains {
            $0.subject == finding.subject && $0.code == finding.code
        }
        if !isKnown { findings.append(finding) }
    }

    /// Takes nothing more from a store; false where nothing was taken from it anyway.
    mutating func leaveOut(_ entry: StoreEntry) -> Bool { unread.insert(entry.store).inserted }
}

extension Archive {
    /// The listed store whose disk or server failed; nil where it is the primary's, or the archive's own.
    func failing(_ error: any Error, mending target: RepairStore) -> StoreEntry? {
        switch error {
        case let failure as FileFailure:
            configuration.stores.first { isOfCopy(failure, $0) }
        case let failure as CopyStoreFailure:
            failing(failure.subject, mending: target)
        default: nil
        }
    }

    /// A server's failure may name a request alone: then it is the bucket that is mended, or else the first one.
    private func failing(_ subject: String, mending target: RepairStore) -> StoreEntry? {
        let named = configuration.stores.first { entry in
            switch entry.location {
            case .folder(let path): FilePath(subject).starts(with: place(ofCopy: path))
            case .bucket(let bucket): subject.hasPrefix(bucket.text)
            }
        }
        let buckets = configuration.stores.filter(\.location.isBucket)
        return named ?? buckets.first { $0.store == target.id } ?? buckets.first
    }
}
