import Evidence
import Storage
import SystemPackage

/// A copy's ledger that is damaged looks as if it told something else; only one that is whole can lead.
extension Archive {
    /// The store to read and to mend: one that is ready, or one of which only the ledger or places of its own are damaged.
    func reachable(_ copy: OpenedCopy) throws -> (any CopyStore)? {
        if let store = copy.readable { return store }
        guard case .ahead = copy.state, let store = copy.store,
            let own = try store.ownCard(copy.entry.store, of: configuration.archive),
            own.card.epoch <= card.epoch, try isLedgerRotten(of: store)
        else { return nil }
        return store
    }

    /// Whether the entries there do not follow one another, or something that is no entry stands at their end.
    private func isLedgerRotten(of store: any CopyStore) throws -> Bool {
        let copied = Ledger(folder: "/ledger", volume: CopyVolume(store))
        do {
            let end = try copied.read { _, _ in }
            // A line that a crash cut short is the beginning of an entry, and may be one that this machine lacks.
            let tail = try copied.tornTail(after: end)
            let beginning = Array("{\"act\":\"".utf8)
            return !tail.isEmpty && !tail.starts(with: beginning) && !beginning.starts(with: tail)
        } catch is LedgerFailure {
            return true
        }
    }
}
