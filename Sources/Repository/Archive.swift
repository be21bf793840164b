import Cataloging
import Evidence
import Files
import Records
import Storage
package import SystemPackage

/// One opened archive: its configuration, store, ledger and catalog, and the lock while it writes.
package final class Archive {
    /// What an archive is opened for.
    package enum Purpose: Hashable, Sendable {
        /// Nothing is written; other runs may write meanwhile.
        case reading
        /// The one writer; what an interrupted run left is finished first.
        case writing
        /// As writing, for runs that record what they find.
        case auditing
        /// As writing, to give the ledger a new key where the old one is lost.
        case rekeying
        /// As writing, to take the store of this name out, which may be the one that stands against writing.
        case retiring(String)
    }

    package let layout: ArchiveLayout
    let world: World
    let configuration: Configuration
    let card: StoreCard
    let objects: ObjectStore
    let ledger: Ledger
    let details: Details
    let policy: PolicyStore
    let catalog: Catalog
    private let lock: (any FileLock)?
    /// What this command asks buckets over.
    let buckets = BucketConnections()
    /// Where the ledger ends as the catalog knows it.
    var head: LedgerHead = .empty
    /// The ledger's tree, once this run has taken it up, and the lines that are not in it yet.
    var tree: GrowingTree?
    var untreed: [[UInt8]] = []
    /// When this run last signed a checkpoint, or began.
    var lastSigned: Instant
    /// Whether store and keys hold different checkpoints, so that both are written anew.
    var isCheckpointBehind = false
    /// The ledger's file as this run proved or wrote it; nil where somebody else changed it since.
    var ledgerIdentity: LedgerMark.Identity?
    /// Whether an entry of this run is not in the catalog.
    private var isCatalogBehind = false
    /// Whether this run found every file of the registers as it was adopted.
    var areRegistersWhole = false
    /// Whether an audit found the ledger broken: nothing is signed then.
    var isLedgerBroken = false
    /// Whether entries are not what was signed: then nothing is entered, so that the right ones can take their place.
    var areEntriesSuspect = false
    /// What stood in places of the primary store's own when the archive was opened to write.
    var wrongPlaces: [WrongPlace] = []
    /// Whether this is the one writer.
    var isWriter: Bool { lock != nil }
    /// Whether the person asked this run to stop.
    package var isInterrupted: Bool { world.isInterrupted() }
    /// Whether this run entered anything, and the dossiers that got a version.
    var hasEntered = false
    private(set) var newStates: Set<ObjectIdentifier> = []
    /// The store that this run took out.
    var retired: ObjectIdentifier?
    /// How many entries the ledger has more than the catalog, once it was looked up.
    var knownLag: Int64?
    /// Stores that a sync of this run could not bring up to date, which it told.
    var unreached: Set<ObjectIdentifier> = []
    /// The promotion that this opening finished.
    var promotion: Promotion?
    /// Marks of files that this run put in the place of damaged ones, before their entry is made.
    var freshMarks: [StoredPath: String] = [:]
    /// A file of a store.
    struct StoredPath: Hashable {
        let store: ObjectIdentifier?
        let path: String
    }
    /// What this opening finished or set aside, for people to read.
    package internal(set) var recovered: [String] = []

    /// Opens the archive in a folder.
    package static func open(_ root: FilePath, in world: World, for purpose: Purpose) throws
        -> Archive
    {
        let layout = ArchiveLayout(root: root)
        var configuration = try Configuration.read(layout, in: world)
        try ImportMarker.requireNone(layout, in: world)
        let lock = purpose == .reading ? nil : try ArchiveLock.take(layout, in: world)
        if lock != nil, try KeySwitch.finishEntered(layout, configuration, in: world) {
            configuration = try Configuration.read(layout, in: world)
        }
        var switching = StoreSwitch.Outcome.nothing
        if lock != nil { switching = try StoreSwitch.goOn(layout, configuration, in: world) }
        if case .switched = switching {
            configuration = try Configuration.read(layout, in: world)
        }
        guard try world.volume.status(layout.catalog) != nil else {
            throw ArchiveFailure(.catalogMissing, subject: layout.catalog.string)
        }
        let catalog = try Catalog.open(at: layout.catalog.string, readOnly: purpose == .reading)
        if let other = try catalog.archive, other != configuration.archive {
            throw ArchiveFailure(
                .catalogOther, subject: layout.catalog.string, ["other": other.text])
        }
        let archive = try Archive(
            layout: layout, configuration: configuration, catalog: catalog, lock: lock, world: world
        )
        if case .abandoned(let name) = switching { archive.noteAbandoned(name) }
        if purpose != .reading { try archive.catchUp(purpose) }
        return archive
    }

    init(
        layout: ArchiveLayout, configuration: Configuration, catalog: Catalog,
        lock: (any FileLock)?,
        world: World
    ) throws {
        let store = StoreLayout(root: Self.storeRoot(configuration, layout))
        let card = try Self.card(of: store, configuration, world)
        try configuration.requireStoresApart(from: card, layout)
        self.card = card
        self.layout = layout
        self.world = world
        self.configuration = configuration
        self.lock = lock
        self.catalog = catalog
        lastSigned = world.now()
        objects = ObjectStore(layout: store, volume: world.volume)
        ledger = Ledger(folder: store.ledger, volume: world.volume)
        details = Details(folder: store.details, volume: world.volume)
        policy = PolicyStore(
            layout: store, volume: world.volume, archive: configuration.archive, catalog: catalog)
    }

    /// The primary store's folder.
    static func storeRoot(_ configuration: Configuration, _ layout: ArchiveLayout) -> FilePath {
        let path = FilePath(configuration.store)
        return path.isAbsolute ? path : layout.root.pushing(path)
    }

    /// The store's card; a failure when the store is away or is another archive's (`design.md` §5, one writer).
    private static func card(
        of store: StoreLayout, _ configuration: Configuration, _ world: World
    ) throws -> StoreCard {
        guard try world.volume.status(store.card) != nil else {
            throw ArchiveFailure(.storeAway, subject: store.root.string)
        }
        let bytes = try world.volume.readAll(store.card, limit: 64 * 1024)
        guard let card = StoreCard(bytes), card.archive == configuration.archive else {
            throw ArchiveFailure(.storeForeign, subject: store.root.string)
        }
        return card
    }

    /// Appends an act to the ledger, then lets the catalog index it (`design.md` §5, steps 3 and 4).
    @discardableResult
    func record(_ draft: LedgerDraft) throws -> LedgerEntry {
        try requireOwnPlaces()
        try indexMissed()
        let isOwn = try ledgerIdentityNow() == ledgerIdentity
        let (entry, head) = try ledger.append(
            draft, archive: configuration.archive, at: world.now(), after: head)
        // The entry stands, whatever fails from here on: what this run knows of the ledger comes first.
        self.head = head
        isCatalogBehind = true
        untreed.append(Array(entry.line.utf8))
        hasEntered = true
        if [LedgerAct.package, LedgerAct.amend].contains(draft.act), let object = draft.object {
            newStates.insert(object)
        }
        ledgerIdentity = nil
        if isOwn { ledgerIdentity = try ledgerIdentityNow() }
        try growTreeIfLong()
        try CatalogFeed(self, isTrusting: true).apply([entry], endingAt: head)
        isCatalogBehind = false
        return entry
    }

    /// Entries of this run that the catalog did not get, for something failed in between, come before the next one.
    private func indexMissed() throws {
        guard isCatalogBehind else { return }
        let known = try catalog.ledgerHead
        let indexed = try known.map {
            try ledger.head(size: $0.size, count: $0.count, last: $0.last)
        }
        var entries: [LedgerEntry] = []
        let end = try ledger.read(after: indexed ?? .empty) { entry, _ in entries.append(entry) }
        try CatalogFeed(self, isTrusting: true).apply(entries, endingAt: end)
        isCatalogBehind = false
    }

    /// An act of the person who runs the program.
    func draft(
        _ act: String, _ event: String, object: ObjectIdentifier? = nil, version: Int? = nil,
        digests: [String: Digest] = [:], outcome: LedgerDraft.Outcome = .success,
        details: Digest? = nil,
        facts: [String: JSONValue] = [:]
    ) -> LedgerDraft {
        LedgerDraft(
            act: act, event: event, agent: world.agent, software: Software.text, object: object,
            version: version, digests: digests, outcome: outcome, details: details, facts: facts)
    }
}

/// The lock of the one writer (`design.md` §5).
enum ArchiveLock {
    /// Takes it and notes who holds it; a failure naming the holder when another run does.
    static func take(_ layout: ArchiveLayout, in world: World) throws -> any FileLock {
        guard let lock = try world.volume.lock(layout.lock) else {
            let holder = try world.volume.readAll(layout.lock, limit: 4096)
            throw ArchiveFailure(
                .locked, subject: layout.lock.string,
                ["holder": String(decoding: holder, as: UTF8.self).trimmed])
        }
        try lock.note("\(world.agent), pid \(world.process), \(world.now().utcSecondsText)\n")
        return lock
    }
}

extension String {
    /// The text without line breaks and blanks at its ends.
    var trimmed: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\r" || $0 == "\t" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
