import Bundles
import Cataloging
import Evidence
import Files
import Records
import Storage
import SystemPackage

extension Archive {
    /// Mends the damage that audits noted, in every store that is there; nothing is read that was not named.
    package func repair(
        _ names: [String], isDryRun: Bool, progress: @escaping (Int) throws -> Void
    ) throws -> RepairReport {
        // A dry run opens the archive as readers do, who do not take up the ledger.
        if !isWriter { try proveLedger() }
        try requireOwnPlaces()
        let chosen = try Set(names.map { try dossier(named: $0, version: nil) })
        let copies = try openCopies()
        let stores = try repairStores(copies)
        let run = CopyRun(
            buffer: WorkBuffer(count: SegmentList.segmentSize),
            progress: { [world] count in
                try progress(count)
                try world.stopIfInterrupted()
            })
        var report = RepairReport()
        guard !areEntriesSuspect else {
            // Nothing may be entered, so nothing is mended either: the ledger comes first.
            report.items.append(try suspectLedger())
            return report
        }
        var setbacks = RepairSetbacks()
        var absent: Set<ObjectIdentifier?> = []
        let places = try openPlaces(of: chosen)
        for (place, noted) in places {
            guard let target = stores.first(where: { $0.id == place.store }) else {
                if absent.insert(place.store).inserted {
                    report.findings += try findings(ofAbsent: place.store, copies)
                }
                continue
            }
            guard
                let item = try outcome(
                    at: place, noted, in: target, stores, run, isDryRun, &setbacks)
            else { continue }
            report.items.append(item)
            if !isDryRun { try enter(item, in: target) }
        }
        report.findings += setbacks.findings
        try tellAway(copies, &report)
        if !isDryRun, chosen.isEmpty {
            try MendingNote.removeStale(
                besides: places.map { MendingNote(self, in: $0.0.store, of: $0.0.object) },
                of: self)
        }
        return report
    }

    /// Says of the stores that hold what is lacking why they were not asked; each is told once.
    private func tellAway(_ copies: [OpenedCopy], _ report: inout RepairReport) throws {
        let names = Set(report.items.flatMap(\.away))
        let told = Set(report.findings.map(\.subject))
        for copy in copies
        where names.contains(copy.entry.name) && !told.contains(copy.entry.name) {
            report.findings += try unready(copy).findings
        }
    }

    /// What became of one place; nil where its store gave up, which is told and keeps no other from being mended.
    private func outcome(
        at place: DamagedPlace, _ noted: [OpenDamage], in target: RepairStore,
        _ stores: [RepairStore], _ run: CopyRun, _ isDryRun: Bool,
        _ setbacks: inout RepairSetbacks
    ) throws -> RepairItem? {
        while !setbacks.isGone(target.id) {
            do {
                return try tried(
                    place, noted, in: target, setbacks.readable(stores), run, isDryRun)
            } catch let failure as FileFailure where isOwn(failure) {
                throw failure
            } catch let failure as CopyStoreFailure where isRefusal(failure, by: target) {
                // One request that the store refuses keeps no other place from being mended.
                return refused(place, failure, in: target)
            } catch {
                guard let entry = failing(error, mending: target),
                    let told = finding(of: error, entry)
                else { throw error }
                let isTarget = entry.store == target.id
                setbacks.note(told, entry, isGone: isTarget && hasGone(error))
                guard !isTarget else { return nil }
                // The same place once more, without the store that cannot be read.
                guard setbacks.leaveOut(entry) else { throw error }
            }
        }
        return nil
    }

    /// What became of one place, as long as no disk left meanwhile: what is missing there then is no damage.
    private func tried(
        _ place: DamagedPlace, _ noted: [OpenDamage], in target: RepairStore,
        _ stores: [RepairStore], _ run: CopyRun, _ isDryRun: Bool
    ) throws -> RepairItem {
        let item: RepairItem
        do {
            item = try repair(place, noted, in: target, stores, run, isDryRun)
        } catch let failure as FileFailure
            where !isOwn(failure) && FileUnreadable.isRot(failure)
        {
            // One place that cannot be read or written keeps no other from being mended.
            item = unreachable(place, failure, in: target)
        }
        try target.store.requireStanding()
        // That nobody has it right is said only of stores that are still there.
        if item.ending.isFailure {
            for source in stores { try source.store.requireStanding() }
        }
        return item
    }

    /// Whether a failure is that of the archive's own folder, which no store answers for.
    private func isOwn(_ failure: FileFailure) -> Bool {
        failure.path.starts(with: layout.work) || failure.path.starts(with: layout.audits)
    }

    /// Whether a store does not answer any more; one that is full or read-only may let smaller things be mended.
    private func hasGone(_ error: any Error) -> Bool {
        (error as? CopyStoreFailure).map { ![.full, .refused].contains($0.reason) } ?? false
    }

    /// The primary ledger itself is damaged, which only people mend, from a copy.
    private func suspectLedger() throws -> RepairItem {
        var item = RepairItem(store: ArchiveLayout.firstStore, object: nil)
        item.remaining = try ledgerFindings()
        item.ending = .unmended
        return item
    }

