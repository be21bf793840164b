import Cataloging
import Cryptography
import Evidence
import Records

extension CatalogFeed {
    /// Indexes a renewal from what its entry says; the store is not read.
    func addRenewal(_ entry: LedgerEntry, _ writer: CatalogWriter) throws {
        let facts = entry.draft.facts
        let digests = entry.draft.digests.filter { $0.value.algorithm == .sha512 }
        guard let number = facts["renewal"]?.numberValue, (1...9_999).contains(number),
            let batches = facts["batches"]?.numberValue, (1...999_999_999).contains(batches),
            let time = facts["time"]?.stringValue.flatMap({ Instant($0) }),
            let leaves = digests["leaves"], let stamp = digests["stamp"],
            let readMe = digests["readMe"]
        else { return }
        // Entries of time-stamp renewals before there were others name neither.
        let isHashTree = facts["kind"]?.stringValue == EvidenceRenewal.hashTree.rawValue
        let digest = facts["digest"]?.stringValue ?? DigestMethod.sha512.rawValue
        guard DigestMethod(rawValue: digest) != nil, !isHashTree || digests["files"] != nil else {
            return
        }
        try writer.add(
            CatalogedRenewal(
                number: number, batches: batches, at: time, sequence: entry.sequence,
                leaves: leaves, stamp: stamp, readMe: readMe,
                authority: facts["authority"]?.stringValue ?? "",
                isIndependent: facts["independent"] == true, digest: digest,
                rehash: isHashTree
                    ? digests["files"].map {
                        .init(files: $0, versions: facts["versions"]?.numberValue ?? 0)
                    } : nil))
        // Every file was read again and compared: a fixity check.
        if isHashTree { try addAudit(entry, writer) }
    }
}
