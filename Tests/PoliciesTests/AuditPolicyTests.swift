import Policies
import Testing

/// Whether what is promised can be read in time.
@Suite struct AuditPolicyTests {
    private static let gigabyte: Int64 = 1 << 30

    @Test func `a window over midnight lasts until the morning`() {
        let night = AuditPolicy.Window(from: 22 * 60, to: 5 * 60)
        #expect(night.minutes == 420)
        for minute in [1320, 1439, 0, 299] { #expect(night.holds(minute), "\(minute)") }
        for minute in [300, 720, 1319] { #expect(!night.holds(minute), "\(minute)") }
    }

    @Test func `a window within a day ends in it`() {
        let noon = AuditPolicy.Window(from: 690, to: 810)
        #expect(noon.minutes == 120)
        #expect(noon.holds(690) && noon.holds(809))
        #expect(!noon.holds(689) && !noon.holds(810) && !noon.holds(0))
    }

    @Test func `from a time to the same time is a whole day`() {
        let day = AuditPolicy.Window(from: 60, to: 60)
        #expect(day.minutes == 1440)
        #expect((0..<1440).allSatisfy(day.holds))
    }

    @Test func `nights are whole ones, and nothing takes none`() {
        let policy = AuditPolicy(window: .init(from: 0, to: 60))
        func nights(_ bytes: Int64) -> Int {
            policy.outlook(bytes: bytes, days: 90, bytesPerSecond: 1000).nightsNeeded
        }
        #expect(nights(0) == 0)
        #expect(nights(1) == 1)
        #expect(nights(3_600_000) == 1)
        #expect(nights(3_600_001) == 2)
    }

    @Test func `what is missing is told in nights`() {
        // 36 TB in seven hours a night at 40 MB/s.
        let policy = AuditPolicy(
            days: 25, window: .init(from: 1320, to: 300), rate: 40_000_000)
        let outlook = policy.outlook(
            bytes: 36_000_000_000_000, days: 25, bytesPerSecond: 500_000_000)
        #expect(outlook.nightsNeeded == 36)
        #expect(outlook.isShort && outlook.missing == 11)
    }

    @Test func `the slower of the rate and the speed counts, and nothing overflows`() {
        let free = AuditPolicy()
        #expect(
            free.outlook(bytes: .max, days: 90, bytesPerSecond: .max)
                .nightsNeeded == 1)
        let slow = free.outlook(bytes: .max, days: 90, bytesPerSecond: 0)
        #expect(slow.nightsNeeded > 1_000_000 && slow.isShort)
        let capped = AuditPolicy(rate: 10).outlook(
            bytes: 86_400 * 10, days: 1, bytesPerSecond: 1000)
        #expect(capped.nightsNeeded == 1 && !capped.isShort)
    }
}
