import Policies
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
            facts["length"] = String(text.count)
            if case .notCode(let allowed) = error { facts["allowed"] = allowed }
            findings.add(Self.code(of: error), subject, at: place, facts)
            return nil
        }
    }

    func reportMissing(_ element: String, _ rule: FieldRule?, at place: Place?) {
        findings.add(.fieldRequired, subject, at: place, rule.map(facts) ?? ["element": element])
    }

    private func facts(_ rule: FieldRule) -> [String: String] {
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
