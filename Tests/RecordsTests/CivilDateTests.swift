import Records
import Testing

@Suite struct CivilDateTests {
    @Test(arguments: [
        ("09/03/2024", "2024-03-09", "09/03/2024"), ("9/3/2024", "2024-03-09", "09/03/2024"),
        ("2024-03-09", "2024-03-09", "09/03/2024"), ("03/2024", "2024-03", "03/2024"),
        ("2024-03", "2024-03", "03/2024"), ("2024", "2024", "2024"),
        ("0001", "0001", "0001"), ("31/12/9999", "9999-12-31", "31/12/9999"),
    ])
    func `reads both forms as exactly as they are given`(
        _ given: String, _ iso: String, _ slashed: String
    ) throws {
        let date = try #require(CivilDate(given))

        #expect(date.isoText == iso)
        #expect(date.slashedText == slashed)
        #expect(CivilDate(date.isoText) == date)
        #expect(CivilDate(date.slashedText) == date)
    }

    @Test(arguments: [
        "", "/", "//", "-", "--", "2024/03/09", "09-03-2024", "24", "02024", "0000", "10000",
        "2024-",
        "2024-3-9-1", "00/03/2024", "32/01/2024", "31/04/2024", "09/13/2024", "09/00/2024",
        "09/03/24", "+9/03/2024", "-9/03/2024", " 9/03/2024", "09/03/2024 ", "09//2024",
        "09/03-2024", "٠٩/٠٣/٢٠٢٤", "２０２４", "2024\u{0}", "2024\n", "009/03/2024", "tháng 3",
        "99999999999999999999", "1/99999999999999999999/2024", "99999999999999999999/1/2024",
    ])
    func `refuses what is no date`(_ given: String) {
        #expect(CivilDate(given) == nil)
        #expect(CivilDate(Substring(given)) == nil)
    }

    @Test(arguments: [0, 1, 1900, 2000, 2023, 2024, 9999])
    func `a whole day is the same date by either way of reading`(_ year: Int) {
        let yearText = String(repeating: "0", count: 4 - String(year).count) + String(year)
        for month in 0...13 {
            for day in 0...32 {
                let dayText = day < 10 ? "0\(day)" : "\(day)"
                let monthText = month < 10 ? "0\(month)" : "\(month)"
                let text = "\(dayText)/\(monthText)/\(yearText)"
                #expect(CivilDate(text) == CivilDate(Substring(text)))
                #expect(CivilDate(text) == CivilDate(year: year, month: month, day: day))
            }
        }
    }

    @Test(arguments: [
        (2000, true), (1900, false), (2024, true), (2023, false), (2100, false), (4, true),
    ])
    func `knows the leap years`(_ year: Int, _ isLeap: Bool) {
        #expect((CivilDate(year: year, month: 2, day: 29) != nil) == isLeap)
        #expect(CivilDate(year: year, month: 2, day: 28) != nil)
        #expect(CivilDate(year: year, month: 2, day: 30) == nil)
        #expect(
            CivilDate(year: year, month: 2)?.latestText.hasSuffix(isLeap ? "-29" : "-28") == true)
    }

    @Test(arguments: [Int.min, -1, 0, 10_000, Int.max])
    func `refuses numbers beyond the calendar`(_ number: Int) {
        #expect(CivilDate(year: number) == nil)
        #expect(CivilDate(year: 2024, month: number) == nil)
        #expect(CivilDate(year: 2024, month: 1, day: number) == nil)
    }

    @Test func `has no day without a month`() {
        #expect(CivilDate(year: 2024, month: nil, day: 1) == nil)
    }

    @Test(arguments: [
        ("2024", "2024-01-01", "2024-12-31"), ("02/2024", "2024-02-01", "2024-02-29"),
        ("09/03/2024", "2024-03-09", "2024-03-09"), ("04/0987", "0987-04-01", "0987-04-30"),
    ])
    func `says the first and the last day it may mean`(
        _ given: String, _ earliest: String, _ latest: String
    ) throws {
        let date = try #require(CivilDate(given))

        #expect(date.earliestText == earliest)
        #expect(date.latestText == latest)
    }
}
