import Cataloging
import Evidence
import Files
package import Records
import Storage
package import SystemPackage

/// How much a rebuilt catalog holds.
package struct RebuildCounts: Sendable {
    package let dossiers: Int64
    package let documents: Int64
    package let entries: Int64
    /// Dossiers that the ledger names and whose bundles are damaged or missing.
    package let unreadable: [Finding]
    /// Files of policy, registers and details that the ledger names and that are gone or changed.
    package let lost: [Finding]

    /// Everything that the store lacks.
    package var findings: [Finding] { unreadable + lost }
}

extension Archive {
    /// Makes the whole catalog again from the store, aside, and puts it in the place of the old one.
    package static func rebuildCatalog(_ root: FilePath, in world: World) throws -> RebuildCounts {
        let layout = ArchiveLayout(root: root)
        var configuration = try Configuration.read(layout, in: world)
        try ImportMarker.requireNone(layout, in: world)
        let lock = try ArchiveLock.take(layout, in: world)
        if try KeySwitch.finishEntered(layout, configuration, in: world) {
            configuration = try Configuration.read(layout, in: world)
        }
        if case .switched = try StoreSwitch.goOn(layout, configuration, in: world) {
            configuration = try Configuration.read(layout, in: world)
        }
        let head = try replaceCatalog(layout, configuration, in: world)
        let catalog = try Catalog.open(at: layout.catalog.string, readOnly: false)
        let archive = try Archive(
            layout: layout, configuration: configuration, catalog: catalog, lock: lock, world: world
        )
        try archive.catchUp()
        try archive.finish()
        let counts = try catalog.counts()
        return RebuildCounts(
            dossiers: Int64(counts.dossiers), documents: Int64(counts.documents),
            entries: head.count,
            unreadable: try catalog.unreadable().map {
                Finding(.bundleUnreadable, subject: $0.text)
            }, lost: try archive.lostFileFindings())
    }

    /// Every difference between the catalog and one made anew from the store.
    package static func checkCatalog(_ root: FilePath, in world: World) throws -> [Finding] {
        let archive = try open(root, in: world, for: .writing)
        let aside = archive.layout.work.appending("catalog-check.sqlite")
        try remove(aside, in: world)
        var findings: [Finding] = []
        do {
            _ = try build(at: aside, archive.layout, archive.configuration, in: world)
            let fresh = try Catalog.open(at: aside.string, readOnly: true)
            let unreadable = try fresh.unreadable()
            findings = unreadable.map { Finding(.bundleUnreadable, subject: $0.text) }
            // Rows of a dossier that cannot be read now are no fault of the catalog, and not to be rebuilt away.
            findings += try CatalogComparison.differences(
                between: archive.catalog, and: fresh, limit: 1000 + 200 * unreadable.count
            ).filter { unreadable.isEmpty || $0.table != "tally" }.map(\.finding).filter {
                finding in
                !unreadable.contains { finding.subject.hasPrefix($0.text) }
            }.prefix(1000)
        } catch {
            try remove(aside, in: world)
            throw error
        }
        try remove(aside, in: world)
        try archive.objects.forEachObject { object, folder in
            let known = try object.map { try archive.catalog.knows($0) } ?? false
            if !known {
                findings.append(
                    Finding(
                        .objectWithoutEntry,
                        subject: object?.text ?? folder.lastComponent?.string ?? ""))
            }
        }
        try archive.finish()
        return findings
    }

    /// Makes a new catalog aside and puts it in the place of the old one; whoever calls holds the lock.
    ///
    /// The old one is a witness of the ledger, except where an import has just put another ledger in place.
    static func replaceCatalog(
        _ layout: ArchiveLayout, _ configuration: Configuration, isWitness: Bool = true,
        in world: World
    ) throws -> LedgerHead {
        let aside = layout.work.appending("catalog-rebuild.sqlite")
        try remove(aside, in: world)
        let head: LedgerHead
        do {
            if isWitness {
                try proveLedgerAgainstOldCatalog(layout, configuration, in: world)
                try proveLedgerAgainstCheckpoints(layout, configuration, in: world)
            }
            head = try build(at: aside, layout, configuration, in: world)
            try proveLedgerHoldsObjects(aside, layout, configuration, in: world)
        } catch {
            // The old catalog stays: it may be the only witness of what the ledger once said.
            try remove(aside, in: world)
            throw error
        }
        try putInPlace(aside, layout, in: world)
        return head
    }

    /// A ledger that is not the one the old catalog knew must not become the truth by a rebuild (invariant R2).
    private static func proveLedgerAgainstOldCatalog(
        _ layout: ArchiveLayout, _ configuration: Configuration, in world: World
    ) throws {
        let store = StoreLayout(root: storeRoot(configuration, layout))
        let ledger = Ledger(folder: store.ledger, volume: world.volume)
        do {
            guard let known = try oldHead(layout, configuration, in: world) else { return }
            _ = try ledger.head(size: known.size, count: known.count, last: known.last)
        } catch let failure as LedgerFailure {
            throw suspect(
                store, "\(failure.reason.rawValue) \(failure.sequence), catalog.sqlite")
        }
    }

