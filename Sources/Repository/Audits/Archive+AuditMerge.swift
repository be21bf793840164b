import Cataloging
import Evidence
import Files
import Records
import Storage
package import SystemPackage

extension Archive {
    /// Most reports of one run.
    private static let mostReports = 10_000

    /// Brings the reports of a run's parts in, as one run a store; reports may come from anybody and are proved first.
    package func mergeAudits(_ paths: [FilePath]) throws -> AuditReport {
        try requireOwnPlaces()
        guard (1...Self.mostReports).contains(paths.count) else {
            throw refused(paths.first?.string ?? "", "1…\(Self.mostReports)")
        }
        let dossiers = try catalog.counts().dossiers
        var reports: [TakenReport] = []
        for path in paths {
            guard let bytes = try reportBytes(path), let report = ShardReport(bytes)
            else { throw refused(path.string, "luutru-audit-report 1") }
            try prove(report, path.string, knowing: dossiers)
            try prove(report, path.string, beside: reports.first?.report)
            guard !reports.contains(where: { $0.report.shard == report.shard }) else {
                throw refused(path.string, report.shard.text)
            }
            reports.append(
                TakenReport(
                    report: report, sha256: ShardReport.digest(of: bytes), path: path.string))
        }
        reports.sort { $0.report.shard.number < $1.report.shard.number }
        let stores = try unmerged(reports).map { try enter($0, reports) }
        return AuditReport(stores: stores, absent: [], isNamed: false)
    }

    /// The stores of which none of the reports was entered: a merge that a crash ended goes on with those.
    private func unmerged(_ reports: [TakenReport]) throws -> [ObjectIdentifier] {
        let merged = try MergedReports(self)
        let stores = reports[0].report.stores.map(\.store)
        let left = stores.filter { store in
            !reports.contains { merged.hold($0.report.run, of: store) }
        }
        let known = reports.first { part in
            stores.contains { merged.hold(part.report.run, of: $0) }
        }
        if left.isEmpty, let known {
            throw refused(
                known.path, "đã nhập rồi · was merged before: \(known.report.run.text)")
        }
        return left
    }

    /// The bytes of a report; nil where the file is too large, or no file stands there.
    private func reportBytes(_ path: FilePath) throws -> [UInt8]? {
        do {
            return try world.volume.readIfSmall(path, limit: ShardReport.limit)
        } catch  where [Errno.isDirectory, .invalidArgument].contains(error.errno) {
            return nil
        }
    }

    private func refused(_ path: String, _ detail: String) -> ArchiveFailure {
        ArchiveFailure(.auditReport, subject: path, ["detail": detail])
    }

    /// Whether a report is of this archive, grew out of its ledger and tells of what its stores hold.
    private func prove(
        _ report: ShardReport, _ path: String, knowing dossiers: Int
    ) throws {
        guard report.archive == configuration.archive else {
            throw refused(path, report.archive.text)
        }
        do {
            let then = try ledger.head(
                size: report.ledger.size, count: report.ledger.count, last: report.ledger.last)
            guard then.count <= head.count, report.started >= then.at,
                report.finished <= world.now()
            else { throw refused(path, "LOG_INCONSISTENT") }
        } catch is LedgerFailure {
            throw refused(path, "LOG_INCONSISTENT")
        }
        // Of a part that found no store there is nothing to enter: it is run again.
        guard !report.isEmpty else { throw refused(path, "stores: []") }
        for store in report.stores {
            let id = try copyIdentifier(of: store.store, path)
            // Beside the dossiers there is only what a finding tells of.
            let most = dossiers + store.report.findings.count
            guard store.report.store == storeName(id) else {
                throw refused(path, "\(store.store.text): name \(store.report.store)")
            }
            guard store.report.checked <= most else {
                throw refused(path, "checked \(store.report.checked) > \(most)")
            }
            let witness = configuration.witness.file.map { FilePath($0).string }
            if let contradiction = store.contradiction(in: report, witness: witness) {
                throw refused(path, contradiction)
            }
            try requireEntries(of: store.unlisted, path)
            for object in store.objects {
                let isHeld =
                    try id.map { id in
                        try catalog.copies(of: object).contains { $0.store == id }
                    } ?? catalog.knows(object)
                guard isHeld else { throw refused(path, object.text) }
            }
        }
    }

    /// Dossiers of which the catalog tells nothing must stand in the ledger, where the part found them.
    private func requireEntries(of objects: Set<ObjectIdentifier>, _ path: String) throws {
        guard !objects.isEmpty else { return }
        var left = objects
        do {
            let acts = [LedgerAct.package, LedgerAct.amend].map { "\"\($0)\"" }
            try ledger.readDrafts(with: acts) { draft in
                if let object = draft.object { left.remove(object) }
            }
        } catch is LedgerFailure {
            throw refused(path, "LOG_INCONSISTENT")
        }
        if let object = left.min() {
            throw refused(path, "\(FindingCode.catalogRowMissing.text): subject \(object.text)")
        }
    }

    /// Whether two reports are parts of one run: equally many parts, read alike, of the same stores.
    private func prove(
        _ report: ShardReport, _ path: String, beside first: ShardReport?
    ) throws {
        guard let first else { return }
        guard report.shard.count == first.shard.count, report.isDeep == first.isDeep,
            report.run != first.run, report.stores.map(\.store) == first.stores.map(\.store)
        else { throw refused(path, "\(report.shard.text), \(first.shard.text)") }
    }

    /// Nil for the primary store; a store that this archive does not have is refused.
    private func copyIdentifier(
        of store: ObjectIdentifier, _ path: String
    ) throws -> ObjectIdentifier? {
        if store == card.store { return nil }
        guard configuration.stores.contains(where: { $0.store == store }) else {
            throw refused(path, store.text)
        }
        return store
    }

