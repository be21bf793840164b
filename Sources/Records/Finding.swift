/// Something wrong, or worth knowing, in a record: a value in a report, never an error.
package struct Finding: Hashable, Sendable {
    /// How serious it is.
    package enum Severity: String, Sendable, CaseIterable {
        case error
        case warning
        case information
    }

    package let code: FindingCode
    package let severity: Severity
    /// What it is about: a file of a dossier, an entry of a bundle, an identifier.
    package let subject: String
    package let place: Place?
    /// What the explanation fills in, by the names used in its text.
    package let facts: [String: String]

    package init(
        _ code: FindingCode, _ severity: Severity = .error, subject: String, at place: Place? = nil,
        _ facts: [String: String] = [:]
    ) {
        self.code = code
        self.severity = severity
        self.subject = subject
        self.place = place
        self.facts = facts
    }
}

/// Where in a text file a finding lies; lines and columns count from 1, columns in characters.
package struct Place: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// The stable code of a kind of finding; its texts stand in the message catalogue.
package struct FindingCode: Hashable, Sendable, Comparable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func < (one: FindingCode, other: FindingCode) -> Bool { one.text < other.text }
}

extension Sequence<Finding> {
    /// Whether any of them says that the record is wrong.
    package var containsErrors: Bool { contains { $0.severity == .error } }
}
