import Evidence
import Records

/// The files of a batch as its entry names them.
struct BatchDigests: Hashable {
    /// The folder's name below `evidence/`.
    let name: String
    /// SHA-512 by path below the batch's folder, in byte order of paths.
    let files: [File]

    /// One file of a batch.
    struct File: Hashable {
        let path: String
        let sha512: Digest
    }

    /// What entries call the files.
    static let paths = [
        ("readMe", "README.txt"), ("leaves", "leaves"), ("profile", "profile"),
        ("stamp", "stamps/0001.tst"),
    ]
    /// What entries of hash-tree renewals name besides.
    static let rehashPaths = paths + [("files", "files")]

    /// Reads an entry's draft; nil for one that tells of no batch or renewal.
    init?(_ draft: LedgerDraft) {
        switch draft.act {
        case LedgerAct.stamp:
            guard let number = draft.facts["batch"]?.numberValue,
                (1...999_999_999).contains(number)
            else { return nil }
            name = BatchLayout.name(number)
        case LedgerAct.renew:
            guard let number = draft.facts["renewal"]?.numberValue, (1...9_999).contains(number)
            else { return nil }
            name = RenewalDraft.name(number)
        default: return nil
        }
        let isHashTree = draft.facts["kind"]?.stringValue == EvidenceRenewal.hashTree.rawValue
        let paths = isHashTree ? Self.rehashPaths : Self.paths
        files = paths.compactMap { key, path in
            draft.digests[key].flatMap { digest in
                digest.algorithm == .sha512 ? File(path: path, sha512: digest) : nil
            }
        }
        guard files.count == paths.count else { return nil }
    }
}