    /// The configured name of a store.
    private func storeName(_ store: ObjectIdentifier?) -> String {
        configuration.stores.first { $0.store == store }?.name ?? ArchiveLayout.firstStore
    }

    /// One run over one store, as all its parts tell of it.
    private func whole(
        _ store: ObjectIdentifier?, _ parts: [ShardReport.Store], of reports: [TakenReport]
    ) throws -> StoreAuditReport {
        let found = try zip(parts, reports).map { part, taken in
            try PartFindings(of: part, in: taken.report, store, catalog)
        }
        var whole = StoreAuditReport(store: storeName(store))
        whole.checked = parts.map(\.report.checked).saturatedSum
        whole.bytes = parts.map(\.report.bytes).saturatedSum
        whole.damaged =
            found.reduce(into: Set<ObjectIdentifier>()) { $0.formUnion($1.damaged) }
            .count
        whole.findings = found.flatMap(\.open)
        whole.settled = found.map(\.settled).saturatedSum
        whole.isComplete =
            try reports.count == reports[0].report.shard.count
            && parts.allSatisfy(\.report.isComplete) && isAll(parts.flatMap(\.objects), of: store)
        return whole
    }

    /// Enters one run over one store, made of all its parts.
    private func enter(
        _ store: ObjectIdentifier, _ reports: [TakenReport]
    ) throws -> StoreAuditReport {
        let id = store == card.store ? nil : store
        // Each report has each store once.
        let parts = reports.flatMap { part in part.report.stores.filter { $0.store == store } }
        var whole = try whole(id, parts, of: reports)
        let objects = parts.flatMap(\.objects)
        let began = try begin(store, reports, isComplete: whole.isComplete)
        var incidents = RunIncidents(self, id, whole.store, run: began, first: began)
        for finding in whole.findings {
            let incident = try incidents.number(for: finding)
            try record(findingDraft(finding, run: began, store: id, incident: incident))
            try checkpointIfDue()
        }
        let facts = endFacts(whole, id, reports.map(\.report))
        try AuditProgress.enter(whole.isComplete ? [] : objects, self) { detail, isLast in
            draft(
                LedgerAct.audit, "fixity check",
                outcome: whole.findings.containsErrors ? .fail : .success, details: detail,
                facts: facts.merging(["complete": .boolean(whole.isComplete && isLast)]) { $1 })
        }
        whole.incidents = try incidents.end()
        return whole
    }

    /// Whether nothing that the store holds is missing in the reports.
    private func isAll(_ objects: [ObjectIdentifier], of store: ObjectIdentifier?) throws -> Bool {
        let read = Set(objects)
        var isAll = true
        try catalog.forEachReadable(in: store, notSince: nil, due: nil) { copy in
            isAll = read.contains(copy.object)
            return isAll
        }
        return isAll
    }

    /// Enters which reports are brought in, in as many entries as they take; gives the first of them.
    private func begin(
        _ store: ObjectIdentifier, _ reports: [TakenReport], isComplete: Bool
    ) throws -> Int64 {
        var began: Int64?
        var rest = reports[...]
        while !rest.isEmpty {
            let listed = rest.prefix(MergedReports.mostListed)
            rest = rest.dropFirst(listed.count)
            var facts: [String: JSONValue] = [
                "scope": .string(isComplete ? AuditRun.everything : "part"),
                "reports": .number(Int64(reports.count)), "read": .string(store.text),
                "runs": .array(listed.map { .string($0.report.run.text) }),
            ]
            if store != card.store { facts["copy"] = .string(store.text) }
            if let began { facts["begins"] = .number(began) }
            let entry = try record(
                draft(
                    LedgerAct.auditBegin, "fixity check", details: keep(listed), facts: facts))
            began = began ?? entry.sequence
        }
        return began ?? 0
    }

    private func keep(_ reports: ArraySlice<TakenReport>) throws -> Digest {
        var chance = Chance(world)
        return try details.keep(
            [
                "reports": .array(
                    reports.map { part in
                        [
                            "shard": .string(part.report.shard.text),
                            "run": .string(part.report.run.text),
                            "agent": .string(part.report.agent),
                            "sha256": .string(part.sha256),
                        ]
                    })
            ], salt: &chance)
    }

    /// The run stands where the ledger was when its parts were begun: what was found since then stays open.
    private func endFacts(
        _ whole: StoreAuditReport, _ store: ObjectIdentifier?, _ reports: [ShardReport]
    ) -> [String: JSONValue] {
        let first = reports.map(\.ledger.count).min() ?? 0
        let started = reports.map(\.started).min() ?? Instant(seconds: 0)
        let finished = reports.map(\.finished).max() ?? started
        var facts: [String: JSONValue] = [
            "scope": .string(whole.isComplete ? AuditRun.everything : "part"),
            "checked": .number(Int64(whole.checked)), "bytes": .number(whole.bytes),
            "damaged": .number(Int64(whole.damaged)),
            "findings": .number(Int64(whole.findings.count)),
            "started": .string(started.utcText), "finished": .string(finished.utcText),
            "begin": .number(first),
            "first": .number(first), "reports": .number(Int64(reports.count)),
            "beside": .boolean(reports.contains { $0.shard.number == 1 }),
        ]
        if whole.settled > 0 { facts["settled"] = .number(Int64(whole.settled)) }
        if let store { facts["copy"] = .string(store.text) }
        return facts
    }
}

/// A report that was read and proved.
private struct TakenReport {
    let report: ShardReport
    let sha256: String
    let path: String
}
