import Cataloging
import Files
package import Records
import Storage

/// What looking through a store without reading its bundles found.
package struct StoreCheck: Sendable {
    package let standing: StoreStanding
    /// Dossiers whose inventory was compared with the ledger.
    package let checked: Int
    package let findings: [Finding]
}

extension Archive {
    /// Looks through stores: card, ledger, and for every receipt whether the object is there with the right inventory.
    package func checkStores(_ names: [String]) throws -> [StoreCheck] {
        let entries =
            names.isEmpty ? configuration.stores : try names.map { try storeEntry(named: $0) }
        return try entries.map { try check($0, opened($0)) }
    }

    private func check(_ entry: StoreEntry, _ copy: OpenedCopy) throws -> StoreCheck {
        let standing = try standing(of: copy)
        guard let store = copy.ready else {
            return StoreCheck(
                standing: standing, checked: 0, findings: try unready(copy).findings)
        }
        var look = StoreLook(self, entry, store)
        var findings: [Finding] = []
        do {
            try look.run(copy)
        } catch {
            // A disk that stops answering is told beside what was seen before.
            guard let told = finding(of: error, entry) else { throw error }
            findings.append(told)
        }
        return StoreCheck(
            standing: standing, checked: look.checked, findings: look.findings + findings)
    }
}

/// One look through one store.
private struct StoreLook {
    private let archive: Archive
    private let entry: StoreEntry
    private let store: any CopyStore
    private(set) var checked = 0
    private(set) var findings: [Finding] = []
    /// Places below `ocfl/` of which was told.
    private var told: Set<WrongPlace> = []

    init(_ archive: Archive, _ entry: StoreEntry, _ store: any CopyStore) {
        self.archive = archive
        self.entry = entry
        self.store = store
    }

    mutating func run(_ copy: OpenedCopy) throws {
        let catalog = archive.catalog
        findings += copy.covers.map { $0.finding(in: entry.name) }
        if let ledger = copy.ledger {
            if let back = archive.backFinding(ledger, copy.mark, entry.name) {
                findings.append(back)
            }
            findings += try archive.changedCheckpoints(in: store, ledger, copy.mark).map {
                Finding(.copyFileWrong, subject: $0, ["store": entry.name])
            }
        }
        try catalog.forEachHolding { object, _, stores in
            guard stores.contains(entry.store) else { return }
            try archive.world.stopIfInterrupted()
            checked += 1
            try lookAtFolders(of: object)
            let marks = try archive.marks(of: object, in: entry.store)
            try lookAbove(object, marks)
            let found = try store.marked(marks).inventoryDigest(of: object)
            guard try found != catalog.inventoryDigest(of: object) else { return }
            // A disk that left misses nothing.
            try store.requireAnswer()
            findings.append(
                Finding(
                    found == nil ? .copyMissing : .copyDifferent, subject: object.text,
                    ["store": entry.name]))
        }
        var files = NamedFilesCheck(archive, store)
        // A ledger that was cut does not say what the store must have.
        let entries = max(copy.ledgerEntries ?? 0, copy.mark?.count ?? 0)
        try files.run(upTo: entries, of: entry.name)
        if !files.findings.isEmpty { try store.requireAnswer() }
        findings += files.findings
        findings += try VaultLocks(archive, entry, store)?.findings() ?? []
    }

    /// Tells once of a link, or another thing, in the place of a dossier's folder or of one above it.
    private mutating func lookAtFolders(of object: ObjectIdentifier) throws {
        guard let disk = store as? DirectoryStore,
            let place = try disk.objects.misplaced(object)?.place,
            told.insert(place).inserted
        else { return }
        findings.append(place.finding)
    }

    /// Tells what lies above the files that receipts name by their versions.
    private mutating func lookAbove(
        _ object: ObjectIdentifier, _ marks: [String: String]
    ) throws {
        guard !marks.isEmpty else { return }
        let folder = "ocfl/" + ObjectLocation.folder(of: object)
        var found: [Finding] = []
        try store.forEachOverlay(below: folder, marks: marks) { overlay in
            let name = String(overlay.path.dropFirst(folder.count + 1))
            found.append(
                Finding(
                    .copyOverlaid, subject: object.text + "/" + name,
                    ["file": name, "mark": overlay.mark, "store": entry.name]))
        }
        findings += found
    }
}
