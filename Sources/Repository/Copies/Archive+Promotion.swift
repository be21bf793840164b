import Cataloging
import Evidence
import Files
import Policies
import Records
import Storage
package import SystemPackage

/// What a promotion came to.
package struct Promotion: Sendable {
    package let name: String
    /// The name under which the store that was primary is listed now.
    package let former: String
    package let epoch: Int64
    /// Dossiers that the new primary store lacks.
    package let lacking: Int
}

extension Archive {
    /// Makes a copy store the primary one: for a primary that is lost, or that goes into retirement.
    ///
    /// The epoch is raised in the new primary's card first: from then on a machine that still writes to the
    /// old one is refused (`design.md` §5, one writer), and this command, given again, goes on.
    package static func promote(
        _ root: FilePath, _ name: String, because reason: String, in world: World
    ) throws -> Promotion {
        let layout = ArchiveLayout(root: root)
        let configuration = try Configuration.read(layout, in: world)
        try ImportMarker.requireNone(layout, in: world)
        do {
            let lock = try ArchiveLock.take(layout, in: world)
            return try withExtendedLifetime(lock) {
                let switching = StoreSwitch(layout, configuration, name, in: world)
                return try switching.run()
            }.finished(root, because: reason, in: world)
        }
    }
}

/// The steps of a promotion before the archive can be opened on its new primary store.
private struct StoreSwitch {
    let layout: ArchiveLayout
    let configuration: Configuration
    let name: String
    let world: World

    init(
        _ layout: ArchiveLayout, _ configuration: Configuration, _ name: String, in world: World
    ) {
        self.layout = layout
        self.configuration = configuration
        self.name = name
        self.world = world
    }

    /// A switch that is on the disk; its entry is still to be made.
    struct Done {
        let entry: StoreEntry
        let former: StoreEntry
        let stores: [StoreEntry]
        let path: String
        let card: StoreCard

        /// Opens the archive on its new primary store and enters the act.
        func finished(
            _ root: FilePath, because reason: String, in world: World
        ) throws -> Promotion {
            let archive = try Archive.open(root, in: world, for: .writing)
            var lacking = 0
            try archive.catalog.forEachLacking(entry.store) { _ in
                lacking += 1
                return true
            }
            try archive.enterPromotion(of: entry, former: former, card, reason)
            try archive.finish()
            return Promotion(
                name: entry.name, former: former.name, epoch: card.epoch, lacking: lacking)
        }
    }

    func run() throws -> Done {
        guard let entry = configuration.stores.first(where: { $0.name == name }) else {
            throw ArchiveFailure(.unknownStore, subject: name, ["nearest": ""])
        }
        guard case .folder(let path) = entry.location else {
            throw ArchiveFailure(.storeAddress, subject: entry.location.text)
        }
        let root = FilePath(path).isAbsolute ? FilePath(path) : layout.root.pushing(FilePath(path))
        let store = DirectoryStore(root: root, volume: world.volume)
        guard let card = try store.card(), card.archive == configuration.archive,
            card.store == entry.store
        else { throw ArchiveFailure(.storeForeign, subject: root.string) }
        try requireWholeLedger(store)
        let old = try formerCard()
        let raised = StoreCard(
            archive: card.archive, store: card.store,
            epoch: max(card.epoch, (old?.epoch ?? 1) + 1), created: card.created)
        let former = try StoreEntry(
            name: formerName(),
            store: old?.store ?? lostStore(store),
            location: .folder(configuration.store), role: .copy,
            medium: StoreEntry.Medium(rawValue: configuration.primaryHolding.medium) ?? .disk,
            place: configuration.primaryHolding.place.isEmpty
                ? configuration.store : configuration.primaryHolding.place, lockDays: nil)
        if raised != card { try store.replaceCard(raised) }
        let stores = configuration.stores.filter { $0.name != name } + [former]
        let bytes = try world.volume.readAll(layout.configuration, limit: Configuration.limit)
        try world.volume.replaceDurably(
            Configuration.edited(Configuration.edited(bytes, stores: stores), ["store": path]),
            as: layout.configuration)
        return Done(entry: entry, former: former, stores: stores, path: path, card: raised)
    }

    /// A ledger that lacks what was signed would make a fork of the next checkpoint (invariant R3).
    private func requireWholeLedger(_ store: DirectoryStore) throws {
        let copied = Ledger(folder: store.layout.ledger, volume: world.volume)
        let keys = LedgerKeys(layout, origin: configuration.archive, volume: world.volume)
        let signed = try keys.lastSigned()?.checkpoint.size ?? 0
        let count = try copied.read { _, _ in }.count
        guard count >= signed else {
            throw ArchiveFailure(
                .storeIncomplete, subject: name,
                ["lacking": String(signed - count), "what": "ledger"])
        }
        let primary = StoreLayout(root: Archive.storeRoot(configuration, layout))
        guard try world.volume.status(primary.ledger.appending("entries.jsonl")) != nil else {
            return
        }
        let leading = Ledger(folder: primary.ledger, volume: world.volume)
        guard try CopyLedger(of: store, beside: leading).relation == .prefix,
            try leading.read(after: .empty, { _, _ in }).count == count
        else {
            throw ArchiveFailure(
                .storeIncomplete, subject: name, ["lacking": "?", "what": "ledger"])
        }
    }

    /// The old primary's card, where it is still there.
    private func formerCard() throws -> StoreCard? {
        let path = StoreLayout(root: Archive.storeRoot(configuration, layout)).card
        guard try world.volume.status(path)?.kind == .file else { return nil }
        return StoreCard(try world.volume.readAll(path, limit: StoreCard.limit))
    }

    /// The old primary's identifier as the ledger has it, when its disk is gone.
    private func lostStore(_ store: DirectoryStore) throws -> ObjectIdentifier {
        var found: ObjectIdentifier?
        _ = try Ledger(folder: store.layout.ledger, volume: world.volume).read { entry, _ in
            let facts = entry.draft.facts
            guard facts["epoch"] != nil else { return }
            found = facts["store"]?.stringValue.flatMap { ObjectIdentifier($0) } ?? found
        }
        guard let found else {
            throw ArchiveFailure(.storeForeign, subject: store.layout.root.string)
        }
        return found
    }

    private func formerName() -> String {
        let names = Set(configuration.stores.map(\.name))
        var number = 1
        while names.contains("cu-\(number)") { number += 1 }
        return "cu-\(number)"
    }
}

extension Archive {
    /// One entry for the switch: the new card, and that the old primary has given no word as a copy yet.
    fileprivate func enterPromotion(
        of entry: StoreEntry, former: StoreEntry, _ card: StoreCard, _ reason: String
    ) throws {
        var chance = Chance(world)
        let detail = try details.keep(["reason": .string(reason)], salt: &chance)
        try record(
            draft(
                LedgerAct.store, "policy assignment", details: detail,
                facts: [
                    "change": "promote", "name": .string(entry.name),
                    "copy": .string(former.store.text), "store": .string(card.store.text),
                    "epoch": .number(card.epoch),
                ]))
    }
}