    /// Nor one that is not what was signed: then the checkpoints are the witnesses.
    private static func proveLedgerAgainstCheckpoints(
        _ layout: ArchiveLayout, _ configuration: Configuration, in world: World
    ) throws {
        let store = StoreLayout(root: storeRoot(configuration, layout))
        let keys = LedgerKeys(layout, origin: configuration.archive, volume: world.volume)
        guard let verifier = try keys.key().map({ try keys.verifier(of: $0) }) else { return }
        let notes = [
            ("keys/checkpoint", try keys.lastSigned()),
            ("ledger/checkpoint", try LedgerNote.read(store.checkpoint, world.volume)),
        ]
        var check = LedgerTreeCheck(
            marks: notes.compactMap { name, note in
                guard let note, note.isSigned(byOneOf: [.init(verifier: verifier)]) else {
                    return nil
                }
                return .init(name: name, checkpoint: note.checkpoint)
            }, tiles: nil, tileSize: 0)
        do {
            _ = try Ledger(folder: store.ledger, volume: world.volume).readLines { line, _ in
                try world.stopIfInterrupted()
                try check.take(line)
            }
        } catch let failure as LedgerFailure {
            throw suspect(store, "\(failure.reason.rawValue) \(failure.sequence)")
        }
        if let mark = (check.wrong + check.beyond).first {
            throw suspect(store, "LOG_INCONSISTENT \(mark.checkpoint.size), \(mark.name)")
        }
    }

    private static func suspect(_ store: StoreLayout, _ detail: String) -> ArchiveFailure {
        ArchiveFailure(.ledgerSuspect, subject: store.ledger.string, ["detail": detail])
    }

    /// What the old catalog knew of the ledger; nil where there is none that can be read.
    private static func oldHead(
        _ layout: ArchiveLayout, _ configuration: Configuration, in world: World
    ) throws -> CatalogedLedgerHead? {
        guard try world.volume.status(layout.catalog)?.kind == .file else { return nil }
        do {
            let old = try Catalog.open(at: layout.catalog.string, readOnly: true)
            defer { try? old.close() }
            // Another archive's catalog knows nothing of this ledger.
            if let other = try old.archive, other != configuration.archive { return nil }
            return try old.ledgerHead
        } catch is CatalogFailure {
            return nil
        }
    }

    /// A founded archive has entries, and more objects without one than a crash leaves mean that it was cut.
    private static func proveLedgerHoldsObjects(
        _ aside: FilePath, _ layout: ArchiveLayout, _ configuration: Configuration,
        in world: World
    ) throws {
        let store = StoreLayout(root: storeRoot(configuration, layout))
        let fresh = try Catalog.open(at: aside.string, readOnly: true)
        defer { try? fresh.close() }
        guard let head = try fresh.ledgerHead, head.count > 0 else {
            throw suspect(store, "LOG_TREE_SHRUNK 0")
        }
        var strays = 0
        guard try world.volume.status(store.objects) != nil else { return }
        try fresh.reading {
            try ObjectStore(layout: store, volume: world.volume).forEachObject { object, _ in
                if let object, try !fresh.knows(object) { strays += 1 }
            }
        }
        guard strays <= largestRecovery else {
            throw suspect(store, "\(strays) objects without entry")
        }
    }

    /// Renames the new catalog over the old one, so that a crash leaves one of them.
    ///
    /// An old write-ahead log beside a new database would be played into it, so the log goes first.
    private static func putInPlace(
        _ aside: FilePath, _ layout: ArchiveLayout, in world: World
    ) throws {
        if try world.volume.status(layout.catalog)?.kind == .file {
            do {
                try Catalog.open(at: layout.catalog.string, readOnly: false).settleLog()
            } catch is CatalogFailure {
                // What cannot be opened has no log worth keeping.
            }
        }
        for ending in ["-wal", "-shm", "-journal"] {
            let file = FilePath(layout.catalog.string + ending)
            if try world.volume.status(file) != nil { try world.volume.remove(file) }
        }
        try world.volume.replace(layout.catalog, with: aside)
        try remove(aside, in: world)
        try world.volume.synchronizeFolder(layout.root)
    }

    /// Whether a catalog can be made of a ledger's entries at all; objects that are not there may be missing.
    static func isCatalogable(
        _ ledger: Ledger, objects: ObjectStore, _ layout: ArchiveLayout, in world: World
    ) throws -> Bool {
        let aside = layout.work.appending("catalog-rehearsal.sqlite")
        try remove(aside, in: world)
        var isGood = true
        do {
            let feed = CatalogFeed(
                catalog: try Catalog.create(at: aside.string), objects: objects,
                volume: world.volume)
            _ = try ledger.read { entry, head in try feed.apply([entry], endingAt: head) }
        } catch let failure as CatalogFailure {
            try remove(aside, in: world)
            // A full disk says nothing of the ledger.
            guard [.contradiction, .value, .damaged].contains(failure.reason) else { throw failure }
            isGood = false
        }
        try remove(aside, in: world)
        return isGood
    }

    private static func build(
        at path: FilePath, _ layout: ArchiveLayout, _ configuration: Configuration, in world: World
    ) throws -> LedgerHead {
        let catalog = try Catalog.create(at: path.string)
        let store = StoreLayout(root: storeRoot(configuration, layout))
        let feed = CatalogFeed(
            catalog: catalog, objects: ObjectStore(layout: store, volume: world.volume),
            volume: world.volume)
        let head = try feed.applyAll(of: Ledger(folder: store.ledger, volume: world.volume)) {
            try world.stopIfInterrupted()
        }
        try catalog.close()
        return head
    }

    /// Removes a database with the files SQLite keeps beside it.
    private static func remove(_ path: FilePath, in world: World) throws {
        for ending in ["-wal", "-shm", "-journal", ""] {
            let file = FilePath(path.string + ending)
            if try world.volume.status(file) != nil { try world.volume.remove(file) }
        }
    }
}
