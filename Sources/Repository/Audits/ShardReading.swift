import Auditing
import Cataloging
import Records
import Storage

/// The reading of one part of one store, beside an archive that may go on working meanwhile.
///
/// A writer may stand between two steps, and the catalog be behind: what such a moment makes wrong is looked at twice.
/// Nobody writes in a file that is stored, so that bytes which differ once are a finding, though they be right later.
struct ShardReading {
    /// Looks after the first one, where each finds something else.
    private static let mostLooks = 5
    /// Longer than a writer stands between two steps.
    private static let wait = Duration.milliseconds(500)

    /// A dossier in which something was wrong when it was last looked at.
    private struct Doubt {
        let object: ObjectIdentifier
        let found: ObjectAuditResult
    }

    private(set) var store: ShardReport.Store
    /// That the store left before all of it was read; nil where it did not.
    private(set) var absence: Finding?
    private let audit: any ObjectAudit
    private let target: AuditTarget
    private let archive: Archive
    private let isDeep: Bool
    private var doubts: [Doubt] = []
    /// Those of the doubts that a later look ended.
    private var settled: Set<ObjectIdentifier> = []

    init(
        _ target: AuditTarget, _ audit: any ObjectAudit, isDeep: Bool, of archive: Archive
    ) {
        store = ShardReport.Store(
            store: target.store ?? archive.card.store,
            report: StoreAuditReport(store: target.name), objects: [])
        self.audit = audit
        self.isDeep = isDeep
        self.target = target
        self.archive = archive
    }

    /// Reads as long as the store is there; what was read before it left counts, and nothing that is missing since.
    ///
    /// What counts as damaged follows from the findings, as whoever takes the report proves.
    mutating func read(_ shard: AuditShard, _ request: AuditRequest) throws {
        do {
            try readAll(shard, request)
            try target.requireAnswer()
        } catch {
            absence = archive.absence(after: error, of: target)
            guard absence != nil else { throw error }
            let doubted = Set(doubts.map(\.object)).subtracting(settled)
            store.objects.removeAll { doubted.contains($0) }
            store.report.isComplete = false
        }
        store.report.damaged =
            store.damagedDossiers(by: store.report.findings, isDeep: isDeep).count
    }

    /// The first part also reads what belongs to no dossier.
    private mutating func readAll(_ shard: AuditShard, _ request: AuditRequest) throws {
        if shard.number == 1 { store.report.findings += try besideFindings() }
        var window = AuditWindow(audit, request, archive.world)
        try archive.catalog.forEachReadable(in: target.store, notSince: nil, due: nil) { copy in
            guard shard.holds(copy.object) else { return true }
            return try window.begin(copy.object, inventory: copy.inventory) { object, found in
                try judge(found, object)
            }
        }
        try window.finish { object, found in try judge(found, object) }
        try settle()
        store.report.isComplete = !window.isStopped
        guard shard.number == 1, store.report.isComplete else { return }
        for stray in try strays() {
            let found = try archive.judge(stray, by: audit, in: target)
            if !found.findings.isEmpty { try target.requireAnswer() }
            take(found)
        }
    }

    private mutating func judge(_ found: ObjectAuditResult, _ object: ObjectIdentifier) throws {
        if !found.findings.isEmpty { try target.requireAnswer() }
        store.objects.append(object)
        let isOfBytes = found.findings.contains { $0.code == .contentDigestWrong }
        if found.findings.containsErrors, !isOfBytes {
            doubts.append(Doubt(object: object, found: found))
        } else {
            take(found)
        }
    }

    /// Judges again what was wrong, by what the ledger says of it now.
    private mutating func settle() throws {
        for _ in 1...Self.mostLooks where !doubts.isEmpty {
            archive.world.pause(Self.wait)
            var left: [Doubt] = []
            for doubt in doubts {
                try archive.world.stopIfInterrupted()
                let found = try audit.inspect(
                    audit.place(of: doubt.object), inventory: inventory(after: doubt))
                if !found.findings.isEmpty { try target.requireAnswer() }
                if Set(found.findings).isSubset(of: doubt.found.findings) {
                    settled.insert(doubt.object)
                    take(found)
                } else {
                    left.append(Doubt(object: doubt.object, found: found))
                }
            }
            doubts = left
        }
        for doubt in doubts { take(doubt.found) }
        doubts = []
    }

    /// What the ledger says now of a dossier's inventory; of a later version where a copy got it, and no receipt yet.
    private func inventory(after doubt: Doubt) throws -> Digest? {
        let current = try archive.catalog.inventoryDigest(of: doubt.object)
        guard let id = target.store, let current else { return current }
        let isHere = doubt.found.findings.contains {
            $0.code == .inventoryReplaced && $0.facts["found"] == current.hex
        }
        let held = try archive.catalog.copies(of: doubt.object).first { $0.store == id }?.version
        guard !isHere, let held else { return current }
        return try archive.catalog.object(doubt.object, version: held)?.inventorySHA512
    }

    /// What stands beside the dossiers and is wrong at both of two looks, as the second one tells it.
    private func besideFindings() throws -> [Finding] {
        let first = try archive.beside(target) + audit.rootFindings()
        guard !first.isEmpty else { return [] }
        archive.world.pause(Self.wait)
        let again = try archive.beside(target) + audit.rootFindings()
        try target.requireAnswer()
        return again.filter { finding in
            first.contains { $0.code == finding.code && $0.subject == finding.subject }
        }
    }

    /// Folders of which no entry tells at either of two looks.
    private func strays() throws -> [AuditedPlace] {
        var first: [AuditedPlace] = []
        try audit.forEachStray { first.append($0) }
        guard !first.isEmpty else { return [] }
        archive.world.pause(Self.wait)
        var again: Set<AuditedPlace> = []
        try audit.forEachStray { again.insert($0) }
        return first.filter { again.contains($0) }
    }

    private mutating func take(_ found: ObjectAuditResult) {
        store.report.checked += 1
        store.report.bytes += found.bytes
        store.report.findings += found.findings
    }
}
