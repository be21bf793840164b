/// Decides what the watch does at a moment; it looks at nothing itself.
package struct WatchPolicy: Hashable, Sendable {
    /// What the watch may do, in the order in which it does it.
    package enum Duty: String, Sendable, CaseIterable {
        case audit
        case notify
        case repair
        case stamp
        case renew
        case sync
    }

    /// Why something is due.
    package enum Reason: String, Sendable {
        /// The hours for it have come.
        case window
        /// It has waited its time.
        case interval
        /// An audit ended since it was last done.
        case afterAudit = "after-audit"
        /// Something waits for it.
        case waiting
    }

    /// How things stand, all times in seconds since 1970.
    package struct Standing: Hashable, Sendable {
        package var now: Int64
        /// When the last run over what was due came to its end; nil when none did.
        package var lastAudit: Int64?
        package var hasStores = false
        /// The last tries of this watch; nil before the first.
        package var lastAuditTry: Int64?
        package var lastSync: Int64?
        package var lastNotice: Int64?
        package var lastRepair: Int64?
        package var lastStamp: Int64?
        package var lastRenewal: Int64?
        package var waitingNotices: Int64 = 0
        package var openDamage: Int64 = 0
        package var isStampDue = false
        package var isRenewalDue = false

        package init(now: Int64) { self.now = now }
    }

    /// Hours of the audits; nil for any hour, once a day.
    package let window: AuditPolicy.Window?
    package let repairsItself: Bool

    package init(window: AuditPolicy.Window?, repairsItself: Bool) {
        self.window = window
        self.repairsItself = repairsItself
    }

    /// Seconds after which what failed is tried again, and stores are synced.
    package static let hour: Int64 = 3600
    /// Vietnam's time; it knows no summer time.
    private static let zone: Int64 = 7 * 3600
    private static let day: Int64 = 86_400

    /// Why a duty is due; nil when it is not.
    package func reason(for duty: Duty, _ standing: Standing) -> Reason? {
        switch duty {
        case .audit: auditReason(standing)
        case .notify:
            standing.waitingNotices > 0 && isOver(standing.lastNotice, standing) ? .waiting : nil
        case .repair:
            repairsItself && standing.openDamage > 0 && isOver(standing.lastRepair, standing)
                ? .waiting : nil
        case .stamp:
            standing.isStampDue && isOver(standing.lastStamp, standing) ? .waiting : nil
        case .renew:
            standing.isRenewalDue && isOver(standing.lastRenewal, standing) ? .waiting : nil
        case .sync: syncReason(standing)
        }
    }

    /// When the window ends that holds a moment; nil outside of every window.
    package func windowEnd(at now: Int64) -> Int64? {
        windowStart(at: now).map { $0 + Int64((window?.minutes ?? 1440) * 60) }
    }

    /// When the window began that holds a moment; without a window, midnight.
    private func windowStart(at now: Int64) -> Int64? {
        let local = now + Self.zone
        let second = ((local % Self.day) + Self.day) % Self.day
        guard let window else { return now - second }
        guard window.holds(Int(second / 60)) else { return nil }
        let from = Int64(window.from * 60)
        return now - (second - from + Self.day) % Self.day
    }

    private func auditReason(_ standing: Standing) -> Reason? {
        guard let start = windowStart(at: standing.now), isOver(standing.lastAuditTry, standing)
        else { return nil }
        guard let last = standing.lastAudit else { return .window }
        return last < start ? .window : nil
    }

    private func syncReason(_ standing: Standing) -> Reason? {
        guard standing.hasStores else { return nil }
        if let audit = standing.lastAudit, let sync = standing.lastSync, sync < audit {
            return .afterAudit
        }
        return isOver(standing.lastSync, standing) ? .interval : nil
    }

    private func isOver(_ last: Int64?, _ standing: Standing) -> Bool {
        // A clock that was set back must not silence the watch.
        last.map { standing.now - $0 >= Self.hour || $0 > standing.now } ?? true
    }
}
