import Bundles
import Cataloging
import Evidence
import Files
import Records
import Storage

extension Archive {
    /// Brings stores up to date: those named, else all. What is away is told and waits.
    package func syncStores(
        _ names: [String], progress: @escaping (Int) throws -> Void
    ) throws -> [SyncReport] {
        let entries =
            names.isEmpty ? configuration.stores : try names.map { try storeEntry(named: $0) }
        let reports = try sync(
            entries.map { try opened($0) }, only: nil, progress: progress)
        for report in reports where !report.isReached {
            unreached.insert(try storeEntry(named: report.name).store)
        }
        return reports
    }

    /// What this run entered goes to the stores that answer, with entries that an earlier run could not bring there.
    ///
    /// Stores that do not answer catch up later; they are told of where this run entered anything.
    package func syncNews(progress: @escaping (Int) throws -> Void) throws -> [SyncReport] {
        guard isWriter, !isLedgerBroken, !configuration.stores.isEmpty else { return [] }
        let copies = try openCopies().filter { copy in
            // That a store stood against writing was told with its leaving.
            if copy.entry.store == retired, case .ahead = copy.state { return false }
            // What kept a sync of this run from a store was told by it.
            if unreached.contains(copy.entry.store) { return false }
            return hasEntered || copy.ready != nil && copy.ledgerEntries != head.count
        }
        // What went back keeps its trace until people have it looked through (invariant S5).
        return try sync(copies.filter { !$0.isBack }, only: newStates, progress: progress)
            + copies.filter(\.isBack).map { back($0) }
    }

    /// In two rounds, so that the ledger of every store tells of the copies in all of them.
    func sync(
        _ copies: [OpenedCopy], only chosen: Set<ObjectIdentifier>?,
        progress: @escaping (Int) throws -> Void
    ) throws -> [SyncReport] {
        let run = CopyRun(
            buffer: WorkBuffer(count: SegmentList.segmentSize),
            progress: { [world] count in
                try progress(count)
                try world.stopIfInterrupted()
            })
        var reports: [SyncReport] = []
        var syncs: [StoreSync] = []
        for copy in copies {
            guard let store = copy.ready else {
                reports.append(try unready(copy))
                continue
            }
            var sync = StoreSync(copy, store, of: self, run)
            try sync.copyObjects(only: chosen)
            if chosen == nil { try sync.prolongLocks() }
            syncs.append(sync)
        }
        if !syncs.isEmpty { try finish() }
        for var sync in syncs {
            try sync.copyLedger()
            reports.append(sync.report)
        }
        hasEntered = false
        for index in reports.indices where chosen == nil { try countLacking(&reports[index]) }
        let order = copies.map(\.entry.name)
        return reports.sorted {
            (order.firstIndex(of: $0.name) ?? 0) < (order.firstIndex(of: $1.name) ?? 0)
        }
    }

    /// What the store lacks in the end as the catalog knows it: a run that ended early met only some of it.
    private func countLacking(_ report: inout SyncReport) throws {
        var lacking = 0
        try catalog.forEachLacking(storeEntry(named: report.name).store) { _ in
            lacking += 1
            return true
        }
        report.lacking = max(report.lacking, lacking)
    }

    private func back(_ copy: OpenedCopy) -> SyncReport {
        var report = SyncReport(name: copy.entry.name)
        report.isReached = false
        if let ledger = copy.ledger {
            report.findings += backFinding(ledger, copy.mark, copy.entry.name).map { [$0] } ?? []
        }
        return report
    }

    /// Why nothing is brought into a store: one whose ledger is only damaged is for audits and repairs, and nobody wrote there.
    func unready(_ copy: OpenedCopy) throws -> SyncReport {
        var report = SyncReport(name: copy.entry.name)
        report.isReached = false
        let facts = ["at": copy.entry.location.text]
        switch copy.state {
        case .ready: break
        case .away(let detail):
            let code = copy.isRefused ? FindingCode.copyStoreRefused : .copyStoreAway
            report.findings.append(copy.entry.finding(code, .warning, detail))
        case .other(let found) where copy.lacksRoot:
            report.findings.append(
                Finding(
                    .copyRootWrong, subject: copy.entry.name,
                    facts.merging(["found": found, "store": copy.entry.name]) { one, _ in one }))
        case .other(let found):
            report.findings.append(
                Finding(
                    .copyStoreOther, subject: copy.entry.name,
                    facts.merging(["found": found, "expected": copy.entry.store.text]) { one, _ in
                        one
                    }))
        case .ahead(let detail):
            guard try reachable(copy) == nil else {
                report.findings.append(
                    Finding(
                        .copyFileWrong, subject: CopyLedgerRepair.path,
                        ["store": copy.entry.name]))
                break
            }
            report.findings.append(
                Finding(
                    .copyStoreAhead, subject: copy.entry.name,
                    facts.merging(["detail": detail]) { one, _ in one }))
        }
        return report
    }
}
