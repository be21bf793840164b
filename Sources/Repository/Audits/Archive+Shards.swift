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
            finished: started, stores: [], absent: absent,
            isNamed: !request.stores.isEmpty)
        for target in targets {
            let audit = try objectAudit(target, request, progress)
            var reading = ShardReading(target, audit, isDeep: request.isDeep, of: self)
            try reading.read(shard, request)
            report.stores.append(reading.store)
            report.absent += reading.absence.map { [$0] } ?? []
        }
        report.finished = world.now()
        return report
    }

    /// Ends a run before it reads where its report has no place: inside an archive or store, or where a file is.
    package func requirePlace(forReportAt path: FilePath) throws {
        try requireOutside(path)
        guard try world.volume.status(path) == nil else {
            throw ArchiveFailure(.targetExists, subject: path.string)
        }
        let parent = path.removingLastComponent()
        guard try world.volume.status(parent.appending(".")) != nil else {
            throw ArchiveFailure(
                .usage, subject: parent.string,
                ["detail": "không có thư mục · no folder \(parent.string)"])
        }
    }

    /// Ends a command before it works where what it is to write would lie inside an archive or store.
    package func requireOutside(_ path: FilePath) throws {
        try ExportTarget.requireOutside(path, volume: world.volume)
    }

    /// Writes a report where no file is.
    package func write(_ report: ShardReport, to path: FilePath) throws {
        try requirePlace(forReportAt: path)
        try world.volume.writeDurably(report.bytes, to: path)
    }
}
