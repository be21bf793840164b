import Auditing
import Cataloging
import Evidence
import Files
import Records
import Storage
package import SystemPackage

/// Audits that spread over machines: each reads a part, and its report is brought in afterwards.
extension Archive {
    /// Reads one part of the stores and writes nothing in the archive; whoever may read may do it.
    package func auditShard(
        _ shard: AuditShard, _ request: AuditRequest,
        progress: @escaping (Int) throws -> Void
    ) throws -> ShardReport {
        guard let known = try catalog.ledgerHead else { throw suspect("LOG_TREE_SHRUNK 0") }
        head = try ledger.head(size: known.size, count: known.count, last: known.last)
        let (targets, absent) = try auditTargets(request.stores)
        var chance = Chance(world)
        let started = world.now()
        var report = ShardReport(
            archive: configuration.archive, run: ObjectIdentifier(using: &chance), shard: shard,
            isDeep: request.isDeep, agent: world.agent, ledger: head, started: started,
            finished: started, stores: [], absent: absent)
        for target in targets {
            let audit = try objectAudit(target, request, progress)
            var reading = ShardReading(
                ShardReport.Store(
                    store: target.store ?? card.store,
                    report: StoreAuditReport(store: target.name), objects: []), audit)
            try reading.read(shard, request, target, of: self)
            report.stores.append(reading.store)
        }
        report.finished = world.now()
        return report
    }

    /// Ends a run before it reads where a file is already that its report would replace.
    package func requireNothing(at path: FilePath) throws {
        guard try world.volume.status(path) == nil else {
            throw ArchiveFailure(.targetExists, subject: path.string)
        }
    }

    /// Writes a report where no file is.
    package func write(_ report: ShardReport, to path: FilePath) throws {
        try requireNothing(at: path)
        try world.volume.writeDurably(report.bytes, to: path)
    }
}

/// The reading of one part of one store.
private struct ShardReading {
    private(set) var store: ShardReport.Store
    private let audit: any ObjectAudit
    private var damaged: Set<ObjectIdentifier> = []

    init(_ store: ShardReport.Store, _ audit: any ObjectAudit) {
        self.store = store
        self.audit = audit
    }

    /// The first part also reads what belongs to no dossier.
    mutating func read(
        _ shard: AuditShard, _ request: AuditRequest, _ target: AuditTarget, of archive: Archive
    ) throws {
        if shard.number == 1 {
            store.report.findings += try archive.beside(target) + audit.rootFindings()
        }
        var window = AuditWindow(audit, request, archive.world)
        try archive.catalog.forEachReadable(in: target.store, notSince: nil, due: nil) { copy in
            guard shard.holds(copy.object) else { return true }
            return try window.begin(copy.object, inventory: copy.inventory) { object, found in
                take(found, object)
                store.objects.append(object)
            }
        }
        try window.finish { object, found in
            take(found, object)
            store.objects.append(object)
        }
        store.report.isComplete = !window.isStopped
        guard shard.number == 1, store.report.isComplete else { return }
        try audit.forEachStray { stray in
            if stray.object != nil {
                store.report.findings.append(
                    Finding(.objectWithoutEntry, subject: stray.subject))
            }
            try take(audit.inspect(stray, inventory: nil), stray.object)
        }
    }

    private mutating func take(_ found: ObjectAuditResult, _ object: ObjectIdentifier?) {
        store.report.checked += 1
        store.report.bytes += found.bytes
        if let object, found.isDamaged { damaged.insert(object) }
        store.report.damaged = damaged.count
        store.report.findings += found.findings
    }
}
