/// A day, month or year of the Gregorian calendar, as exactly as a record knows it (TT 05/2025 Annex I).
package struct CivilDate: Hashable, Sendable {
    package let year: Int
    package let month: Int?
    package let day: Int?

    /// A date whose parts exist in the calendar; nil otherwise.
    package init?(year: Int, month: Int? = nil, day: Int? = nil) {
        guard (1...9999).contains(year) else { return nil }
        if let month {
            guard (1...12).contains(month) else { return nil }
            if let day, !(1...Self.days(in: month, of: year)).contains(day) { return nil }
        } else if day != nil {
            return nil
        }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `DD/MM/YYYY`, `MM/YYYY`, `YYYY` and the ISO forms `YYYY-MM-DD`, `YYYY-MM`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let units = Array(text.utf8)
        guard units.count <= 10 else { return nil }
        let isSlashed = units.contains(UInt8(ascii: "/"))
        var parts = units.split(
            separator: UInt8(ascii: isSlashed ? "/" : "-"), omittingEmptySubsequences: false)
        if isSlashed { parts.reverse() }
        guard (1...3).contains(parts.count), parts[0].count == 4 else { return nil }
        var numbers: [Int] = []
        for (index, part) in parts.enumerated() {
            guard index == 0 || (1...2).contains(part.count), let number = CivilTime.number(part)
            else { return nil }
            numbers.append(number)
        }
        self.init(
            year: numbers[0], month: numbers.count > 1 ? numbers[1] : nil,
            day: numbers.count > 2 ? numbers[2] : nil)
    }

    /// The same for a text of its own; `DD/MM/YYYY`, which nearly every record has, is read at once.
    package init?(_ text: String) {
        guard let read = Self.slashed(text) ?? CivilDate(Substring(text)) else { return nil }
        self = read
    }

    /// The date of a text that is `DD/MM/YYYY`; nil for every other form.
    private static func slashed(_ text: String) -> CivilDate? {
        var text = text
        return text.withUTF8 { units in
            let slash = UInt8(ascii: "/")
            guard units.count == 10, units[2] == slash, units[5] == slash else { return nil }
            var number = 0
            for place in 0..<10 where place != 2 && place != 5 {
                let digit = units[place] &- 0x30
                guard digit < 10 else { return nil }
                number = number * 10 + Int(digit)
            }
            return CivilDate(
                year: number % 10_000, month: number / 10_000 % 100, day: number / 1_000_000)
        }
    }

    /// `DD/MM/YYYY`, `MM/YYYY` or `YYYY`, as the circular's EAD files write it.
    package var slashedText: String {
        let yearText = CivilTime.padded(year, 4)
        guard let month else { return yearText }
        guard let day else { return CivilTime.padded(month, 2) + "/" + yearText }
        return CivilTime.padded(day, 2) + "/" + CivilTime.padded(month, 2) + "/" + yearText
    }

    /// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    package var isoText: String {
        let yearText = CivilTime.padded(year, 4)
        guard let month else { return yearText }
        guard let day else { return yearText + "-" + CivilTime.padded(month, 2) }
        return yearText + "-" + CivilTime.padded(month, 2) + "-" + CivilTime.padded(day, 2)
    }

    /// The first day it may mean, as `YYYY-MM-DD`.
    package var earliestText: String {
        CivilTime.padded(year, 4) + "-" + CivilTime.padded(month ?? 1, 2) + "-"
            + CivilTime.padded(day ?? 1, 2)
    }

    /// The last day it may mean, as `YYYY-MM-DD`.
    package var latestText: String {
        let lastMonth = month ?? 12
        return CivilTime.padded(year, 4) + "-" + CivilTime.padded(lastMonth, 2) + "-"
            + CivilTime.padded(day ?? Self.days(in: lastMonth, of: year), 2)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
