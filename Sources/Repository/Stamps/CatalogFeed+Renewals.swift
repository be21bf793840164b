import Cataloging
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
        try writer.add(
            CatalogedRenewal(
                number: number, batches: batches, at: time, sequence: entry.sequence,
                leaves: leaves, stamp: stamp, readMe: readMe,
                authority: facts["authority"]?.stringValue ?? "",
                isIndependent: facts["independent"] == true))
    }
}
