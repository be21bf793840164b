import Evidence
import Files
import Policies
import Records
import Storage
import SystemPackage

/// The steps that make a copy store the primary one: marker, card, configuration; the entry follows on opening.
///
/// The epoch is raised in the new primary's card before anything leads there: from then on a machine that
/// still writes to the old one is refused. Every step may be done again (invariant S3).
struct StoreSwitch {
    let layout: ArchiveLayout
    let configuration: Configuration
    let marker: PromotionMarker
    let world: World

    /// What became of a promotion that was begun.
    enum Outcome {
        /// There is none, or its steps here are done.
        case nothing
        /// The configuration was changed.
        case switched
        /// The store of this name is no longer listed: the promotion was given up.
        case abandoned(String)
    }

    /// Goes on with a promotion that was begun, or gives it up; whoever calls holds the lock.
    static func goOn(
        _ layout: ArchiveLayout, _ configuration: Configuration, in world: World
    ) throws -> Outcome {
        if let name = try giveUp(layout, configuration, in: world) { return .abandoned(name) }
        guard let marker = try PromotionMarker.read(layout, in: world) else { return .nothing }
        return try StoreSwitch(
            layout: layout, configuration: configuration, marker: marker, world: world
        ).run() ? .switched : .nothing
    }

    /// Takes the marker of a promotion away that nobody can finish; gives the name of its store.
    static func giveUp(
        _ layout: ArchiveLayout, _ configuration: Configuration, in world: World
    ) throws -> String? {
        guard let marker = try PromotionMarker.read(layout, in: world),
            try StoreSwitch(
                layout: layout, configuration: configuration, marker: marker, world: world
            ).isAbandoned()
        else { return nil }
        // Nothing was switched, so there is nothing to undo.
        try PromotionMarker.remove(layout, in: world)
        return marker.name
    }

    /// Whether the store that was to lead was taken out of the configuration before it led.
    private func isAbandoned() throws -> Bool {
        // Once the configuration is switched, the store that led is listed or the new one stands in its place.
        let known = [marker.store, marker.former]
        guard !configuration.stores.contains(where: { known.contains($0.store) }) else {
            return false
        }
        return try Self.primaryCard(layout, configuration, in: world)?.store != marker.store
    }

    private func run() throws -> Bool {
        guard let listed = configuration.stores.first(where: { $0.store == marker.store }) else {
            return false
        }
        let (entry, path) = try Self.folder(of: listed.name, configuration)
        let store = DirectoryStore(root: layout.place(ofCopy: path), volume: world.volume)
        guard let card = try Self.card(of: store, named: entry.name),
            card.archive == configuration.archive, card.store == marker.store
        else { throw ArchiveFailure(.storeForeign, subject: store.layout.root.string) }
        if card.epoch < marker.epoch {
            try store.bound(to: card).replaceCard(
                StoreCard(
                    archive: card.archive, store: card.store, epoch: marker.epoch,
                    created: card.created))
        }
        try world.volume.replaceDurably(
            switched(to: entry, at: path), as: layout.configuration)
        return true
    }

    /// The configuration with the two stores in each other's place.
    private func switched(to entry: StoreEntry, at path: String) throws -> [UInt8] {
        let old = try world.volume.readAll(layout.configuration, limit: Configuration.limit)
        let before = configuration.stores
        let former = StoreEntry(
            name: marker.formerName, store: marker.former,
            location: .folder(configuration.store), role: .copy,
            medium: StoreEntry.Medium(rawValue: configuration.primaryHolding.medium) ?? .disk,
            place: configuration.primaryHolding.place.isEmpty
                ? configuration.store : configuration.primaryHolding.place, lockDays: nil)
        let stores = before.filter { $0.store != entry.store } + [former]
        let holding = CopyPolicy.Holding(medium: entry.medium.rawValue, place: entry.place)
        let bytes = Configuration.edited(
            Configuration.edited(
                Configuration.edited(old, from: before, to: stores), ["store": path]),
            primary: holding)
        let read = try Configuration.reading(bytes)
        guard read.stores == stores, read.store == path,
            read.copyPolicy == configuration.copyPolicy,
            read.copyPolicy == nil || read.primaryHolding == holding
        else { throw Configuration.failure(1, "stores:, copies:, store: …") }
        return bytes
    }

    /// A store of the configuration that lies in a folder; only such a one can lead.
    static func folder(
        of name: String, _ configuration: Configuration
    ) throws -> (entry: StoreEntry, path: String) {
        guard let entry = configuration.stores.first(where: { $0.name == name }) else {
            throw ArchiveFailure(
                .unknownStore, subject: name,
                ["nearest": StoreEntry.nearest(name, in: configuration.stores)])
        }
        guard case .folder(let path) = entry.location else {
            throw ArchiveFailure(
                .bucketCannotLead, subject: name, ["at": entry.location.text])
        }
        return (entry, path)
    }

    /// The card of the primary store, where it is still there.
    static func primaryCard(
        _ layout: ArchiveLayout, _ configuration: Configuration, in world: World
    ) throws -> StoreCard? {
        let path = StoreLayout(root: Archive.storeRoot(configuration, layout)).card
        do {
            guard try world.volume.status(path)?.kind == .file else { return nil }
            return StoreCard(try world.volume.readAll(path, limit: StoreCard.limit))
        } catch {
            // A disk that is broken is as good as one that is gone.
            try FileUnreadable.stopUnlessRot(error)
            return nil
        }
    }

    /// The card of the store that is to lead; a failure with its name when it is not there.
    static func card(of store: DirectoryStore, named name: String) throws -> StoreCard? {
        do {
            let card = try store.card()
            try store.requirePlaces()
            return card
        } catch let failure as CopyStoreFailure where failure.reason == .away {
            throw ArchiveFailure(.storeNotThere, subject: name)
        }
    }
}

extension ArchiveLayout {
    /// The folder of a store that the configuration names, relative to the archive or absolute.
    func place(ofCopy path: String) -> FilePath {
        let path = FilePath(path)
        return path.isAbsolute ? path : root.pushing(path)
    }
}
