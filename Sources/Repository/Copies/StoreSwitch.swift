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

    /// Goes on with a promotion that was begun; tells whether the configuration was changed.
    static func goOn(
        _ layout: ArchiveLayout, _ configuration: Configuration, in world: World
    ) throws -> Bool {
        guard let marker = try PromotionMarker.read(layout, in: world) else { return false }
        return try StoreSwitch(
            layout: layout, configuration: configuration, marker: marker, world: world
        ).run()
    }

    func run() throws -> Bool {
        let isListed = configuration.stores.contains { $0.store == marker.store }
        guard isListed else { return false }
        let (entry, path) = try Self.folder(of: marker.name, configuration)
        let store = DirectoryStore(root: layout.place(ofCopy: path), volume: world.volume)
        guard let card = try Self.card(of: store, named: marker.name),
            card.archive == configuration.archive, card.store == marker.store
        else { throw ArchiveFailure(.storeForeign, subject: store.layout.root.string) }
        if card.epoch < marker.epoch {
            try store.replaceCard(
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
            throw ArchiveFailure(.storeAddress, subject: entry.location.text)
        }
        return (entry, path)
    }

    /// The card of the store that is to lead; a failure with its name when it is not there.
    static func card(of store: DirectoryStore, named name: String) throws -> StoreCard? {
        do {
            return try store.card()
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
