import Auditing
import Cataloging
import Evidence
import Files
package import Records
import Storage

/// What the retirement of a store came to.
package struct Retirement: Sendable {
    package let name: String
    /// The store that was read back before this one left; nil when nobody was named.
    package let successor: String?
    /// Dossiers and bytes that were read back there.
    package internal(set) var checked = 0
    package internal(set) var bytes: Int64 = 0
    package internal(set) var findings: [Finding] = []
    /// Whether the store was taken out of the configuration.
    package internal(set) var isRetired = false
    /// Dossiers whose last good copy lies in this store, as far as receipts and known damage tell.
    package internal(set) var lastCopies = 0
    /// Dossiers that are damaged in this store and in every other one that is known to have them.
    package internal(set) var damagedEverywhere = 0
    /// Files beside the dossiers whose last right copy lies in this store, as far as known damage tells.
    package internal(set) var lastFiles = 0
    /// Dossiers that are short of the policy of copies without it; nil where it holds none of them, or none is asked.
    package internal(set) var short: Int?

    init(_ name: String, to successor: String?, _ findings: [Finding]) {
        self.name = name
        self.successor = successor
        self.findings = findings
    }

    /// Takes down what would go with the store, as errors where it stays for it.
    mutating func note(_ last: LastCopies, stays: Bool) {
        lastCopies = last.good.count
        damagedEverywhere = last.damaged.count
        lastFiles = last.files.count
        let kinds = [
            (FindingCode.copyLast, last.good.map(\.text)),
            (FindingCode.copyNoneGood, last.damaged.map(\.text)),
            (FindingCode.copyLast, last.files),
        ]
        for (code, subjects) in kinds {
            findings += subjects.prefix(Promotion.mostNamed).map {
                Finding(code, stays ? .error : .warning, subject: $0, ["store": name])
            }
        }
    }
}

extension Archive {
    /// Takes a store out of the configuration; with a successor only after all was copied there and read back whole.
    ///
    /// Nothing in the retired store is removed. One that answers stays while it has the last good copy of a
    /// dossier or of a file beside them, or one more damaged copy of a dossier of which no good one is known.
    package func retireStore(
        _ name: String, to successor: String?, because reason: String,
        progress: @escaping (Int) throws -> Void
    ) throws -> Retirement {
        let reason = try oneLine(reason, 4000, "--reason")
        let entry = try storeEntry(named: name)
        let copy = try opened(entry)
        var outcome = Retirement(name, to: successor, try reasonsToLeave(copy))
        let isFollowed = try successor.map { try follow(copy, by: $0, &outcome, progress) } ?? true
        let last = try lastCopies(in: copy)
        guard isFollowed else {
            outcome.note(last, stays: true)
            return outcome
        }
        // A store that does not answer, or that nobody may follow, gives nothing back by staying.
        let stays = !last.isEmpty && copy.readable != nil
        outcome.note(last, stays: stays)
        let shortage = try shortage(without: entry)
        outcome.short = shortage?.short
        outcome.findings += shortage.map { [$0.finding] } ?? []
        guard !stays else { return outcome }
        try changeStores(
            configuration.stores.filter { $0.name != name }, .retire, entry, reason: reason)
        retired = entry.store
        outcome.isRetired = true
        return outcome
    }

    /// Copies everything to the store that takes another's place, and reads it back; whether all of it is there and right.
    private func follow(
        _ copy: OpenedCopy, by successor: String, _ outcome: inout Retirement,
        _ progress: @escaping (Int) throws -> Void
    ) throws -> Bool {
        guard successor != copy.entry.name else {
            throw ArchiveFailure(.storeName, subject: successor)
        }
        let heir = try storeEntry(named: successor)
        let report = try syncStores([successor], progress: progress)
        outcome.findings += report.flatMap(\.findings)
        guard report.allSatisfy(\.isComplete) else { return false }
        do {
            let result = try readBack(heir, progress: progress)
            outcome.findings += result.findings
            outcome.checked = result.checked
            outcome.bytes = result.bytes
            return result.isComplete && !result.findings.containsErrors
        } catch {
            guard let told = finding(of: error, heir) else { throw error }
            outcome.findings.append(told)
            return false
        }
    }

    /// How many dossiers are short of the policy of copies without a store, where that makes a difference.
    private func shortage(
        without entry: StoreEntry
    ) throws -> (short: Int, finding: Finding)? {
        guard try catalog.heldCount(entry.store) > 0, let now = try copyCounts(),
            let then = try copyCounts(without: entry.store), then.short > 0
        else { return nil }
        let finding = Finding(
            .copiesFewer, .warning, subject: entry.name,
            ["count": String(then.short), "before": String(now.short)])
        return (then.short, finding)
    }

    /// That the store stood against writing is told with its leaving.
    private func reasonsToLeave(_ copy: OpenedCopy) throws -> [Finding] {
        guard case .ahead = copy.state else { return [] }
        return try unready(copy).findings.map {
            Finding($0.code, .warning, subject: $0.subject, $0.facts)
        }
    }

    /// Reads every dossier of a copy store and compares it with the ledger.
    func readBack(
        _ entry: StoreEntry, progress: @escaping (Int) throws -> Void
    ) throws -> StoreAuditReport {
        var request = AuditRequest(.everything)
        request.stores = [entry.name]
        let report = try audit(request, progress: progress)
        guard let read = report.stores.first else {
            throw ArchiveFailure(.storeNotThere, subject: entry.name)
        }
        guard read.isComplete || read.findings.containsErrors else {
            // It left before all of it was read back.
            throw CopyStoreFailure(.away, subject: entry.location.text)
        }
        return read
    }
}
