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
        let stores = try StoreHistory(self)
        try catalog.forEachEvent(
            of: [
                LedgerAct.replicate, LedgerAct.repair, LedgerAct.store, LedgerAct.drill,
            ], from: begin, before: end
        ) { event in
            try world.stopIfInterrupted()
            add(event, stores, to: &report)
        }
        report.runs = try runs(stores, from: begin, before: end)
        report.incidents = try incidents(onlyOpen: false).filter {
            begin <= $0.opened && $0.opened < end
        }.reversed()
        return report
    }

    /// Midnight of a day in Vietnam.
    private static func start(of day: CivilDate) -> Instant? {
        day.day == nil ? nil : Instant(day.isoText + "T00:00:00+07:00")
    }

    private func add(
        _ event: CatalogedEvent, _ stores: StoreHistory, to report: inout ActivityReport
    ) {
        let facts = (try? JSONValue(parsing: event.line.utf8))?["facts"]
        let id = facts?["copy"]?.stringValue.flatMap { ObjectIdentifier($0) }
        let store = stores.store(id, at: event.at)
        switch event.act {
        case LedgerAct.replicate: add(event, facts, store, toBackupsOf: &report)
        case LedgerAct.repair:
            report.repairs.append(
                ActivityReport.Repair(
                    at: event.at, store: store, object: event.object,
                    kind: facts?["kind"]?.stringValue.flatMap { DamageKind(rawValue: $0) },
                    ending: facts?["ending"]?.stringValue.flatMap {
                        RepairItem.Ending(rawValue: $0)
                    },
                    source: facts?["source"]?.stringValue,
                    transferred: facts?["transferred"]?.numberValue ?? 0, agent: event.agent))
        default:
            // A change of stores names the one that it is about.
            let name = event.act == LedgerAct.store ? facts?["name"]?.stringValue : nil
            report.events.append(
                ActivityReport.Event(
                    at: event.at, act: event.act, change: facts?["change"]?.stringValue ?? "",
                    store: name.map { changed(facts, store, named: $0) } ?? store,
                    outcome: event.outcome, agent: event.agent))
        }
    }

    /// The runs that read in these days, whenever the reports of their parts came in.
    private func runs(
        _ stores: StoreHistory, from begin: Instant, before end: Instant
    ) throws -> [ActivityReport.Run] {
        try catalog.auditRuns(from: begin, before: end).compactMap { run in
            try world.stopIfInterrupted()
            guard let event = try catalog.events(from: run.sequence, limit: 1).first,
                event.act == LedgerAct.audit
            else { return nil }
            let facts = (try? JSONValue(parsing: event.line.utf8))?["facts"]
            return self.run(event, facts, run, stores)
        }
    }

    private func run(
        _ event: CatalogedEvent, _ facts: JSONValue?, _ run: AuditRun,
        _ stores: StoreHistory
    ) -> ActivityReport.Run {
        ActivityReport.Run(
            started: run.startedAt, ended: run.finishedAt,
            store: stores.store(run.store, at: run.finishedAt),
            scope: facts?["scope"]?.stringValue ?? "",
            checked: facts?["checked"]?.numberValue ?? 0, bytes: facts?["bytes"]?.numberValue ?? 0,
            damaged: facts?["damaged"]?.numberValue ?? 0,
            isComplete: facts?["complete"]?.booleanValue ?? true,
            hasFailed: event.outcome == LedgerDraft.Outcome.fail.rawValue, agent: event.agent)
    }

    private func add(
        _ event: CatalogedEvent, _ facts: JSONValue?, _ store: ActivityReport.Store,
        toBackupsOf report: inout ActivityReport
    ) {
        let day = String(event.at.vietnamText.prefix(10))
        let versions = facts?["versions"]?.numberValue ?? 0
        let bytes = facts?["bytes"]?.numberValue ?? 0
        // Acts come in the ledger's order, so a day's rows stand at the end.
        let index = report.backups.lastIndex { $0.day == day && $0.store == store }
        if let index {
            report.backups[index].receipts += 1
            report.backups[index].versions = report.backups[index].versions
                .saturatingSum(versions)
            report.backups[index].bytes = report.backups[index].bytes.saturatingSum(bytes)
            report.backups[index].last = event.at
            return
        }
        report.backups.append(
            ActivityReport.Backup(
                day: day, store: store, receipts: 1, versions: versions, bytes: bytes,
                first: event.at, last: event.at, agent: event.agent))
    }

    /// The store that a change is about: the one that was promoted, else the one that came, left or changed.
    private func changed(
        _ facts: JSONValue?, _ store: ActivityReport.Store, named name: String
    ) -> ActivityReport.Store {
        let leader = facts?["store"]?.stringValue.flatMap { ObjectIdentifier($0) }
        return ActivityReport.Store(
            id: leader ?? store.id, name: name, medium: store.medium, place: store.place)
    }
}
