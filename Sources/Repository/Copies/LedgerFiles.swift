import Evidence
import Records

/// The files of a store that an entry of the ledger names, each with its digest.
struct LedgerFiles {
    let files: [(path: String, digest: Digest)]

    init(_ entry: LedgerEntry) {
        let draft = entry.draft
        var files: [(path: String, digest: Digest)] = []
        if let digest = draft.details { files.append(("details/\(digest.hex).json", digest)) }
        for (name, digest) in draft.digests.sorted(by: { $0.key < $1.key })
        where name.hasPrefix("policy/")
            && LedgerSurvey.isPlainName(String(name.dropFirst("policy/".count)))
        {
            files.append((name, digest))
        }
        if let batch = BatchDigests(draft) {
            files += batch.files.map { ("evidence/\(batch.name)/\($0.path)", $0.sha512) }
        }
        self.files = files
    }
}

extension Archive {
    /// Every file that entries up to a place of the ledger name, with the last digest it was entered with.
    func ledgerFiles(upTo size: Int64) throws -> [(path: String, digest: Digest)] {
        var places: [String: Int] = [:]
        var files: [(path: String, digest: Digest)] = []
        _ = try ledger.read { entry, end in
            guard end.size <= size else { return }
            for file in LedgerFiles(entry).files {
                if let place = places[file.path] {
                    files[place] = file
                } else {
                    places[file.path] = files.count
                    files.append(file)
                }
            }
        }
        return files
    }
}
