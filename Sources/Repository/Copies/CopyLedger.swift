import Evidence
import Files
import Records
import Storage

/// How a copy store's ledger stands beside the primary one, which leads (`design.md` §5, one writer).
struct CopyLedger {
    /// The possible relations.
    enum Relation: Hashable {
        /// All of it stands at the beginning of the primary ledger.
        case prefix
        /// It has bytes that the primary ledger lacks.
        case longer
        /// Both tell something else at the same place.
        case fork
    }

    let size: Int64
    let relation: Relation
    /// The last whole line here, as a head.
    let head: LedgerHead

    /// Compares the end of a copy's ledger with the primary's bytes at the same place: the chain vouches for the rest.
    init(of store: any CopyStore, beside ledger: Ledger) throws {
        size = try store.ledgerSize()
        let length = Int(min(size, Int64(LedgerHead.tailLength)))
        let tail = try store.ledgerBytes(at: size - Int64(length), count: length)
        let primary = try ledger.bytes(at: size - Int64(length), count: length)
        head = LedgerHead(endingWith: tail, size: size) ?? .empty
        if tail == primary, tail.count == length {
            relation = .prefix
        } else if primary.count < length, tail.starts(with: primary) {
            relation = .longer
        } else {
            relation = .fork
        }
    }
}
