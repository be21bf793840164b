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
            outlook(policy, bytes, days: 90, bytesPerSecond: 1000).nightsNeeded
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
        let outlook = outlook(policy, 36_000_000_000_000, days: 25, bytesPerSecond: 500_000_000)
        #expect(outlook.nightsNeeded == 36)
        #expect(outlook.isShort && outlook.missing == 11)
    }

    @Test func `the slower of the rate and the speed counts, and nothing overflows`() {
        let free = AuditPolicy()
        #expect(
            outlook(free, .max, days: 90, bytesPerSecond: .max)
                .nightsNeeded == 1)
        let slow = outlook(free, .max, days: 90, bytesPerSecond: 0)
        #expect(slow.nightsNeeded > 1_000_000 && slow.isShort)
        let capped = outlook(
            AuditPolicy(rate: 10), 86_400 * 10, days: 1, bytesPerSecond: 1000)
        #expect(capped.nightsNeeded == 1 && !capped.isShort)
    }

    /// What is ahead with a window that reads 1,000 times 60 bytes a night.
    private func outlook(_ portions: [(bytes: Int64, nightsLeft: Int)]) -> AuditPolicy.Outlook {
        AuditPolicy(window: .init(from: 0, to: 1), rate: 1000).outlook(
            portions.map { .init(bytes: $0.bytes * 60, nightsLeft: $0.nightsLeft) }, days: 90,
            bytesPerSecond: .max)
    }

    @Test func `what was read at once is due as many nights ahead as it takes, and two more`() {
        for left in 14...90 {
            let ahead = outlook([(10_001, left)])
            #expect(ahead.duePortions == 0 && ahead.nightsNeeded == 11, "\(left)")
            #expect(ahead.nightsLeft == left && !ahead.isShort, "\(left)")
        }
        for left in 0...13 { #expect(outlook([(10_001, left)]).duePortions == 1, "\(left)") }
        #expect(outlook([(10_001, 11)]).missing == 0)
        #expect(outlook([(10_001, 1)]).missing == 10)
        #expect(outlook([(10_001, 0)]).missing == 11)
    }

    @Test func `what is read a night each is due a night each, and the tightest deadline is told`()
    {
        let steady = (1...90).map { (bytes: Int64(900), nightsLeft: $0) }
        #expect(outlook(steady).duePortions == 3 && !outlook(steady).isShort)
        // One night holds more than three do: all that comes before it must be read earlier.
        var heaped = steady
        heaped[19].bytes = 9000
        #expect(outlook(heaped).duePortions > 3)
        #expect(outlook(heaped).nightsLeft == 20 && outlook(heaped).missing == 7)
    }

    @Test func `what nobody read is due at once, and its days run from when it came`() {
        let policy = AuditPolicy(rate: 1)
        let found = policy.outlook(
            [
                .init(bytes: 10, nightsLeft: 89, isUnread: true), .init(bytes: 10, nightsLeft: 80),
            ], days: 90, bytesPerSecond: 1000)
        #expect(found.duePortions == 1 && !found.isShort)
        #expect(policy.outlook([], days: 90, bytesPerSecond: 1).duePortions == 0)
    }

    @Test func `nights left are whole ones, none after the deadline, and not more than the days`() {
        let day: Int64 = 86_400_000_000
        func left(_ days: Int64, _ more: Int64 = 0) -> Int {
            AuditPolicy.nightsLeft(at: 1000 * day, since: (1000 - days) * day + more, days: 90)
        }
        #expect(left(0) == 90 && left(1) == 89 && left(1, -1) == 88)
        #expect(left(89) == 1 && left(90) == 0 && left(110) == 0 && left(-5) == 90)
    }

    @Test(arguments: [Int64(1), 59_000, 600_000, 5_000_000])
    func `what is early is never due`(bytes: Int64) {
        let policy = AuditPolicy(window: .init(from: 0, to: 1), rate: 1000)
        for left in 0...90 {
            let isEarly = policy.isEarly(
                nightsLeft: left, bytes: bytes, days: 90, bytesPerSecond: .max)
            let found = policy.outlook(
                [.init(bytes: bytes, nightsLeft: left)], days: 90, bytesPerSecond: .max)
            #expect(isEarly == (found.duePortions == 0), "\(left)")
        }
    }

    private func outlook(
        _ policy: AuditPolicy, _ bytes: Int64, days: Int, bytesPerSecond: Int64
    ) -> AuditPolicy.Outlook {
        policy.outlook(
            [.init(bytes: bytes, nightsLeft: days)], days: days, bytesPerSecond: bytesPerSecond)
    }
}