    /// Where damage is open, with what was noted there, in the order in which it was found.
    ///
    /// What stands in the place of folders above dossiers gives way with the first of these, so its place comes last.
    private func openPlaces(
        of chosen: Set<ObjectIdentifier>
    ) throws -> [(DamagedPlace, [OpenDamage])] {
        var places: [DamagedPlace] = []
        var noted: [DamagedPlace: [OpenDamage]] = [:]
        try catalog.forEachOpenDamage { damage in
            guard chosen.isEmpty || damage.object.map({ chosen.contains($0) }) == true else {
                return
            }
            let place = DamagedPlace(store: damage.store, object: damage.object)
            if noted[place] == nil { places.append(place) }
            noted[place, default: []].append(damage)
        }
        let found = places.map { ($0, noted[$0] ?? []) }
        let isLate: (OpenDamage) -> Bool = {
            $0.object == nil && BesideRepair.mayLead($0.code, $0.path)
        }
        return found.filter { !$0.1.contains(where: isLate) }
            + found.filter { $0.1.contains(where: isLate) }
    }

    private func repair(
        _ place: DamagedPlace, _ noted: [OpenDamage], in target: RepairStore,
        _ stores: [RepairStore], _ run: CopyRun, _ isDryRun: Bool
    ) throws -> RepairItem {
        guard let object = place.object else {
            return try BesideRepair(
                archive: self, target: target, stores: stores, run: run, isDryRun: isDryRun
            ).repair(noted)
        }
        return try ObjectRepair(
            archive: self, target: target, stores: stores, run: run, isDryRun: isDryRun
        ).repair(object, noted)
    }

    /// A place at which the disk refuses to be read or written; it stays as it is, and open.
    private func unreachable(
        _ place: DamagedPlace, _ failure: FileFailure, in target: RepairStore
    ) -> RepairItem {
        var item = RepairItem(store: target.name, object: place.object)
        item.ending = .unmended
        item.remaining = [
            Finding(
                .fileUnreadable, subject: place.object?.text ?? failure.path.string,
                [
                    "file": failure.path.lastComponent?.string ?? "",
                    "reason": failure.errno.description,
                ])
        ]
        return item
    }

    private func isRefusal(_ failure: CopyStoreFailure, by target: RepairStore) -> Bool {
        failure.reason == .refused && failing(failure, mending: target)?.store == target.id
    }

    /// A place of which the store lets nothing be read or written; it stays as it is, and open.
    private func refused(
        _ place: DamagedPlace, _ failure: CopyStoreFailure, in target: RepairStore
    ) -> RepairItem {
        var item = RepairItem(store: target.name, object: place.object)
        item.ending = .unmended
        item.remaining = [refusal(failure, of: place.object?.text ?? "", in: target)]
        return item
    }

    /// A request that a store refused, as a finding of what it was about.
    func refusal(
        _ failure: CopyStoreFailure, of path: String, in target: RepairStore
    ) -> Finding {
        Finding(
            .copyRefused, subject: path.isEmpty ? target.name : path,
            ["at": failure.subject, "detail": failure.text])
    }

    /// Why a store is not mended, as it was met.
    private func findings(
        ofAbsent store: ObjectIdentifier?, _ copies: [OpenedCopy]
    ) throws -> [Finding] {
        if let copy = copies.first(where: { $0.entry.store == store }) {
            return try unready(copy).findings
        }
        let detail = "không có trong stores: · not listed in stores:"
        return [
            Finding(
                .copyStoreAway, .warning, subject: store?.text ?? "",
                ["at": "?", "detail": detail])
        ]
    }

    /// One entry for each object that was mended, was sound after all, or could not be mended.
    private func enter(_ item: RepairItem, in target: RepairStore) throws {
        var facts: [String: JSONValue] = [
            "ending": .string(item.ending.rawValue), "transferred": .number(item.transferred),
            "files": .number(Int64(item.damages.count)),
            "kind": .string(item.kind?.rawValue ?? "none"),
        ]
        if let id = target.id { facts["copy"] = .string(id.text) }
        if let source = item.source { facts["source"] = .string(source) }
        if !item.away.isEmpty { facts["away"] = .array(item.away.map { .string($0) }) }
        let before = item.damages.count(where: \.isMendedBefore)
        if before > 0 { facts["before"] = .number(Int64(before)) }
        if !item.remaining.isEmpty {
            facts["remaining"] = .array(
                Set(item.remaining.map(\.code.text)).sorted().prefix(20).map { .string($0) })
        }
        var chance = Chance(world)
        let detail =
            try item.damages.isEmpty
            ? nil
            : details.keep(
                [
                    "files": .array(
                        item.damages.prefix(10_000).map { damage in
                            [
                                "path": .string(damage.path), "kind": .string(damage.kind.rawValue),
                                "segments": .array(damage.segments.map { .number($0) }),
                                "mended": .boolean(damage.isMendable),
                                "before": .boolean(damage.isMendedBefore),
                                "mark": damage.mark.map { .string($0) } ?? .null,
                            ]
                        })
                ], salt: &chance)
        try record(
            draft(
                LedgerAct.repair, "recovery", object: item.object,
                outcome: item.ending.isFailure ? .fail : .success, details: detail, facts: facts))
        // While damage is open the next run is to know what this one, or one before it, put right.
        if !item.ending.isFailure {
            try MendingNote(self, in: target.id, of: item.object).remove()
        }
    }
}

/// An object of a store, or what lies beside the dossiers in it.
struct DamagedPlace: Hashable {
    let store: ObjectIdentifier?
    let object: ObjectIdentifier?
}
