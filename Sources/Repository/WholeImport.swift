import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// A fresh archive becomes the one that was exported: same identifier, same ledger, same bytes (`docs/export.md`).
struct WholeImport {
    private let layout: ArchiveLayout
    private let configuration: Configuration
    private let store: StoreLayout
    private let world: World
    private let source: ExportLayout
    private let card: ExportCard
    private let ending: ExportCard.Ending
    private let objects: ObjectImport
    private let copy: FileCopy
    private var findings: [Finding] = []
    private var refused: [ObjectIdentifier] = []
    private var bytes: Int64 = 0

    init(
        _ layout: ArchiveLayout, _ configuration: Configuration, _ source: FilePath,
        _ card: ExportCard, _ ending: ExportCard.Ending, in world: World,
        progress: @escaping (Int) throws -> Void
    ) {
        self.layout = layout
        self.configuration = configuration
        self.world = world
        self.card = card
        self.ending = ending
        self.source = ExportLayout(root: source)
        store = StoreLayout(root: Archive.storeRoot(configuration, layout))
        objects = ObjectImport(
            from: ObjectStore(layout: StoreLayout(root: source), volume: world.volume),
            to: ObjectStore(layout: store, volume: world.volume), volume: world.volume,
            progress: progress)
        copy = FileCopy(
            volume: world.volume, aside: layout.root.appending(".copy.aside"),
            buffer: objects.buffer, progress: progress)
    }

    /// Verifies the export, then imports what is whole and trusted; the lock is held.
    mutating func run(
        verifying verify: () throws -> ExportVerification
    ) throws -> ImportReport {
        let marker = try ImportMarker.read(layout, in: world)
        try requireReady(marker)
        guard world.now() >= (try sourceEnd()) else {
            throw LedgerFailure(.clockBehind, sequence: ending.ledger.count)
        }
        var verification: ExportVerification?
        if marker?.phase != .switching {
            let verified = try verify()
            verification = verified
            guard isWorthwhile(verified), try isCatalogable(),
                try areRegistersSound(verified)
            else {
                return report(verified, dossiers: nil)
            }
            // What the ledger names and the export does not hold is not taken either.
            refused = verified.survey.inventories.keys.filter {
                !verified.accepted.contains($0) && !verified.refused.contains($0)
            }
            try mark(.copying)
            try takeObjects(verified)
            try stage(verified)
            try mark(.switching)
        }
        try ImportSwitch(
            layout: layout, store: store, founded: marker?.founded ?? configuration.archive,
            copy: copy, world: world
        ).run()
        let counts = try Catalog.open(at: layout.catalog.string, readOnly: true).counts()
        let unreadable = Int64(verification.map { $0.refused.count + refused.count } ?? 0)
        return report(verification, dossiers: Int64(counts.dossiers) - unreadable)
    }

    /// Without a marker the archive must be as `init` made it; with one it must be this very import's.
    private func requireReady(_ marker: ImportMarker?) throws {
        if let marker {
            guard marker.archive == card.archive, marker.last == ending.ledger.last else {
                throw ArchiveFailure(
                    .importUnfinished, subject: layout.root.string, ["source": marker.source])
            }
            return
        }
        var survey = LedgerSurvey()
        _ = try Ledger(folder: store.ledger, volume: world.volume).read { entry, _ in
            survey.take(entry)
        }
        var count = 0
        try objects.target.forEachObject { _, _ in count += 1 }
        guard count == 0, survey.acts.isSubset(of: [LedgerAct.initialise, LedgerAct.policy]),
            survey.isAsFounded
        else { throw ArchiveFailure(.importNotFresh, subject: layout.root.string) }
    }

    /// When the exported ledger's last entry was made.
    private func sourceEnd() throws -> Instant {
        let ledger = Ledger(folder: source.ledger, volume: world.volume)
        do {
            let head = ending.ledger
            return try ledger.head(size: head.size, count: head.count, last: head.last).at
        } catch is LedgerFailure {
            // The verification has found the same, and nothing will be imported.
            return Instant(microseconds: .min)
        }
    }

    /// Whether ledger and card are sound and at least one dossier, where there are any, can be taken.
    private func isWorthwhile(_ verification: ExportVerification) -> Bool {
        let fatal: Set<FindingCode> = [
            .exportCardWrong, .exportUnfinished, .exportLedgerWrong, .ledgerInconsistent,
            .checkpointWrong,
        ]
        if verification.findings.contains(where: { fatal.contains($0.code) }) { return false }
        return !verification.accepted.isEmpty || verification.survey.inventories.isEmpty
    }

    /// A hostile ledger may name one dossier twice: that must come out before anything is changed.
    private mutating func isCatalogable() throws -> Bool {
        let ledger = Ledger(folder: source.ledger, volume: world.volume)
        let isGood = try Archive.isCatalogable(
            ledger, objects: objects.target, layout, in: world)
        if !isGood {
            findings.append(
                Finding(
                    .exportLedgerWrong, subject: ExportLayout.wholeLedger,
                    ["line": String(ending.ledger.count)]))
        }
        return isGood
    }

    /// What is entered here later is held against the registers: they must not contradict themselves (invariant P2).
    private mutating func areRegistersSound(_ verification: ExportVerification) throws -> Bool {
        let faults = try RegisterSurvey(
            verification.survey.policy, in: source.policy, volume: world.volume
        ).findings
        findings += faults
        return faults.isEmpty
    }

    private func mark(_ phase: ImportMarker.Phase) throws {
        try ImportMarker(
            archive: card.archive, founded: configuration.archive, last: ending.ledger.last,
            source: source.root.string, phase: phase
        ).write(layout, copy: copy, in: world)
    }

    private mutating func takeObjects(_ verification: ExportVerification) throws {
        for object in verification.accepted.sorted() {
            guard let inventory = verification.survey.inventories[object] else { continue }
            let faults = try objects.take(object, inventory: inventory)
            if !faults.isEmpty {
                findings += faults
                refused.append(object)
            }
        }
    }

    /// Builds ledger, policy, details and the store's card aside.
    private func stage(_ verification: ExportVerification) throws {
        try ImportStaging(
            layout: layout, store: store, source: source, configuration: configuration,
            survey: verification.survey, copy: copy, world: world
        ).build(
            ending.ledger, archive: card.archive,
            facts: [
                "dossiers": .number(
                    Int64(verification.survey.inventories.count - refused.count)
                        - Int64(verification.refused.count)),
                "refused": .number(Int64(verification.refused.count + refused.count)),
                "entries": .number(ending.ledger.count),
            ])
    }

    private func report(_ verification: ExportVerification?, dossiers: Int64?)
        -> ImportReport
    {
        let all = (refused + (verification?.refused ?? [])).sorted()
        let before = verification?.findings ?? []
        let distrust = verification?.trustFindings ?? []
        let refusals = all.map { Finding(.importRefused, subject: $0.text) }
        return ImportReport(
            archive: card.archive, isWhole: true, isDone: dossiers != nil, dossiers: dossiers ?? 0,
            bytes: verification?.bytes ?? 0, entries: ending.ledger.count, refused: all,
            fingerprints: verification?.trusted.map(\.fingerprint) ?? [],
            findings: before + distrust + findings + refusals,
            isOnlyUntrusted: !before.containsErrors && !findings.containsErrors
                && !distrust.isEmpty)
    }
}
