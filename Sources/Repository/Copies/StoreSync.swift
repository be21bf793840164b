import Cataloging
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// Brings one copy store up to the primary: dossiers first, then what entries name, the ledger last.
///
/// Whatever ends it in the middle leaves a store that holds more than its ledger tells, never less (invariant S1).
struct StoreSync {
    /// Receipts that go into one entry.
    private static let mostReceipts = 256
    private let archive: Archive
    private let copy: OpenedCopy
    private let store: any CopyStore
    private let run: CopyRun
    private(set) var report: SyncReport
    private var receipts: [CopyReceipt] = []

    init(_ copy: OpenedCopy, _ store: any CopyStore, of archive: Archive, _ run: CopyRun) {
        self.archive = archive
        self.copy = copy
        self.store = store
        self.run = run
        report = SyncReport(name: copy.entry.name)
    }

    /// Copies the dossiers that the store lacks; with `only`, none but those.
    mutating func copyObjects(only chosen: Set<ObjectIdentifier>?) throws {
        do {
            tellBack()
            report.findings += copy.covers.map { $0.finding(in: copy.entry.name) }
            try store.clearLeftovers()
            if copy.isBack { try takeLost() }
            let id = copy.entry.store
            if let chosen {
                for object in chosen.sorted() {
                    if let lacking = try archive.catalog.lacking(id, object) { try take(lacking) }
                }
            } else {
                try archive.catalog.forEachLacking(id) { lacking in
                    try take(lacking)
                    return true
                }
            }
            try enterReceipts()
        } catch {
            // What was taken is told whatever ended the run.
            try enterReceipts()
            try giveUp(error)
        }
    }

    /// A store whose ledger ends before the place to which it was brought is told of, whatever becomes of the run.
    private mutating func tellBack() {
        guard copy.isBack, let ledger = copy.ledger else { return }
        report.findings +=
            archive.backFinding(ledger, copy.mark, copy.entry.name).map { [$0] } ?? []
    }

    /// Looks at every dossier that the store gave its word for, and takes anew what is not there as it was (invariant S5).
    private mutating func takeLost() throws {
        var held: [ObjectIdentifier] = []
        try archive.catalog.forEachHolding { object, _, stores in
            if stores.contains(copy.entry.store) { held.append(object) }
        }
        for object in held {
            try archive.world.stopIfInterrupted()
            guard let inventory = try archive.catalog.inventoryDigest(of: object),
                try store.inventoryDigest(of: object) != inventory
            else { continue }
            // An earlier word counts for nothing here: what is found is read back.
            try take(object, inventory, received: 0)
        }
    }

    private mutating func take(_ lacking: LackingCopy) throws {
        try take(
            lacking.object, lacking.inventory, received: copy.isBack ? 0 : lacking.received)
    }

    private mutating func take(
        _ object: ObjectIdentifier, _ inventory: Digest, received: Int
    ) throws {
        try archive.world.stopIfInterrupted()
        let wanted = CopiedObject(
            object, inventory: inventory, in: archive.objects, received: received)
        let outcome: CopyOutcome
        do {
            outcome = try store.take(wanted, run)
        } catch let failure as FolderMisplaced {
            try store.requireStanding()
            return tell(failure.place)
        }
        // A disk that left, or was exchanged, gives no word and lays no blame on the original (invariant S1).
        try store.requireStanding()
        switch outcome {
        case .held(let receipt):
            receipts.append(receipt)
            report.taken += 1
            report.bytes += receipt.bytes
            if receipts.count >= Self.mostReceipts { try enterReceipts() }
        case .sourceDamaged(let findings):
            report.lacking += 1
            report.findings.append(
                Finding(
                    .copySourceDamaged, subject: object.text,
                    ["store": copy.entry.name, "detail": findings.first?.code.text ?? ""]))
        case .different:
            report.lacking += 1
            report.findings.append(
                Finding(
                    .copyDifferent, subject: object.text, ["store": copy.entry.name]))
        }
    }

    /// A dossier of which a folder is none there is not taken; of each such place is told once.
    private mutating func tell(_ place: WrongPlace) {
        report.lacking += 1
        let finding = place.finding
        if !report.findings.contains(finding) { report.findings.append(finding) }
    }

