import Cataloging
import Policies
package import Records

/// What lies ahead for the audits of one store.
package struct AuditOutlook: Sendable {
    package let store: String
    /// Days within which everything is to be read.
    package let days: Int
    /// Dossiers that were not read for so long.
    package let due: Int
    package let dueBytes: Int64
    package let bytes: Int64
    /// Bytes a second that are reckoned with: those of the last runs, at most the configured rate.
    package let rate: Int64
    package let nightsNeeded: Int
    package let nightsLeft: Int
    package let missing: Int
    /// The dossier that was read longest ago; nil in an empty store.
    package let stalest: ObjectIdentifier?
    package let stalestRead: Instant?
}

extension Archive {
    /// Bytes a second that the configuration allows an audit; nil for as fast as it goes.
    package var auditRate: Int64? { configuration.auditPolicy.rate }

    /// What is due in every store, and whether the promise can be kept.
    package func auditPlan() throws -> [AuditOutlook] {
        let stores: [(name: String, id: ObjectIdentifier?)] =
            [(ArchiveLayout.firstStore, nil)]
            + configuration.stores.map { ($0.name, $0.store) }
        return try stores.map { try outlook($0.name, $0.id) }
    }

    private func outlook(_ name: String, _ store: ObjectIdentifier?) throws -> AuditOutlook {
        let policy = configuration.auditPolicy
        let days = policy.days(for: store, configuration)
        let limit = world.now().microseconds - Int64(days) * 86_400_000_000
        var due = 0
        var dueBytes: Int64 = 0
        var bytes: Int64 = 0
        var first: ReadableCopy?
        try catalog.forEachReadable(in: store, notSince: nil, due: nil) { copy in
            first = first ?? copy
            bytes += copy.bytes
            if (copy.lastRead?.microseconds ?? .min) < limit {
                due += 1
                dueBytes += copy.bytes
            }
            return true
        }
        let rate = try speed(of: store)
        let outlook = policy.outlook(bytes: bytes, days: days, bytesPerSecond: rate)
        return AuditOutlook(
            store: name, days: days, due: due, dueBytes: dueBytes, bytes: bytes,
            rate: min(rate, policy.rate ?? .max), nightsNeeded: outlook.nightsNeeded,
            nightsLeft: outlook.nightsLeft, missing: outlook.missing, stalest: first?.object,
            stalestRead: first?.lastRead)
    }

    /// Bytes a second of the last runs over a store; where none says anything, what a plain disk does.
    private func speed(of store: ObjectIdentifier?) throws -> Int64 {
        let usual: Int64 = 100 << 20
        guard let run = try catalog.lastRun(of: store) else { return usual }
        let microseconds = run.finishedAt.microseconds - run.startedAt.microseconds
        guard run.bytes >= 64 << 20, microseconds > 1_000_000 else { return usual }
        return max(1, Int64(Double(run.bytes) / (Double(microseconds) / 1_000_000)))
    }
}
