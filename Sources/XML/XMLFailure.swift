/// Why XML cannot be written or read, and where; the text is bounded and harmless for a terminal.
package struct XMLFailure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        /// Not well-formed.
        case malformed
        /// A document type declaration, which no file of the archive has.
        case documentType
        /// A limit on depth, length or number was passed.
        case limit
        /// A character that XML 1.0 cannot hold.
        case character
        /// The writer's elements are not balanced.
        case unbalanced
        /// A schema that libxml2 cannot compile.
        case schema
    }

    package let reason: Reason
    package let line: Int
    package let column: Int
    package let message: String

    init(_ reason: Reason, line: Int = 0, column: Int = 0, message: String = "") {
        self.reason = reason
        self.line = line
        self.column = column
        self.message = Self.bounded(message)
    }

    /// The first line of a text that others wrote, at most 500 characters, none of which moves a terminal.
    static func bounded(_ text: String) -> String {
        var bounded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(500) {
            if scalar == "\n" { break }
            bounded.append(Self.isPlain(scalar) ? scalar : "\u{FFFD}")
        }
        return String(bounded)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        default: true
        }
    }

    /// Reason, place and message in one line.
    package var text: String {
        line > 0
            ? "\(reason.rawValue) \(line):\(column) \(message)" : "\(reason.rawValue) \(message)"
    }
}
