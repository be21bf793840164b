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
                ["nearest": nearest(name, configuration.stores.map(\.name))])
        }
        return entry
    }

    /// A store of the configuration as it is met now.
    func opened(_ entry: StoreEntry) throws -> OpenedCopy {
        let store: any CopyStore
        let card: StoreCard?
        do {
            store = try copyStore(entry.location)
            card = try store.card()
        } catch let failure as CopyStoreFailure {
            return OpenedCopy(
                entry: entry, state: .away(failure.text), store: nil, ledger: nil)
        } catch let failure as FileFailure where isOfCopy(failure, entry) {
            return OpenedCopy(
                entry: entry, state: .away(failure.errno.description), store: nil, ledger: nil)
        }
        guard let card, card.archive == configuration.archive, card.store == entry.store else {
            // A wrong disk under the same path is never written to.
            return OpenedCopy(
                entry: entry, state: .other(card?.store.text ?? "store.json"), store: nil,
                ledger: nil)
        }
        do {
            return try compared(entry, store, card)
        } catch let failure as CopyStoreFailure {
            return OpenedCopy(entry: entry, state: .away(failure.text), store: nil, ledger: nil)
        } catch let failure as FileFailure where isOfCopy(failure, entry) {
            return OpenedCopy(
                entry: entry, state: .away(failure.errno.description), store: nil, ledger: nil)
        }
    }

    private func compared(
        _ entry: StoreEntry, _ store: any CopyStore, _ card: StoreCard
    ) throws -> OpenedCopy {
        let ledger = try CopyLedger(of: store, beside: self.ledger)
        let state: OpenedCopy.State =
            if card.epoch > self.card.epoch {
                .ahead("epoch \(card.epoch) > \(self.card.epoch)")
            } else {
                switch ledger.relation {
                case .prefix: .ready
                case .longer: .ahead("\(ledger.head.count) > \(head.count)")
                case .fork: .ahead("LOG_FORK \(ledger.head.count)")
                }
            }
        return OpenedCopy(entry: entry, state: state, store: store, ledger: ledger)
    }

    /// The store behind an address.
    func copyStore(_ location: StoreEntry.Location) throws -> any CopyStore {
        switch location {
        case .folder(let path):
            return DirectoryStore(root: place(ofCopy: path), volume: world.volume)
        case .bucket(let bucket):
            throw CopyStoreFailure(.away, subject: bucket.text)
        }
    }

    func place(ofCopy path: String) -> FilePath {
        let path = FilePath(path)
        return path.isAbsolute ? path : layout.root.pushing(path)
    }

    /// Whether a failure of a disk is one of a copy's, so that the archive itself is none the worse.
    func isOfCopy(_ failure: FileFailure, _ entry: StoreEntry) -> Bool {
        guard case .folder(let path) = entry.location else { return false }
        return failure.path.starts(with: place(ofCopy: path))
    }

    /// Refuses to write while a store that answers knows more than this one, or something else (invariant S2).
    func proveCopies() throws {
        for copy in try openCopies() {
            guard case .ahead(let detail) = copy.state, try reachable(copy) == nil else { continue }
            throw ArchiveFailure(
                .storeAhead, subject: copy.entry.name,
                ["detail": detail, "at": copy.entry.location.text])
        }
    }

    func nearest(_ name: String, _ names: [String]) -> String {
        NearestWord.to(name, among: names).map { " (≈ \($0))" } ?? ""
    }
}

extension CopyStoreFailure {
    /// What was seen, for people.
    var text: String { detail.isEmpty ? reason.rawValue : detail }
}
