import Evidence
import Files
import Records
import Storage
import SystemPackage

/// How a copy store's ledger stands beside the primary one, which leads (`design.md` §5, one writer).
struct CopyLedger {
    /// The possible relations.
    enum Relation: Hashable {
        /// All of it stands at the beginning of the primary ledger.
        case prefix
        /// It has whole entries that the primary ledger lacks, behind all that both have.
        case longer
        /// Both tell something else at the same place, or it ends with what is no entry.
        case fork
    }

    /// Bytes here, with what a crash left of a last line.
    let size: Int64
    let relation: Relation
    /// The last whole line here, as a head; that of an empty ledger where the bytes here end none.
    let head: LedgerHead
    /// Whether the bytes here end a ledger at all, and go on as the primary's does.
    let isReadable: Bool

    /// Compares the end of a copy's ledger with the primary's bytes at the same place: the chain vouches for the rest.
    ///
    /// Bytes behind the last whole line were never confirmed and count for nothing; whole lines beyond the primary's end
    /// count where they are entries that follow its last one, and are damage where they are none.
    init(of store: any CopyStore, beside ledger: Ledger) throws {
        size = try store.ledgerSize()
        let tail = try Self.tail(of: store, size)
        let primary = try ledger.bytes(at: size - Int64(tail.count), count: tail.count)
        guard let end = LedgerHead(endingWith: tail, size: size) else {
            head = .empty
            isReadable = false
            relation = .fork
            return
        }
        head = end
        let whole = tail.count - Int(size - end.size)
        guard primary.starts(with: tail.prefix(min(whole, primary.count))) else {
            isReadable = true
            relation = .fork
            return
        }
        let isMore = primary.count < whole
        let isChained = try !isMore || Self.goesOn(store, after: ledger)
        isReadable = isChained
        relation = !isMore ? .prefix : isChained ? .longer : .fork
    }

    /// Whether entries stand behind the primary's end that follow its last one.
    private static func goesOn(_ store: any CopyStore, after ledger: Ledger) throws -> Bool {
        // A primary ledger that itself ends with no entry says nothing against the copy.
        guard let end = try ledger.end() else { return true }
        let copied = Ledger(folder: "/ledger", volume: CopyVolume(store))
        do {
            return try copied.read(after: end) { _, _ in }.count > end.count
        } catch is LedgerFailure {
            return false
        } catch let failure as FileFailure where failure.errno == .networkUnreachable {
            throw CopyStoreFailure(.away, subject: failure.path.string)
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
