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
    package let checked: Int
    package let bytes: Int64
    package let findings: [Finding]
    /// Whether the store was taken out of the configuration.
    package let isRetired: Bool
    /// Dossiers whose last good copy lies in this store, as far as receipts and known damage tell.
    package internal(set) var lastCopies = 0
    /// Dossiers that are short of the policy of copies without it; nil where it holds none of them, or none is asked.
    package internal(set) var short: Int?
}

extension Archive {
    /// Takes a store out of the configuration; with a successor only after all was copied there and read back whole.
    ///
    /// Nothing in the retired store is removed. One that answers and has the last good copy of a dossier stays.
    package func retireStore(
        _ name: String, to successor: String?, because reason: String,
        progress: @escaping (Int) throws -> Void
    ) throws -> Retirement {
        let reason = try oneLine(reason, 4000, "--reason")
        let entry = try storeEntry(named: name)
        let copy = try opened(entry)
        var findings = try reasonsToLeave(copy)
        var checked = 0
        var bytes: Int64 = 0
        if let successor {
            guard successor != name else {
                throw ArchiveFailure(.storeName, subject: successor)
            }
            let heir = try storeEntry(named: successor)
            let report = try syncStores([successor], progress: progress)
            findings += report.flatMap(\.findings)
            guard report.allSatisfy(\.isComplete) else {
                return Retirement(
                    name: name, successor: successor, checked: 0, bytes: 0, findings: findings,
                    isRetired: false)
            }
            let result: StoreAuditReport
            do {
                result = try readBack(heir, progress: progress)
            } catch {
                guard let told = finding(of: error, heir) else { throw error }
                return Retirement(
                    name: name, successor: successor, checked: 0, bytes: 0,
                    findings: findings + [told], isRetired: false)
            }
            findings += result.findings
            checked = result.checked
            bytes = result.bytes
            guard result.isComplete, !result.findings.containsErrors else {
                return Retirement(
                    name: name, successor: successor, checked: checked, bytes: bytes,
                    findings: findings, isRetired: false)
            }
        }
        let last = try lastGoodCopies(in: copy)
        // A store that does not answer, or that nobody may follow, gives nothing back by staying.
        let stays = !last.isEmpty && copy.readable != nil
        let shortage = try shortage(without: entry)
        findings += last.prefix(Promotion.mostNamed).map {
            Finding(.copyLast, stays ? .error : .warning, subject: $0.text, ["store": name])
        }
        findings += shortage.map { [$0.finding] } ?? []
        if !stays {
            try changeStores(
                configuration.stores.filter { $0.name != name }, .retire, entry, reason: reason)
            retired = entry.store
        }
        return Retirement(
            name: name, successor: successor, checked: checked, bytes: bytes, findings: findings,
            isRetired: !stays, lastCopies: last.count, short: shortage?.short)
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
