/// A retention period as the circular's code with the exact words beside it (`vietnam.md` §6.2).
package struct RetentionPeriod: Hashable, Sendable {
    package let code: String
    /// The exact period: the code's own words, or what was written where the code is 07.
    package let words: String

    /// Reads a code, its words or any other words; nil for a bare number and for misspelt words.
    package init?(_ text: String) {
        guard !Self.isStrangeNumber(text) else { return nil }
        let text = Self.years(text) ?? text
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if let code = CodeList.maintenance.code(for: text) {
            // `5` may be a code without its zero or five years: a guess could destroy a record.
            guard !isNumber || text.utf8.count == 2 else { return nil }
            self.code = code
            words = code == Self.other ? text : CodeList.maintenance.words(for: code) ?? text
            return
        }
        let named = CodeList.maintenance.entries.flatMap(\.words).filter { !$0.contains("0") }
        guard !isNumber, NearestWord.to(text, among: named) == nil else { return nil }
        code = Self.other
        words = text
    }

    private static let other = "07"

    /// Whether the exact period is still unknown: the code 07 or its word alone.
    package var isUnspecified: Bool {
        code == Self.other && CodeList.maintenance.code(for: words) == Self.other
    }

    /// The number of years; nil for a period without end, or one that is not counted in years.
    package var years: Int? {
        guard let text = Self.years(words) else { return nil }
        return Int(text.prefix { $0.isNumber })
    }

    /// `N năm`, where the text is a number of years however it is spelt; nil otherwise.
    private static func years(_ text: String) -> String? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count <= 3 else { return nil }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
        guard unit == "năm" || unit == "nam" else { return nil }
        let number = digits.drop { $0 == "0" }
        return number.isEmpty ? nil : String(number) + " năm"
    }

    /// Whether a text is meant as a number of years but is none that a period can have: `0 năm`, `-5 năm`, `năm`.
    private static func isStrangeNumber(_ text: String) -> Bool {
        let words = text.lowercased().split(separator: " ")
        guard let unit = words.last, words.count <= 2 else { return false }
        let isYears = unit == "năm" || unit == "nam" || unit.hasSuffix("năm")
        let isLoneUnit = words.count == 1 && (unit == "năm" || unit == "nam")
        let hasNumber = words[0].contains { $0.isNumber }
        return isYears && (isLoneUnit || hasNumber) && years(text) == nil
    }
}