    /// One entry for what a store said it holds; the list stands in the details.
    private mutating func enterReceipts() throws {
        guard !receipts.isEmpty else { return }
        var chance = Chance(archive.world)
        let list: [JSONValue] = receipts.map { receipt in
            var members: [String: JSONValue] = [
                "object": .string(receipt.object.text),
                "version": .number(Int64(receipt.version)),
                "inventory": .string("sha512:" + receipt.inventory.hex),
            ]
            if !receipt.marks.isEmpty {
                members["marks"] = .object(receipt.marks.mapValues { .string($0) })
            }
            return .object(members)
        }
        let detail = try archive.details.keep(["copies": .array(list)], salt: &chance)
        let bytes = receipts.reduce(0) { $0 + $1.bytes }
        let count = receipts.count
        receipts.removeAll()
        try archive.record(
            archive.draft(
                LedgerAct.replicate, "replication", details: detail,
                facts: [
                    "copy": .string(copy.entry.store.text), "versions": .number(Int64(count)),
                    "bytes": .number(bytes),
                ].merging(lockFacts()) { one, _ in one }))
    }

    /// Until when a vault holds what it just took.
    private func lockFacts() -> [String: JSONValue] {
        VaultLocks(archive, copy.entry, store)?.given.map {
            ["lockedUntil": .string($0.utcSecondsText)]
        } ?? [:]
    }

    /// Keeps what lies in a vault locked.
    mutating func prolongLocks() throws {
        guard report.isReached else { return }
        do {
            report.findings += try VaultLocks(archive, copy.entry, store)?.prolong() ?? []
        } catch {
            try giveUp(error)
        }
    }

    /// Brings the ledger with all that its entries name, then the checkpoint.
    mutating func copyLedger() throws {
        guard report.isReached else { return }
        do {
            let ledger = try CopyLedger(of: store, beside: archive.ledger)
            try store.requireStanding()
            guard ledger.relation == .prefix else {
                // Another machine has written there since this one looked.
                report.isReached = false
                report.findings.append(
                    Finding(
                        .copyStoreAhead, subject: copy.entry.name,
                        ["detail": "\(ledger.head.count)", "at": copy.entry.location.text]))
                return
            }
            try raiseEpoch()
            let changed = try archive.changedCheckpoints(in: store, ledger, copy.mark)
            var sync = LedgerSync(archive, store, run, after: ledger, isWhole: copy.isBack)
            let note = MendingNote(archive, in: copy.entry.store, of: nil)
            if copy.isBack {
                // What an audit noted of it is brought anew, and was no passing fault.
                try note.add(
                    MendingNote.Line(
                        damage: FileDamage(CopyLedgerRepair.path, .truncated),
                        source: ArchiveLayout.firstStore))
            }
            try sync.copy(replacing: changed, noting: note)
            try store.requireStanding()
            report.findings += sync.findings
            report.findings += changed.map {
                Finding(.copyFileWrong, subject: $0, ["store": copy.entry.name])
            }
            try archive.keep(sync.mark, of: copy.entry.store)
        } catch {
            try giveUp(error)
        }
    }

    /// A machine that led before is refused by every store that it meets.
    private func raiseEpoch() throws {
        guard
            let card = try store.ownCard(
                copy.entry.store, of: archive.configuration.archive)?.card,
            card.epoch < archive.card.epoch
        else { return }
        try store.replaceCard(
            StoreCard(
                archive: card.archive, store: card.store, epoch: archive.card.epoch,
                created: card.created))
    }

    /// A store that fails costs the archive nothing: it is told, and the next run goes on.
    private mutating func giveUp(_ error: any Error) throws {
        let cause = cause(of: error)
        guard let finding = archive.finding(of: cause, copy.entry) else { throw error }
        report.isReached = false
        report.findings.append(finding)
    }

    /// What is missing or unreadable on a disk that left is no failure of the object.
    private func cause(of error: any Error) -> any Error {
        guard error is StorageFailure else { return error }
        do {
            try store.requireStanding()
        } catch let gone {
            return gone
        }
        return error
    }
}

extension Archive {
    /// A failure of a copy's own disk or server as a finding; nil for one that is the archive's own.
    func finding(of error: any Error, _ entry: StoreEntry) -> Finding? {
        let code: FindingCode
        let detail: String
        switch error {
        case let failure as CopyStoreFailure:
            code = failure.code
            detail = failure.text
        case let failure as FileFailure where isOfCopy(failure, entry):
            code = failure.isOfSpace ? .copyStoreFull : .copyStoreAway
            detail = failure.errno.description
        default: return nil
        }
        return entry.finding(code, code == .copyStoreAhead ? .error : .warning, detail)
    }
}

extension CopyStoreFailure {
    /// What a store that cannot be worked with is told as.
    fileprivate var code: FindingCode {
        switch reason {
        case .full: .copyStoreFull
        case .overtaken: .copyStoreAhead
        case .refused, .credentials: .copyStoreRefused
        case .away, .noBucket, .noLocks, .failed: .copyStoreAway
        }
    }
}

extension FileFailure {
    /// Whether the disk has no room, or the account's share of it is used up.
    var isOfSpace: Bool { errno == .noSpace || errno == .diskQuotaExceeded }
}
