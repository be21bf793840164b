import Policies
import Readers
import Records

/// Turns values into canonical form, and faults into findings with rule, cause and place.
struct FieldCheck {
    private let findings: FindingList
    private let subject: String

    init(_ findings: FindingList, _ subject: String) {
        self.findings = findings
        self.subject = subject
    }

    /// The canonical value; nil, with a finding, when it breaks the rule.
    func canonical(_ text: String, _ rule: FieldRule, at place: Place) -> String? {
        do {
            return try rule.canonical(text)
        } catch {
            var facts = facts(rule)
            facts["value"] = text.shown
            facts["length"] = String(text.unicodeScalars.count)
            if case .notCode(let list) = error, findings.takesErrors {
                facts["allowed"] = list.listing
                facts["nearest"] = list.nearest(to: text).asHint
            }
            findings.add(Self.code(of: error), subject, at: place, facts)
            return nil
        }
    }

    func reportMissing(_ element: String, _ rule: FieldRule?, at place: Place?) {
        var facts = rule.map(facts) ?? ["element": element]
        facts["form"] = rule?.form.map { ": " + $0 } ?? ""
        findings.add(.fieldRequired, subject, at: place, facts)
    }

    /// Reports why the whole file could not be read.
    func report(_ fault: TextFault) {
        let facts = ["detail": fault.detail.shown, "element": fault.detail.shown]
        switch fault.reason {
        case .notUTF8: findings.add(.textNotUTF8, subject, at: fault.place)
        case .control: findings.add(.textControl, subject, at: fault.place)
        case .syntax: findings.add(.textUnreadable, subject, at: fault.place, facts)
        case .notFlat: findings.add(.textNotFlat, subject, at: fault.place)
        case .keyTwice: findings.add(.columnTwice, subject, at: fault.place, facts)
        case .unclosedQuote: findings.add(.quoteUnclosed, subject, at: fault.place)
        case .rowTooLong:
            findings.add(
                .limitRow, subject, at: fault.place, ["limit": String(CSVReader.largestRow)])
        case .tooManyColumns:
            findings.add(
                .limitColumns, subject, at: fault.place, ["limit": String(CSVReader.largestColumns)]
            )
        case .tooLarge:
            findings.add(
                .limitFileSize, subject, at: fault.place, ["limit": String(YAMLMapping.limit)])
        }
    }

    /// What a finding says of a rule.
    func facts(_ rule: FieldRule) -> [String: String] {
        [
            "element": rule.element, "vietnamese": rule.vietnamese, "rule": rule.citation,
            "limit": String(rule.length),
        ]
    }

    private static func code(of fault: FieldFault) -> FindingCode {
        switch fault {
        case .tooLong: .fieldTooLong
        case .notNumber: .fieldNotNumber
        case .notBoolean: .fieldNotBoolean
        case .notDay: .fieldNotDay
        case .notDate: .fieldNotDate
        case .notCode: .fieldNotCode
        case .control: .fieldControl
        }
    }
}
