import Cataloging
import Evidence
import Policies
import Records
import Storage

/// Keeps what lies in a vault locked: short, and again and again, as long as it is to be kept.
struct VaultLocks {
    /// Objects in one entry.
    private static let most = 256
    /// Objects with a running lock that are looked at together.
    private static let mostTried = 8
    private let archive: Archive
    private let entry: StoreEntry
    private let store: BucketStore
    private let days: Int

    /// Nil for a store that is no vault.
    init?(_ archive: Archive, _ entry: StoreEntry, _ store: any CopyStore) {
        guard entry.role == .vault, let days = entry.lockDays, let store = store as? BucketStore
        else { return nil }
        self.archive = archive
        self.entry = entry
        self.store = store
        self.days = days
    }

    private var beside: VaultBeside {
        VaultBeside(archive: archive, entry: entry, store: store, days: days)
    }

    /// Until when what comes in now is locked.
    var end: Instant {
        Instant(seconds: archive.world.now().seconds + Int64(days) * 86_400)
    }

    /// Until when what this run brought in is locked, as its requests said.
    var given: Instant? { store.lockEnd }

    /// Prolongs the locks of which less than half is left; of records whose period is over, none.
    ///
    /// What lies beside the dossiers is prolonged without an entry. An object of which something is not there is told,
    /// and no entry says that it is locked for longer.
    func prolong() throws -> [Finding] {
        let half = Instant(seconds: archive.world.now().seconds + Int64(days) * 43_200)
        try beside.prolong(before: half)
        var passed: Set<ObjectIdentifier> = []
        var findings: [Finding] = []
        while true {
            let ending = try archive.catalog.lockEnding(
                in: entry.store, before: half, limit: Self.most + passed.count
            ).filter { !passed.contains($0) }
            guard !ending.isEmpty else { return findings }
            let until = end
            var done: [ObjectIdentifier] = []
            for object in ending.prefix(Self.most) {
                try archive.world.stopIfInterrupted()
                passed.insert(object)
                guard try isKept(object) else { continue }
                if try prolong(object, until) {
                    done.append(object)
                } else {
                    findings.append(
                        Finding(.copyMissing, subject: object.text, ["store": entry.name]))
                }
            }
            try enter(done, until)
        }
    }

    /// Prolongs all that is there of an object; false when that is nothing, or not all that its receipts name.
    private func prolong(_ object: ObjectIdentifier, _ until: Instant) throws -> Bool {
        let marks = try archive.marks(of: object, in: entry.store)
        let files = try versions(of: object, marks)
        for file in files { try store.prolong(file.path, mark: file.mark, until: until) }
        return !files.isEmpty && Set(files.map(\.path)).isSuperset(of: marks.keys)
    }

    /// The versions that marks name; of a file that none names every one, since the right one is among them.
    private func versions(
        of object: ObjectIdentifier, _ marks: [String: String]
    ) throws -> [StoredFile] {
        var versions: [StoredFile] = []
        try store.forEachVersion(below: "ocfl/" + ObjectLocation.folder(of: object)) { file in
            let mark = marks[file.path]
            if mark == nil || mark == file.mark { versions.append(file) }
        }
        return versions
    }

    /// Whether a dossier's period is still running: a lock never outlasts the duty to keep it by more than its own days.
    private func isKept(_ object: ObjectIdentifier) throws -> Bool {
        try archive.catalog.object(object)?.dossier.isKept(on: archive.today) ?? true
    }

    private func enter(_ objects: [ObjectIdentifier], _ until: Instant) throws {
        guard !objects.isEmpty else { return }
        var chance = Chance(archive.world)
        let detail = try archive.details.keep(
            ["objects": .array(objects.map { .string($0.text) })], salt: &chance)
        try archive.record(
            archive.draft(
                LedgerAct.prolong, "policy assignment", details: detail,
                facts: [
                    "copy": .string(entry.store.text),
                    "lockedUntil": .string(until.utcSecondsText),
                    "objects": .number(Int64(objects.count)),
                ]))
    }

    /// A small file of an object with its version.
    private func lockedFile(
        of object: ObjectIdentifier
    ) throws -> (path: String, mark: String)? {
        let marks = try archive.marks(of: object, in: entry.store)
        if let known = marks.filter({ $0.key.hasSuffix(".sums") }).min(by: { $0.key < $1.key }) {
            return (known.key, known.value)
        }
        // Of a file that no receipt names the oldest version is ours: it came when there was none.
        guard
            let file = try versions(of: object, marks).last(where: { $0.path.hasSuffix(".sums") }),
            let mark = file.mark
        else { return nil }
        return (file.path, mark)
    }

    /// Objects that are to be kept: all whose locks are over as the ledger tells, and some whose locks end next.
    private func objectsToTry() throws -> [ObjectIdentifier] {
        let store = entry.store
        let over = try archive.catalog.lockEnding(
            in: store, before: archive.world.now(), limit: .max
        ).count
        var objects: [ObjectIdentifier] = []
        var running = 0
        let all = try archive.catalog.lockEnding(
            in: store, before: Instant(microseconds: .max), limit: .max)
        for (place, object) in all.enumerated() {
            guard place < over || running < Self.mostTried else { break }
            guard try isKept(object) else { continue }
            objects.append(object)
            if place >= over { running += 1 }
        }
        return objects
    }

    /// Tells the locks that are over, and proves by trying that a locked version cannot be removed; one is enough.
    func findings() throws -> [Finding] {
        var findings: [Finding] = []
        var longest: (path: String, mark: String, until: Instant)?
        for object in try objectsToTry() {
            try archive.world.stopIfInterrupted()
            guard let (path, mark) = try lockedFile(of: object) else { continue }
            let until = try store.lockedUntil(path, mark: mark)
            guard let until, until >= archive.world.now() else {
                findings.append(.unlocked(path, until, in: entry))
                continue
            }
            if longest.map({ $0.until < until }) ?? true { longest = (path, mark, until) }
        }
        findings += try beside.findings()
        // What is not locked is not tried: it would be gone.
        if let longest, try !store.refusesRemoval(of: longest.path, mark: longest.mark) {
            findings.append(Finding(.vaultOpen, subject: longest.path, ["store": entry.name]))
        }
        return findings
    }
}

extension Finding {
    /// A file of a vault whose lock is over, or that never had one.
    static func unlocked(_ path: String, _ until: Instant?, in entry: StoreEntry) -> Finding {
        Finding(
            .vaultUnlocked, subject: path,
            ["until": until?.utcSecondsText ?? "–", "store": entry.name])
    }
}

extension Archive {
    /// Marks of an object's files in a store, by path below the store; empty where the store gives none.
    func marks(
        of object: ObjectIdentifier, in store: ObjectIdentifier?
    ) throws -> [String: String] {
        guard let store,
            let text = try catalog.copies(of: object).first(where: { $0.store == store })?.marks,
            let marks = (try? JSONValue(parsing: text.utf8))?.objectValue
        else { return [:] }
        let folder = "ocfl/" + ObjectLocation.folder(of: object) + "/"
        return Dictionary(
            uniqueKeysWithValues: marks.compactMap { path, mark in
                let fresh = freshMarks[StoredPath(store: store, path: folder + path)]
                return (fresh ?? mark.stringValue).map { (folder + path, $0) }
            })
    }
}
