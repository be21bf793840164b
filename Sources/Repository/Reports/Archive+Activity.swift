import Cataloging
import Evidence
package import Records

extension Archive {
    /// What was done for the safety of the records from one day to another, both included, in Vietnam's time.
    package func activity(from: CivilDate, to: CivilDate) throws -> ActivityReport {
        guard let begin = Self.start(of: from), let last = Self.start(of: to), begin <= last else {
            throw ArchiveFailure(
                .usage, subject: "audit report", ["detail": "--from ≤ --to: YYYY-MM-DD"])
        }
        let end = Instant(seconds: last.seconds + 86_400)
        let counts = try catalog.counts()
        var report = ActivityReport(
            agencyName: configuration.agencyName, agencyCode: configuration.agencyCode,
            archive: configuration.archive, from: from, to: to,
            dossiers: Int64(counts.dossiers), documents: Int64(counts.documents),
            bytes: counts.tarBytes)
        try catalog.forEachEvent(
            of: [
                LedgerAct.audit, LedgerAct.replicate, LedgerAct.repair, LedgerAct.store,
                LedgerAct.drill,
            ], from: begin, before: end
        ) { event in
            try world.stopIfInterrupted()
            try add(event, to: &report)
        }
        report.incidents = try incidents(onlyOpen: false).filter {
            begin <= $0.opened && $0.opened < end
        }.reversed()
        return report
    }

    /// Midnight of a day in Vietnam.
    private static func start(of day: CivilDate) -> Instant? {
        day.day == nil ? nil : Instant(day.isoText + "T00:00:00+07:00")
    }

    private func add(_ event: CatalogedEvent, to report: inout ActivityReport) throws {
        let facts = (try? JSONValue(parsing: event.line.utf8))?["facts"]
        let id = facts?["copy"]?.stringValue.flatMap { ObjectIdentifier($0) }
        switch event.act {
        case LedgerAct.audit: report.runs.append(run(event, facts, id))
        case LedgerAct.replicate: add(event, facts, id, toBackupsOf: &report)
        case LedgerAct.repair:
            report.repairs.append(
                ActivityReport.Repair(
                    at: event.at, store: name(ofStore: id), object: event.object,
                    kind: facts?["kind"]?.stringValue.flatMap { DamageKind(rawValue: $0) },
                    ending: facts?["ending"]?.stringValue.flatMap {
                        RepairItem.Ending(rawValue: $0)
                    },
                    source: facts?["source"]?.stringValue,
                    transferred: facts?["transferred"]?.numberValue ?? 0, agent: event.agent))
        default:
            report.events.append(
                ActivityReport.Event(
                    at: event.at, act: event.act, change: facts?["change"]?.stringValue ?? "",
                    store: name(ofStore: id), outcome: event.outcome, agent: event.agent))
        }
    }

    private func run(
        _ event: CatalogedEvent, _ facts: JSONValue?, _ store: ObjectIdentifier?
    ) -> ActivityReport.Run {
        ActivityReport.Run(
            started: facts?["started"]?.stringValue.flatMap { Instant($0) } ?? event.at,
            ended: event.at, store: name(ofStore: store),
            scope: facts?["scope"]?.stringValue ?? "",
            checked: facts?["checked"]?.numberValue ?? 0, bytes: facts?["bytes"]?.numberValue ?? 0,
            damaged: facts?["damaged"]?.numberValue ?? 0,
            isComplete: facts?["complete"]?.booleanValue ?? true,
            hasFailed: event.outcome == LedgerDraft.Outcome.fail.rawValue, agent: event.agent)
    }

    private func add(
        _ event: CatalogedEvent, _ facts: JSONValue?, _ store: ObjectIdentifier?,
        toBackupsOf report: inout ActivityReport
    ) {
        let day = String(event.at.vietnamText.prefix(10))
        let name = name(ofStore: store)
        let versions = facts?["versions"]?.numberValue ?? 0
        let bytes = facts?["bytes"]?.numberValue ?? 0
        // Acts come in the ledger's order, so a day's rows stand at the end.
        let index = report.backups.lastIndex { $0.day == day && $0.store == name }
        if let index {
            report.backups[index].receipts += 1
            report.backups[index].versions = report.backups[index].versions
                .saturatingSum(versions)
            report.backups[index].bytes = report.backups[index].bytes.saturatingSum(bytes)
            report.backups[index].last = event.at
            return
        }
        let entry = configuration.stores.first { $0.store == store }
        report.backups.append(
            ActivityReport.Backup(
                day: day, store: name, medium: entry?.medium.rawValue ?? "",
                place: entry?.place ?? "", receipts: 1, versions: versions, bytes: bytes,
                first: event.at, last: event.at, agent: event.agent))
    }

    /// A store's name; one that left is named by its identifier.
    private func name(ofStore store: ObjectIdentifier?) -> String {
        guard let store else { return ArchiveLayout.firstStore }
        return configuration.stores.first { $0.store == store }?.name ?? store.text
    }
}
