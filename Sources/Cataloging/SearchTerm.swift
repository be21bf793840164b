/// Words that must stand next to each other: one word typed, a code with its marks, or a phrase in quotes.
struct SearchTerm: Hashable, Sendable {
    let tokens: [String]
    /// Whether the last word may go on.
    let isPrefix: Bool

    /// More than these are left out: nobody types them, and each costs time.
    private static let mostTerms = 24
    private static let mostTokens = 16
    private static let mostCharacters = 2000

    /// Reads what somebody typed; no text is wrong, and marks that mean nothing are passed over.
    static func terms(in text: String) -> [SearchTerm] {
        var terms: [SearchTerm] = []
        var part = ""
        var isQuoted = false
        func close() {
            if let term = SearchTerm(part), !terms.contains(term) { terms.append(term) }
            part = ""
        }
        for character in text.prefix(mostCharacters) where terms.count < mostTerms {
            if "\"“”„«»".contains(character) {
                close()
                isQuoted.toggle()
            } else if character.isWhitespace, !isQuoted {
                close()
            } else {
                part.append(character)
            }
        }
        if terms.count < mostTerms { close() }
        return terms
    }

    private init?(_ text: String) {
        let tokens = SearchTokens.tokens(of: text, limit: Self.mostTokens).map(\.text)
        guard !tokens.isEmpty else { return nil }
        self.tokens = tokens
        isPrefix = text.last == "*"
    }

    init(phrase text: String) {
        tokens = SearchTokens.tokens(of: text, limit: Self.mostTokens).map(\.text)
        isPrefix = false
    }
}

/// A question in the full-text index's own language, built from folded words only, so nothing typed is syntax.
struct SearchExpression {
    /// Stands for the byte 0xFF, with which filter keys begin in the index.
    static let keyMark = "\u{E000}"

    private var parts: [String] = []

    /// Nil when there is nothing for the index to look up.
    var text: String? { parts.isEmpty ? nil : parts.joined(separator: " AND ") }

    mutating func add(_ term: SearchTerm, endings: [String]?) {
        if let endings {
            parts.append("(" + endings.map { "\"\($0)\"" }.joined(separator: " OR ") + ")")
        } else {
            parts.append(
                "\"" + term.tokens.joined(separator: " ") + "\"" + (term.isPrefix ? "*" : ""))
        }
    }

    /// Asks for a phrase in one column.
    mutating func add(_ term: SearchTerm, column: String) {
        parts.append("(\(column) : \"" + term.tokens.joined(separator: " ") + "\")")
    }

    /// Asks for a filter's key: its sort, then its value in folded letters and digits.
    mutating func add(key sort: Character, _ value: String) {
        parts.append("\"\(Self.keyMark)\(sort)\(SearchFolding.key(value))\"")
    }

    /// Asks for any of several values of a filter, as a fonds is found by each of its codes.
    mutating func add(key sort: Character, anyOf values: [String]) {
        let keys = Set(values.map { "\"\(Self.keyMark)\(sort)\(SearchFolding.key($0))\"" })
        parts.append("(" + keys.sorted().joined(separator: " OR ") + ")")
    }
}
