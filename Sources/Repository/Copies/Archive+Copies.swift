import Cataloging
import Evidence
import Files
import Policies
import Records
import Storage
import SystemPackage

/// The stores beside the primary one: they follow its ledger, and never lead.
extension Archive {
    /// Every store of the configuration as it is met now.
    package func openCopies() throws -> [OpenedCopy] {
        try configuration.stores.map { try opened($0) }
    }

    /// One store of the configuration by its name; a failure with the nearest name when there is none.
    func storeEntry(named name: String) throws -> StoreEntry {
        guard let entry = configuration.stores.first(where: { $0.name == name }) else {
            throw ArchiveFailure(
                .unknownStore, subject: name,
                ["nearest": StoreEntry.nearest(name, in: configuration.stores)])
        }
        return entry
    }

    /// A store of the configuration as it is met now.
    func opened(_ entry: StoreEntry) throws -> OpenedCopy {
        let store: any CopyStore
        let own: CoveredCard?
        let found: String
        do {
            store = try copyStore(entry.location, lockDays: entry.lockDays)
            own = try store.ownCard(entry.store, of: configuration.archive)
            found = try own == nil ? store.strangeCard() : ""
        } catch let failure as CopyStoreFailure {
            return away(entry, failure)
        } catch let failure as FileFailure where isOfCopy(failure, entry) {
            return OpenedCopy(
                entry: entry, state: .away(failure.errno.description), store: nil, ledger: nil)
        }
        guard let own else {
            // A wrong disk under the same path is never written to.
            return OpenedCopy(entry: entry, state: .other(found), store: nil, ledger: nil)
        }
        do {
            var copy = try compared(entry, store.bound(to: own.card), own.card)
            copy.covers = own.overlays
            return copy
        } catch let failure as CopyStoreFailure {
            return away(entry, failure)
        } catch let failure as FileFailure where isOfCopy(failure, entry) {
            return OpenedCopy(
                entry: entry, state: .away(failure.errno.description), store: nil, ledger: nil)
        }
    }

    private func away(_ entry: StoreEntry, _ failure: CopyStoreFailure) -> OpenedCopy {
        OpenedCopy(
            entry: entry, state: .away(failure.text), store: nil, ledger: nil,
            isRefused: failure.isOfKeys)
    }

    private func compared(
        _ entry: StoreEntry, _ store: any CopyStore, _ card: StoreCard
    ) throws -> OpenedCopy {
        // Before the ledger: a writer brings the ledger first, and is not to look like a store that went back.
        let mark = try copyMark(of: entry.store)
        let ledger = try CopyLedger(of: store, beside: self.ledger)
        var fault: String?
        let state: OpenedCopy.State
        if card.epoch > self.card.epoch {
            state = .ahead("epoch \(card.epoch) > \(self.card.epoch)")
        } else {
            switch ledger.relation {
            case .prefix:
                // Receipts of a store that was emptied below its card would be believed for ever,
                // and what stands in a folder's place would lead what is written elsewhere.
                fault = try store.faultOfPlaces()
                state = fault.map { .other($0) } ?? .ready
            case .longer: state = .ahead("\(ledger.head.count) > \(try entryCount())")
            case .fork where !ledger.isReadable:
                state = .ahead("LOG_ENTRY_MISMATCH entries.jsonl")
            case .fork: state = .ahead("LOG_FORK \(ledger.head.count)")
            }
        }
        // What was read of another disk that took its place meanwhile says nothing of this one.
        try store.requireStanding()
        return OpenedCopy(
            entry: entry, state: state, store: store, ledger: ledger,
            isOfNewerEpoch: card.epoch > self.card.epoch, lacksRoot: fault != nil,
            mark: mark)
    }

    /// Entries of this archive's ledger as its end tells; one that is only read has not walked it.
    func entryCount() throws -> Int64 { try ledger.end()?.count ?? head.count }

    /// The store behind an address.
    func copyStore(_ location: StoreEntry.Location, lockDays: Int?) throws -> any CopyStore {
        try layout.copyStore(location, lockDays: lockDays, over: buckets, in: world)
    }

    func place(ofCopy path: String) -> FilePath { layout.place(ofCopy: path) }

    /// Whether a failure of a disk is one of a copy's, so that the archive itself is none the worse.
    func isOfCopy(_ failure: FileFailure, _ entry: StoreEntry) -> Bool {
        layout.isOfCopy(failure, entry)
    }

    /// Refuses to write while a store that answers knows more than this one, or something else (invariant S2).
    ///
    /// An audit goes on where only the bytes differ: which of the two ledgers is damaged is what it finds out.
    /// Nor need anybody follow the very store that is taken out, where it has no entry that would be lost.
    func proveCopies(_ purpose: Purpose) throws {
        for copy in try openCopies() {
            guard case .ahead(let detail) = copy.state, try reachable(copy) == nil else { continue }
            if purpose == .auditing, copy.isFork {
                isLedgerBroken = true
                continue
            }
            if purpose == .retiring(copy.entry.name), copy.mayLeave { continue }
            throw ArchiveFailure(
                .storeAhead, subject: copy.entry.name,
                ["detail": detail, "at": copy.entry.location.text])
        }
    }

    /// Refuses to write in a store that led once and does not any more, as its own ledger tells (invariant S2).
    func provePrimary() throws {
        guard let primary = try catalog.primaryStore,
            primary.store != card.store || primary.epoch > card.epoch,
            try PromotionMarker.read(layout, in: world)?.store != card.store
        else { return }
        throw ArchiveFailure(
            .storeAhead, subject: configuration.store,
            [
                "detail": "epoch \(primary.epoch), \(primary.store.text)",
                "at": objects.layout.root.string,
            ])
    }
}

extension StoreEntry {
    /// The name that was meant, for a failure's text.
    static func nearest(_ name: String, in stores: [StoreEntry]) -> String {
        NearestWord.to(name, among: stores.map(\.name)).map { " (≈ \($0))" } ?? ""
    }
}

extension StoreEntry {
    /// That the store cannot be worked with: where it is, what was seen and, where the keys are refused, in which file they are.
    func finding(
        _ code: FindingCode, _ severity: Finding.Severity, _ detail: String
    ) -> Finding {
        var facts = ["detail": detail, "at": location.text]
        if code == .copyStoreRefused, case .bucket(let bucket) = location {
            facts["file"] = bucket.credentials
        }
        return Finding(code, severity, subject: name, facts)
    }
}

extension CopyStoreFailure {
    /// Whether the keys are refused, or their file cannot be used.
    var isOfKeys: Bool { [.refused, .credentials].contains(reason) }

    /// What was seen, for people.
    var text: String {
        if !detail.isEmpty { return detail }
        return reason == .away ? "chưa gắn · not mounted" : reason.rawValue
    }
}
