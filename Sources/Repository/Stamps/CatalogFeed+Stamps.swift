import Cataloging
import Evidence
import Records

extension CatalogFeed {
    /// Indexes a batch from what its entry says; the store is not read.
    func addBatch(_ entry: LedgerEntry, _ writer: CatalogWriter) throws {
        let facts = entry.draft.facts
        guard let number = facts["batch"]?.numberValue, (1...999_999_999).contains(number),
            let first = facts["first"]?.numberValue, let last = facts["last"]?.numberValue,
            (0...entry.sequence).contains(first), (first...entry.sequence).contains(last),
            let time = facts["time"]?.stringValue.flatMap({ Instant($0) }),
            let leaves = entry.draft.digests["leaves"], leaves.algorithm == .sha512,
            let stamp = entry.draft.digests["stamp"], stamp.algorithm == .sha512,
            let readMe = entry.draft.digests["readMe"], readMe.algorithm == .sha512
        else { return }
        try writer.add(
            CatalogedBatch(
                number: number, first: first, last: last,
                count: facts["versions"]?.numberValue ?? 0, at: time, sequence: entry.sequence,
                leaves: leaves, stamp: stamp, readMe: readMe,
                authority: facts["authority"]?.stringValue ?? "",
                isIndependent: facts["independent"] == true))
    }
}
