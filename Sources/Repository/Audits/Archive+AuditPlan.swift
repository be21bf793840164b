import Cataloging
import Policies
package import Records

/// What lies ahead for the audits of one store.
package struct AuditOutlook: Sendable {
    package let store: String
    /// Days within which everything is to be read.
    package let days: Int
    /// Dossiers that must be read now, so that they and all others are read in time.
    package let due: Int
    package let dueBytes: Int64
    package let bytes: Int64
    /// Bytes a second that are reckoned with: those of the last runs, at most the configured rate.
    package let rate: Int64
    /// Nights that take what must be read by the tightest deadline.
    package let nightsNeeded: Int
    /// Nights until that deadline.
    package let nightsLeft: Int
    package let missing: Int
    /// The dossier that was read longest ago; nil in an empty store.
    package let stalest: ObjectIdentifier?
    package let stalestRead: Instant?
    /// Until when that one is to be read.
    package let deadline: Instant?
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
        let rate = try speed(of: store)
        let order = try readingOrder(of: store, days: days, at: world.now()) { _ in false }
        let outlook = policy.outlook(
            order.parts.map(\.portion), days: days, bytesPerSecond: rate)
        let due = order.parts.prefix(outlook.duePortions)
        return AuditOutlook(
            store: name, days: days, due: due.reduce(0) { $0 + $1.dossiers },
            dueBytes: due.reduce(0) { $0.addingReportingOverflow($1.portion.bytes).partialValue },
            bytes: order.bytes, rate: min(rate, policy.rate ?? .max),
            nightsNeeded: outlook.nightsNeeded, nightsLeft: outlook.nightsLeft,
            missing: outlook.missing, stalest: order.stalest?.object,
            stalestRead: order.stalest?.lastRead,
            deadline: order.waitsSince.map {
                Instant(microseconds: $0.microseconds + Int64(days) * 86_400_000_000)
            })
    }

    /// Before when a dossier of a store was last read that is due now; what was never read always is.
    func dueLimit(in store: ObjectIdentifier?) throws -> Instant {
        let policy = configuration.auditPolicy
        let days = policy.days(for: store, configuration)
        let rate = try speed(of: store)
        let most = try catalog.counts().tarBytes
        let order = try readingOrder(of: store, days: days, at: world.now()) { nightsLeft in
            policy.isEarly(nightsLeft: nightsLeft, bytes: most, days: days, bytesPerSecond: rate)
        }
        let outlook = policy.outlook(
            order.parts.map(\.portion), days: days, bytesPerSecond: rate)
        guard let last = order.parts.prefix(outlook.duePortions).last?.lastRead else {
            return Instant(microseconds: 0)
        }
        return Instant(microseconds: last.microseconds + 1)
    }

    /// What a store holds in the order of reading, up to what is early: all that follows was read later.
    private func readingOrder(
        of store: ObjectIdentifier?, days: Int, at now: Instant, until isEarly: (Int) -> Bool
    ) throws -> ReadingOrder {
        var order = ReadingOrder()
        try catalog.forEachReadable(in: store, notSince: nil, due: nil) { copy in
            let since = try copy.lastRead ?? catalog.arrival(of: copy.object, in: store) ?? now
            let nightsLeft = AuditPolicy.nightsLeft(
                at: now.microseconds, since: since.microseconds, days: days)
            if copy.lastRead != nil, isEarly(nightsLeft) { return false }
            order.add(copy, since: since, nightsLeft: nightsLeft)
            return true
        }
        return order
    }

    /// Bytes a second of the last run over a store; where it says nothing, what a plain disk does.
    private func speed(of store: ObjectIdentifier?) throws -> Int64 {
        let usual: Int64 = 100 << 20
        guard let run = try catalog.lastRun(of: store) else { return usual }
        let began = try beginning(of: run)
        let microseconds = run.finishedAt.microseconds - began.microseconds
        guard run.bytes >= 64 << 20, microseconds > 1_000_000 else { return usual }
        return max(1, Int64(Double(run.bytes) / (Double(microseconds) / 1_000_000)))
    }

    /// When a run itself began, whatever it goes on with: its bytes are its own alone.
    private func beginning(of run: AuditRun) throws -> Instant {
        guard let began = try facts(of: run)?["begin"]?.numberValue,
            let event = try catalog.events(from: began, limit: 1).first,
            event.sequence == began, event.act == LedgerAct.auditBegin
        else { return run.startedAt }
        return event.at
    }

    /// Whether a run also read every file in the bundles.
    func wasDeep(_ run: AuditRun) throws -> Bool { try facts(of: run)?["deep"] == true }

    private func facts(of run: AuditRun) throws -> JSONValue? {
        try catalog.events(from: run.sequence, limit: 1).first.flatMap { entry in
            (try? JSONValue(parsing: entry.line.utf8))?["facts"]
        }
    }
}
