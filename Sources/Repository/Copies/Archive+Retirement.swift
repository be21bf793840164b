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
}

extension Archive {
    /// Takes a store out of the configuration; with a successor only after all was copied there and read back whole.
    ///
    /// Nothing in the retired store is removed.
    package func retireStore(
        _ name: String, to successor: String?, because reason: String,
        progress: @escaping (Int) throws -> Void
    ) throws -> Retirement {
        let entry = try storeEntry(named: name)
        var findings = try reasonsToLeave(entry)
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
            guard !result.findings.containsErrors else {
                return Retirement(
                    name: name, successor: successor, checked: checked, bytes: bytes,
                    findings: findings, isRetired: false)
            }
        }
        try changeStores(
            configuration.stores.filter { $0.name != name }, .retire, entry, reason: reason)
        return Retirement(
            name: name, successor: successor, checked: checked, bytes: bytes, findings: findings,
            isRetired: true)
    }

    /// That the store stood against writing is told with its leaving.
    private func reasonsToLeave(_ entry: StoreEntry) throws -> [Finding] {
        let copy = try opened(entry)
        guard case .ahead = copy.state else { return [] }
        return unready(copy).findings.map {
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
        return read
    }
}
