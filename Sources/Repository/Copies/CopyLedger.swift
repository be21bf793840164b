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

    /// Bytes here, with what a crash left of a last line.
    let size: Int64
    let relation: Relation
    /// The last whole line here, as a head; that of an empty ledger where the bytes here end none.
    let head: LedgerHead
    /// Whether the bytes here end a ledger at all.
    let isReadable: Bool

    /// Compares the end of a copy's ledger with the primary's bytes at the same place: the chain vouches for the rest.
    ///
    /// Bytes behind the last whole line were never confirmed and count only where they stand beyond the primary's end.
    init(of store: any CopyStore, beside ledger: Ledger) throws {
        size = try store.ledgerSize()
        let tail = try Self.tail(of: store, size)
        let primary = try ledger.bytes(at: size - Int64(tail.count), count: tail.count)
        let end = LedgerHead(endingWith: tail, size: size)
        head = end ?? .empty
        isReadable = end != nil
        let whole = tail.count - Int(size - head.size)
        if end == nil || !primary.starts(with: tail.prefix(min(whole, primary.count))) {
            relation = .fork
        } else {
            relation = primary.count < tail.count ? .longer : .prefix
        }
    }

    /// The end of the ledger with at least one whole line, where there is one.
    private static func tail(of store: any CopyStore, _ size: Int64) throws -> [UInt8] {
        let most = min(size, DirectoryStore.longestTear + Int64(LedgerHead.tailLength))
        var length = min(size, Int64(LedgerHead.tailLength))
        while true {
            let tail = try store.ledgerBytes(at: size - length, count: Int(length))
            // A line is known whole by the break before it.
            if length == most || tail.count(where: { $0 == 0x0A }) > 1 { return tail }
            length = min(most, length * 4)
        }
    }
}
