import Evidence
import Records
import Storage

/// A store of `stores:` as it was met when the archive was opened.
package struct OpenedCopy: Sendable {
    /// How it was met.
    package enum State: Sendable {
        /// It is there, is the one that was registered, and its ledger is a beginning of the primary's.
        case ready
        /// The disk is not mounted, or the server does not answer.
        case away(String)
        /// Something else stands under its address: another archive's store, another disk, nothing, or a store with a place of its own wrong.
        case other(String)
        /// It knows more than the primary store, or something else (`design.md` §5, one writer).
        case ahead(String)
    }

    package let entry: StoreEntry
    package let state: State
    let store: (any CopyStore)?
    /// Bytes and entries of its ledger; nil where it was not read.
    let ledger: CopyLedger?
    /// Whether its card has a newer epoch than the primary's.
    var isOfNewerEpoch = false
    /// Whether it is the one that was registered, and its OCFL root is gone, cannot be entered, or a place of its own is wrong.
    var lacksRoot = false
    /// Whether it is away because the keys to it are refused, or their file cannot be used.
    var isRefused = false
    /// Up to where this archive brought it; nil where nothing tells.
    var mark: CopyMark?

    /// What was laid above its card, which is known all the same.
    var covers: [StoreOverlay] = []

    /// The store to work with; nil unless it is ready.
    var ready: (any CopyStore)? {
        if case .ready = state { store } else { nil }
    }

    /// The store to read dossiers in: one that is ready, or damaged in its own places alone.
    var readable: (any CopyStore)? { ready ?? (lacksRoot ? store : nil) }

    /// Whether its ledger tells something else at the same place, and no newer epoch explains it.
    var isFork: Bool { ledger?.relation == .fork && !isOfNewerEpoch }

    /// Whether it can be taken out though it is ahead: only its card is, or its ledger tells something else.
    var mayLeave: Bool { isOfNewerEpoch ? ledger?.relation == .prefix : isFork }

    /// Whether it is a beginning that ends before the place to which it was brought (invariant S5).
    var isBack: Bool {
        guard ready != nil, let ledger, let mark else { return false }
        return ledger.head.count < mark.count
    }

    /// Whether somebody must look at it: another store, one that knows more, or one that lost what it had.
    var isWrong: Bool {
        switch state {
        case .ready: isBack || !covers.isEmpty
        case .away: false
        case .other, .ahead: true
        }
    }

    /// How many entries of the ledger it has; nil where none can be told.
    package var ledgerEntries: Int64? { isLedgerUnreadable ? nil : ledger?.head.count }

    /// Whether it has bytes for a ledger that end none.
    var isLedgerUnreadable: Bool { ledger?.isReadable == false }
}
