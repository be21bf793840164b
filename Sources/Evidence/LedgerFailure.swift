/// Why a ledger cannot be read or added to.
package struct LedgerFailure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        /// An entry is not the canonical JSON of an entry.
        case entryMismatch = "LOG_ENTRY_MISMATCH"
        /// An entry does not follow the one before it.
        case inconsistent = "LOG_INCONSISTENT"
        /// The ledger is shorter than it was.
        case shrunk = "LOG_TREE_SHRUNK"
        /// The clock stands before the last entry.
        case clockBehind = "LOG_CLOCK_BEHIND"
        /// The clock stands so far after the last entry that it must be wrong.
        case clockAhead = "LOG_CLOCK_AHEAD"
        /// An entry is longer than 65,535 bytes.
        case entryTooLong = "LOG_ENTRY_TOO_LONG"
        /// A tile of the tree is missing or is not what it must be.
        case treeDamaged = "LOG_TREE_DAMAGED"
        /// A file in `details/` is missing or is not what its name says.
        case detailsMismatch = "LOG_DETAILS_MISMATCH"
    }

    package let reason: Reason
    /// Number of the entry it is about.
    package let sequence: Int64

    package init(_ reason: Reason, sequence: Int64) {
        self.reason = reason
        self.sequence = sequence
    }
}
