import Records

/// What the circular asks of one element: its name, type, length and where that stands (TT 05/2025 Annex I).
package struct FieldRule: Hashable, Sendable {
    /// The types of the circular's tables.
    package enum Kind: Hashable, Sendable {
        case text
        case number
        /// A number counted from 1.
        case ordinal
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
    /// The longest value, in characters, each a code point.
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
    case notCode(CodeList)
    /// A control character, which no element may hold.
    case control
}

extension FieldRule {
    /// The value in the circular's canonical form.
    package func canonical(_ value: String) throws(FieldFault) -> String {
        guard !value.holdsControl else { throw .control }
        switch kind {
        case .text:
            guard fits(value) else { throw .tooLong }
            return value
        case .number: return try number(value, from: 0)
        case .ordinal: return try number(value, from: 1)
        case .boolean:
            guard let flag = Self.flags[value] ?? Self.flags[value.lowercased()] else {
                throw .notBoolean
            }
            return flag
        case .day:
            if value.isWrittenDay { return value }
            guard let date = CivilDate(value), date.day != nil else { throw .notDay }
            return date.slashedText
        case .date:
            if value.isWrittenDay { return value }
            guard let date = CivilDate(value) else { throw .notDate }
            return date.slashedText
        case .code(let list):
            guard let code = list.code(for: value) else { throw .notCode(list) }
            return code
        case .codes(let list): return try Self.codes(value, list)
        case .period:
            guard fits(value) else { throw .tooLong }
            guard let period = RetentionPeriod(value) else { throw .notCode(.maintenance) }
            return period.code
        }
    }

    /// Code points are counted, as XML Schema does, or a bundle would break its own schemas.
    private func fits(_ value: String) -> Bool {
        // Bytes first: code points are never more.
        value.utf8.count <= length || value.unicodeScalars.count <= length
    }

    private func number(_ value: String, from least: Int) throws(FieldFault) -> String {
        guard value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .notNumber }
        let digits = value.drop { $0 == "0" }
        guard digits.utf8.count <= length else { throw .tooLong }
        guard !digits.isEmpty || least == 0 else { throw .notNumber }
        return digits.isEmpty ? "0" : String(digits)
    }

    private static let flags = [
        "1": "1", "0": "0", "true": "1", "false": "0", "có": "1", "không": "0",
    ]

    private static func codes(_ value: String, _ list: CodeList) throws(FieldFault) -> String {
        if let code = list.code(for: value) { return code }
        var codes: [String] = []
        for part in value.split(whereSeparator: { $0 == ";" || $0 == "," }) {
            let word = part.drop { $0 == " " }
            let blanks = word.reversed().prefix { $0 == " " }.count
            guard let code = list.code(for: String(word.dropLast(blanks))) else {
                throw .notCode(list)
            }
            if !codes.contains(code) { codes.append(code) }
        }
        guard !codes.isEmpty else { throw .notCode(list) }
        return codes.joined(separator: ";")
    }
}

extension String {
    /// Whether it holds a control character other than tab and line break.
    fileprivate var holdsControl: Bool {
        var last: UInt32 = 0
        for byte in utf8 {
            last = last << 8 | UInt32(byte)
            switch byte {
            case 0x09, 0x0A, 0x0D: break
            case 0..<0x20, 0x7F: return true
            // U+0080 to U+009F; U+FFFE and U+FFFF, which are no characters.
            case 0x80...0x9F: if last & 0xFF00 == 0xC200 { return true }
            case 0xBE, 0xBF: if last & 0xFF_FF00 == 0xEF_BF00 { return true }
            default: break
            }
        }
        return false
    }

    /// Whether it is a day of the calendar in just the circular's form, `DD/MM/YYYY`.
    fileprivate var isWrittenDay: Bool {
        guard utf8.count == 10 else { return false }
        var numbers = (0, 0, 0)
        for (index, byte) in utf8.enumerated() {
            if index == 2 || index == 5 {
                guard byte == 0x2F else { return false }
                continue
            }
            guard (0x30...0x39).contains(byte) else { return false }
            let digit = Int(byte - 0x30)
            switch index {
            case 0, 1: numbers.0 = numbers.0 * 10 + digit
            case 3, 4: numbers.1 = numbers.1 * 10 + digit
            default: numbers.2 = numbers.2 * 10 + digit
            }
        }
        return CivilDate(year: numbers.2, month: numbers.1, day: numbers.0) != nil
    }
}

extension FieldRule {
    /// How a value is written, where its name does not say it: the codes, or the form of a date or flag.
    package var form: String? {
        switch kind {
        case .code(let list), .codes(let list): list.listing
        case .period: CodeList.maintenance.listing
        case .boolean: "1 (có), 0 (không)"
        case .day: "DD/MM/YYYY"
        case .date: "DD/MM/YYYY, MM/YYYY, YYYY"
        default: nil
        }
    }
}
