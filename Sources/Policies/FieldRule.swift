import Records

/// What the circular asks of one element: its name, type, length and where that stands (TT 05/2025 Annex I).
package struct FieldRule: Hashable, Sendable {
    /// The types of the circular's tables.
    package enum Kind: Hashable, Sendable {
        case text
        case number
        case boolean
        /// A day: `DD/MM/YYYY`.
        case day
        /// A day, a month or a year.
        case date
        case code(CodeList)
        /// One code or more, joined by `;` in the canonical form.
        case codes(CodeList)
        /// A retention period: a code, its words, or other words.
        case period
    }

    package let element: String
    package let vietnamese: String
    package let kind: Kind
    /// The longest value, in characters.
    package let length: Int
    /// Where the rule stands.
    package let citation: String

    init(_ element: String, _ vietnamese: String, _ kind: Kind, _ length: Int, _ citation: String) {
        self.element = element
        self.vietnamese = vietnamese
        self.kind = kind
        self.length = length
        self.citation = citation
    }
}

/// Why a value breaks its rule.
package enum FieldFault: Error, Hashable, Sendable {
    case tooLong
    case notNumber
    case notBoolean
    case notDay
    case notDate
    case notCode(allowed: String)
    /// A control character, which no element may hold.
    case control
}

extension FieldRule {
    /// The value in the circular's canonical form.
    package func canonical(_ value: String) throws(FieldFault) -> String {
        if value.unicodeScalars.contains(where: { ($0.value < 0x20 && $0.value != 0x0A && $0.value != 0x0D && $0.value != 0x09) || $0.value == 0x7F || $0.value == 0xFFFE || $0.value == 0xFFFF }) {
            throw .control
        }
        switch kind {
        case .text:
            guard value.count <= length else { throw .tooLong }
            return value
        case .number:
            guard value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .notNumber }
            let digits = value.drop { $0 == "0" }
            guard digits.utf8.count <= length else { throw .tooLong }
            return digits.isEmpty ? "0" : String(digits)
        case .boolean:
            guard let flag = Self.flags[value.lowercased()] else { throw .notBoolean }
            return flag
        case .day:
            guard let date = CivilDate(value), date.day != nil else { throw .notDay }
            return date.slashedText
        case .date:
            guard let date = CivilDate(value) else { throw .notDate }
            return date.slashedText
        case .code(let list):
            guard let code = list.code(for: value) else { throw .notCode(allowed: list.listing) }
            return code
        case .codes(let list):
            return try Self.codes(value, list)
        case .period:
            guard value.count <= length else { throw .tooLong }
            return RetentionPeriod(value).code
        }
    }

    private static let flags = ["1": "1", "0": "0", "true": "1", "false": "0", "có": "1", "không": "0"]

    private static func codes(_ value: String, _ list: CodeList) throws(FieldFault) -> String {
        if let code = list.code(for: value) { return code }
        var codes: [String] = []
        for part in value.split(whereSeparator: { $0 == ";" || $0 == "," }) {
            let word = part.drop { $0 == " " }
            guard let code = list.code(for: String(word.reversed().drop { $0 == " " }.reversed())) else {
                throw .notCode(allowed: list.listing)
            }
            if !codes.contains(code) { codes.append(code) }
        }
        guard !codes.isEmpty else { throw .notCode(allowed: list.listing) }
        return codes.joined(separator: ";")
    }
}

/// A retention period as the circular's code with the exact words beside it (`vietnam.md` §6.2).
package struct RetentionPeriod: Hashable, Sendable {
    package let code: String
    /// The exact period: the code's own words, or what was written where the code is 07.
    package let words: String

    /// Reads a code, its words, or any other words, which become code 07.
    package init(_ text: String) {
        let code = CodeList.maintenance.code(for: text) ?? "07"
        self.code = code
        words = code == "07" ? text : CodeList.maintenance.words(for: code) ?? text
    }

    /// Whether the exact period is still unknown: the code 07 or its word alone.
    package var isUnspecified: Bool { code == "07" && CodeList.maintenance.code(for: words) == "07" }
}
