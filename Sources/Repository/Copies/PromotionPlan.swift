import Cataloging
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Whether a copy store may lead: it knows all that was signed and all that the others know.
struct PromotionPlan {
    let layout: ArchiveLayout
    let configuration: Configuration
    let name: String
    let world: World

    /// What is to be done, ready to be written down.
    func marker(because reason: String) throws -> PromotionMarker {
        let old = try formerCard()
        try configuration.requireStoresApart(from: old, layout)
        let (entry, path) = try StoreSwitch.folder(of: name, configuration)
        let store = DirectoryStore(root: layout.place(ofCopy: path), volume: world.volume)
        guard let card = try StoreSwitch.card(of: store, named: name),
            card.archive == configuration.archive, card.store == entry.store
        else { throw ArchiveFailure(.storeForeign, subject: store.layout.root.string) }
        try requireLongest(store, beside: entry)
        let told = try surveyed(store)
        try requireAllOfPrimary(store)
        let epoch = max(card.epoch, old?.epoch ?? 1, told.epoch) + 1
        guard epoch <= StoreCard.mostEpoch else {
            throw ArchiveFailure(.storeForeign, subject: store.layout.root.string)
        }
        return PromotionMarker(
            name: name, store: entry.store, former: old?.store ?? told.store,
            formerName: formerName(), epoch: epoch, reason: reason)
    }

    /// Reads the copy's whole ledger: who led last, and that it grew out of what was signed (invariant R3).
    private func surveyed(_ store: DirectoryStore) throws -> (store: ObjectIdentifier, epoch: Int64)
    {
        let keys = LedgerKeys(layout, origin: configuration.archive, volume: world.volume)
        let signed = try keys.lastSigned()?.checkpoint
        var check = LedgerTreeCheck(
            marks: signed.map { [.init(name: "keys/checkpoint", checkpoint: $0)] } ?? [],
            tiles: nil, tileSize: 0)
        var found: (store: ObjectIdentifier, epoch: Int64)?
        do {
            _ = try Ledger(folder: store.layout.ledger, volume: world.volume).read { entry, _ in
                try check.take(Array(entry.line.utf8))
                let facts = entry.draft.facts
                guard let leading = facts["store"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
                    let epoch = facts["epoch"]?.numberValue,
                    (0...StoreCard.mostEpoch).contains(epoch)
                else { return }
                found = (leading, epoch)
            }
        } catch is LedgerFailure {
            throw incomplete("?")
        }
        if let beyond = check.beyond.first {
            throw incomplete(String(beyond.checkpoint.size - check.size))
        }
        guard check.wrong.isEmpty, let found else { throw incomplete("?") }
        if let known = try catalog()?.ledgerHead, known.count > check.size {
            throw incomplete(String(known.count - check.size))
        }
        return found
    }

    private func catalog() throws -> Catalog? {
        guard try world.volume.status(layout.catalog) != nil else { return nil }
        return try Catalog.open(at: layout.catalog.string, readOnly: false)
    }

    /// No other store that answers may know more than the one that is to lead.
    private func requireLongest(_ store: DirectoryStore, beside entry: StoreEntry) throws {
        let own = Ledger(folder: store.layout.ledger, volume: world.volume)
        let buckets = BucketConnections()
        for other in configuration.stores where other.store != entry.store {
            do {
                let copy = try layout.copyStore(
                    other.location, lockDays: other.lockDays, over: buckets, in: world)
                guard try copy.ownCard(other.store, of: configuration.archive) != nil,
                    try copy.wrongPlaces().isEmpty
                else { continue }
                let ledger = try CopyLedger(of: copy, beside: own)
                guard ledger.relation != .prefix else { continue }
                let more = try ledger.relation == .longer ? lead(of: ledger, over: own) : nil
                throw behind(other, more.map { String($0) } ?? "?")
            } catch is CopyStoreFailure {
                continue
            } catch let failure as FileFailure where layout.isOfCopy(failure, other) {
                // A store that does not answer says nothing against this one.
                continue
            }
        }
    }

    /// How many entries a longer ledger has more; nil where this one cannot be read.
    private func lead(of longer: CopyLedger, over own: Ledger) throws -> Int64? {
        do {
            return try longer.head.count - own.read { _, _ in }.count
        } catch is LedgerFailure {
            return nil
        }
    }

    /// A bucket cannot lead itself: what it knows more is brought into a folder by hand.
    private func behind(_ other: StoreEntry, _ lacking: String) -> ArchiveFailure {
        guard other.location.isBucket else { return incomplete(lacking) }
        return ArchiveFailure(
            .bucketAhead, subject: name,
            ["bucket": other.name, "at": other.location.text, "lacking": lacking])
    }

    /// Where the primary store is there and sound, the copy must have all of it.
    private func requireAllOfPrimary(_ store: DirectoryStore) throws {
        let primary = StoreLayout(root: Archive.storeRoot(configuration, layout))
        guard let card = try formerCard(), card.archive == configuration.archive else { return }
        let leading = Ledger(folder: primary.ledger, volume: world.volume)
        do {
            let count = try leading.read { _, _ in }.count
            let here = try CopyLedger(of: store, beside: leading)
            guard here.relation == .prefix else {
                // The primary's ledger was cut, or the primary was put back: the copy knows more.
                if here.relation == .longer { return }
                throw incomplete("?")
            }
            guard here.head.count == count else {
                throw incomplete(String(count - here.head.count))
            }
        } catch is LedgerFailure {
            return
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return
        }
        try requireDossiers(store, primary)
    }

    /// What receipts say does not count here: each dossier is looked for in the store itself.
    private func requireDossiers(_ store: DirectoryStore, _ primary: StoreLayout) throws {
        guard let catalog = try catalog() else { return }
        let leading = DossierLook(
            catalog: catalog, objects: ObjectStore(layout: primary, volume: world.volume),
            world: world)
        let lost = try DossierLook(catalog: catalog, objects: store.objects, world: world)
            .missing().filter { try leading.holds($0) }
        guard lost.isEmpty else {
            let names = lost.prefix(Promotion.mostNamed).map(\.text).joined(separator: ", ")
            throw ArchiveFailure(
                .storeIncomplete, subject: name,
                ["lacking": String(lost.count), "what": "ocfl", "names": ": " + names])
        }
    }

    private func incomplete(_ lacking: String) -> ArchiveFailure {
        ArchiveFailure(
            .storeIncomplete, subject: name, ["lacking": lacking, "what": "ledger", "names": ""])
    }

    /// The old primary's card, where it is still there.
    private func formerCard() throws -> StoreCard? {
        try StoreSwitch.primaryCard(layout, configuration, in: world)
    }

    private func formerName() -> String {
        let names = Set(configuration.stores.map(\.name))
        var number = 1
        while names.contains("cu-\(number)") { number += 1 }
        return "cu-\(number)"
    }
}
