import Policies
import Testing

/// What the watch does when, decided from numbers alone.
struct WatchPolicyTests {
    /// 2026-11-22T01:00:00Z, eight in the morning in Vietnam.
    private static let eight: Int64 = 1_795_309_200
    private let night = WatchPolicy(
        window: AuditPolicy.Window(from: 22 * 60, to: 5 * 60), repairsItself: false)

    private func standing(_ hours: Double) -> WatchPolicy.Standing {
        WatchPolicy.Standing(now: Self.eight + Int64(hours * 3600))
    }

    @Test(arguments: [(0.0, false), (13.9, false), (14, true), (20.9, true), (21, false)])
    func `audits run in the hours of the window, over midnight`(hours: Double, isDue: Bool) {
        let standing = standing(hours)
        #expect((night.reason(for: .audit, standing) == .window) == isDue)
        #expect((night.windowEnd(at: standing.now) == Self.eight + 21 * 3600) == isDue)
    }

    @Test func `an audit runs once in a window, and a failed one again after an hour`() {
        var standing = standing(15)
        standing.lastAudit = Self.eight + 14 * 3600 + 600
        #expect(night.reason(for: .audit, standing) == nil)
        standing.lastAudit = Self.eight - 3 * 3600 - 1
        #expect(night.reason(for: .audit, standing) == .window)
        standing.lastAuditTry = standing.now - 1800
        #expect(night.reason(for: .audit, standing) == nil)
        standing.lastAuditTry = standing.now - 3600
        #expect(night.reason(for: .audit, standing) == .window)
    }

    @Test func `without a window an audit runs once a day`() {
        let policy = WatchPolicy(window: nil, repairsItself: false)
        var standing = standing(0)
        standing.lastAudit = Self.eight - 7 * 3600
        #expect(policy.reason(for: .audit, standing) == nil)
        standing.lastAudit = Self.eight - 8 * 3600 - 1
        #expect(policy.reason(for: .audit, standing) == .window)
        #expect(policy.windowEnd(at: Self.eight) == Self.eight + 16 * 3600)
    }

    @Test func `stores are synced every hour and after audits, and not where there are none`() {
        var standing = standing(1)
        #expect(night.reason(for: .sync, standing) == nil)
        standing.hasStores = true
        #expect(night.reason(for: .sync, standing) == .interval)
        standing.lastSync = standing.now - 600
        #expect(night.reason(for: .sync, standing) == nil)
        standing.lastAudit = standing.now - 300
        #expect(night.reason(for: .sync, standing) == .afterAudit)
        standing.lastSync = standing.now + 600
        #expect(night.reason(for: .sync, standing) == .interval)
    }

    @Test func `damage is mended only where the configuration says so`() {
        var standing = standing(1)
        standing.openDamage = 2
        #expect(night.reason(for: .repair, standing) == nil)
        let automatic = WatchPolicy(window: nil, repairsItself: true)
        #expect(automatic.reason(for: .repair, standing) == .waiting)
        standing.lastRepair = standing.now - 60
        #expect(automatic.reason(for: .repair, standing) == nil)
        standing.lastRepair = nil
        standing.openDamage = 0
        #expect(automatic.reason(for: .repair, standing) == nil)
    }

    @Test func `notices, stamps and renewals that wait are tried every hour`() {
        var standing = standing(1)
        let duties: [WatchPolicy.Duty] = [.notify, .stamp, .renew]
        for duty in duties { #expect(night.reason(for: duty, standing) == nil) }
        standing.waitingNotices = 1
        standing.isStampDue = true
        standing.isRenewalDue = true
        for duty in duties { #expect(night.reason(for: duty, standing) == .waiting) }
        standing.lastNotice = standing.now - 3599
        standing.lastStamp = standing.now - 3599
        standing.lastRenewal = standing.now - 3599
        for duty in duties { #expect(night.reason(for: duty, standing) == nil) }
    }
}
