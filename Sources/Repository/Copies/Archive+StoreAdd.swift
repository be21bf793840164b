import Evidence
import Files
import Records
import Storage
import SystemPackage

/// A store that people want beside the primary one.
package struct StoreRequest: Sendable {
    package let name: String
    /// A folder, or `s3://bucket/prefix`.
    package let address: String
    package var endpoint: String?
    package var region: String?
    package var credentials: String?
    package let role: StoreEntry.Role
    package let medium: StoreEntry.Medium
    package let place: String
    package var lockDays: Int?

    package init(
        name: String, address: String, role: StoreEntry.Role, medium: StoreEntry.Medium,
        place: String
    ) {
        self.name = name
        self.address = address
        self.role = role
        self.medium = medium
        self.place = place
    }
}

extension Archive {
    /// Takes a store into the configuration: an empty one is made, one of this archive that comes back is taken as it is.
    package func addStore(_ request: StoreRequest) throws -> StoreEntry {
        guard StoreEntry.isName(request.name),
            !configuration.stores.contains(where: { $0.name == request.name })
        else { throw ArchiveFailure(.storeName, subject: request.name) }
        guard
            let location = StoreEntry.Location(
                request.address, endpoint: request.endpoint, region: request.region,
                credentials: request.credentials),
            (1...200).contains(request.place.count), request.role != .vault || location.isBucket,
            location.isBucket || request.lockDays == nil,
            request.lockDays.map({ StoreEntry.locks($0) != nil }) ?? true
        else { throw ArchiveFailure(.storeAddress, subject: request.address) }
        try requireElsewhere(location)
        try requireRoom()
        try requireOutsideOthers(location)
        let lockDays = request.role == .vault ? request.lockDays ?? Self.usualLock : nil
        let store = try copyStore(location, lockDays: lockDays)
        let identifier = try settled(store, location)
        let entry = StoreEntry(
            name: request.name, store: identifier, location: location, role: request.role,
            medium: request.medium, place: request.place,
            lockDays: lockDays)
        try changeStores(configuration.stores + [entry], .add, entry)
        return entry
    }

    /// Days for which a vault locks what it takes, where nobody says more.
    private static let usualLock = 90

    /// A store inside another one, or the primary one itself, is no copy.
    private func requireElsewhere(_ location: StoreEntry.Location) throws {
        guard !configuration.stores.contains(where: { $0.location.sharesBucket(with: location) })
        else { throw ArchiveFailure(.storeAddress, subject: location.text) }
        guard case .folder(let path) = location else { return }
        let wanted = place(ofCopy: path).lexicallyNormalized()
        var others = [objects.layout.root.lexicallyNormalized()]
        for entry in configuration.stores {
            if case .folder(let path) = entry.location {
                others.append(place(ofCopy: path).lexicallyNormalized())
            }
        }
        // In the archive's own folder only `stores/` is left alone by the commands.
        let root = layout.root.lexicallyNormalized()
        let isStray =
            wanted.starts(with: root)
            && (!wanted.starts(with: layout.stores.lexicallyNormalized())
                || wanted == layout.stores.lexicallyNormalized())
        guard !others.contains(where: { $0.starts(with: wanted) || wanted.starts(with: $0) }),
            !root.starts(with: wanted), !isStray
        else { throw ArchiveFailure(.storeAddress, subject: path) }
    }

    /// The configuration reads no more stores than this.
    private func requireRoom() throws {
        guard configuration.stores.count < StoreEntry.most else {
            throw ArchiveFailure(.storeAddress, subject: "stores: \(StoreEntry.most)")
        }
    }

    /// The identifier of the store there; an empty place becomes a store.
    private func settled(
        _ store: any CopyStore, _ location: StoreEntry.Location
    ) throws -> ObjectIdentifier {
        if let card = try existingCard(store, location) {
            guard card.archive == configuration.archive,
                !configuration.stores.contains(where: { $0.store == card.store }),
                card.store != self.card.store, card.epoch <= self.card.epoch,
                try CopyLedger(of: store, beside: ledger).relation == .prefix,
                try store.faultOfPlaces() == nil
            else { throw ArchiveFailure(.storeNotEmpty, subject: location.text) }
            return card.store
        }
        var chance = Chance(world)
        let identifier = ObjectIdentifier(using: &chance)
        try store.found(
            StoreCard(
                archive: configuration.archive, store: identifier, epoch: card.epoch,
                created: world.now()), readMe: Array(StoreReadMe.text.utf8))
        return identifier
    }

    private func existingCard(
        _ store: any CopyStore, _ location: StoreEntry.Location
    ) throws -> StoreCard? {
        if case .folder(let path) = location {
            let root = place(ofCopy: path)
            guard let status = try world.volume.status(root) else {
                // The folder itself may be made, the one above it not: it would hide a disk that is not mounted.
                guard try world.hasFolder(root.removingLastComponent()) else {
                    throw CopyStoreFailure(.away, subject: root.removingLastComponent().string)
                }
                return nil
            }
            guard status.kind == .folder else {
                throw ArchiveFailure(.storeNotEmpty, subject: path)
            }
        }
        if let card = try store.card() { return card }
        let covered = try store.coveredCard { $0.archive == configuration.archive }
        if let covered { return covered.card }
        guard try InterruptedFounding(store).isAllThereIs() else {
            throw ArchiveFailure(.storeNotEmpty, subject: location.text)
        }
        return nil
    }
}

extension StoreEntry.Location {
    var isBucket: Bool { if case .bucket = self { true } else { false } }
}
