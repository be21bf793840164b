import Records
import Testing

@Suite struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-22T01:02:03.000004Z", 1_795_309_323_000_004),
        ("2026-11-22T08:02:03+07:00", 1_795_309_323_000_000),
        ("2026-11-21T17:32:03.5-07:30", 1_795_309_323_500_000),
        ("1969-12-31T23:59:59.999999Z", -1), ("2000-02-29T12:00:00Z", 951_825_600_000_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
    ])
    func `reads ISO 8601 to the microsecond`(_ given: String, _ microseconds: Int64) throws {
        #expect(try #require(Instant(given)).microseconds == microseconds)
    }

    @Test(arguments: [
        "", "Z", "2026-11-22", "2026-11-22T01:02:03", "2026-11-22 01:02:03Z",
        "2026-11-22T24:00:00Z", "2026-11-22T01:60:00Z", "2026-11-22T01:02:60Z",
        "2026-02-29T01:02:03Z", "2026-13-01T01:02:03Z", "0000-01-01T00:00:00Z",
        "2026-11-22T01:02:03.Z", "2026-11-22T01:02:03.0000001Z", "2026-11-22T01:02:03+7:00",
        "2026-11-22T01:02:03+15:00", "2026-11-22T01:02:03+07:60", "2026-11-22T01:02:03*07:00",
        "2026-11-22T01:02:03z", "2026-11-22T01:02:03ZZ", "2026-11-22T01:02:03+07:00 ",
        "2026-11-22T01:02:03\u{0}", "２026-11-22T01:02:03Z", "+026-11-22T01:02:03Z",
    ])
    func `refuses what is no moment`(_ given: String) {
        #expect(Instant(given) == nil)
    }

    @Test func `writes the ledger's form, Vietnam's time and whole seconds`() {
        let instant = Instant(microseconds: 1_795_309_323_000_004)

        #expect(instant.utcText == "2026-11-22T01:02:03.000004Z")
        #expect(instant.vietnamText == "2026-11-22T08:02:03+07:00")
        #expect(instant.utcSecondsText == "2026-11-22T01:02:03Z")
        #expect(instant.wholeSecond.microseconds == 1_795_309_323_000_000)
    }

    @Test func `rounds moments before 1970 down`() {
        let instant = Instant(microseconds: -1)

        #expect(instant.seconds == -1)
        #expect(instant.utcText == "1969-12-31T23:59:59.999999Z")
        #expect(instant.vietnamText == "1970-01-01T06:59:59+07:00")
    }

    @Test func `reads every text that it writes`() throws {
        var random = SeededGenerator(1)
        let years = Int64(-62_135_596_800_000_000)...253_402_300_799_999_999

        for _ in 0..<5000 {
            let instant = Instant(microseconds: Int64.random(in: years, using: &random))
            #expect(Instant(instant.utcText) == instant)
            #expect(Instant(instant.utcSecondsText) == instant.wholeSecond)
        }
    }

    @Test func `counts every day of four centuries once`() throws {
        var date = CivilTime(seconds: -3_000_000_000 / 86_400 * 86_400)

        for number in 1...146_097 {
            let next = CivilTime(seconds: date.seconds + 86_400)
            let isNextDay = next.month == date.month && next.day == date.day + 1
            let isNextMonth = next.day == 1 && next.month == date.month % 12 + 1
            #expect(isNextDay || isNextMonth, "\(number) \(date.text) \(next.text)")
            date = next
        }
    }

    @Test(arguments: [Int64.min, Int64.min + 1, Int64.max])
    func `writes the outermost moments without a fault`(_ microseconds: Int64) {
        let instant = Instant(microseconds: microseconds)

        #expect(instant.utcText.hasSuffix("Z"))
        #expect(instant.vietnamText.hasSuffix("+07:00"))
        #expect(instant.seconds == microseconds / 1_000_000 - (microseconds < 0 ? 1 : 0))
    }
}
