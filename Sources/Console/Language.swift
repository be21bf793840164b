/// The two languages people read, Vietnamese first.
package enum Language: String, Sendable, CaseIterable {
    case vietnamese = "vi"
    case english = "en"

    /// The language that the environment asks for: English for `en…`, otherwise Vietnamese, also under `C` and none.
    package init(environment: [String: String]) {
        let asked = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first {
            !$0.isEmpty
        }
        self = asked?.lowercased().hasPrefix("en") == true ? .english : .vietnamese
    }
}

/// A text in both languages; `{name}` stands for a fact.
package struct Phrase: Hashable, Sendable {
    package let vietnamese: String
    package let english: String

    package init(_ vietnamese: String, _ english: String) {
        self.vietnamese = vietnamese
        self.english = english
    }

    /// The text in a language with its facts filled in, none of which steers a terminal.
    package func text(_ language: Language, _ facts: [String: String] = [:]) -> String {
        Template.filled(
            language == .vietnamese ? vietnamese : english,
            facts.mapValues { SafeText.shown($0) })
    }
}

/// Texts with `{name}` where a fact belongs.
package enum Template {
    /// The text with every `{name}` that a fact answers replaced once; other braces stay.
    package static func filled(_ text: String, _ facts: [String: String]) -> String {
        guard text.utf8.contains(0x7B) else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: "}"),
                let fact = facts[String(rest[rest.index(after: open)..<close])]
            else {
                result.append("{")
                rest = rest.dropFirst()
                continue
            }
            result += fact
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// The names that a text wants filled.
    package static func names(in text: String) -> Set<String> {
        var names: Set<String> = []
        for part in text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1) {
            if let close = part.firstIndex(of: "}") { names.insert(String(part[..<close])) }
        }
        return names
    }
}

/// Text from records made harmless for a terminal: control characters become `\u{…}`.
package enum SafeText {
    /// The text as a terminal may show it.
    package static func shown(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A JSON text in which nothing can steer a terminal or end a line: such characters stand as `\u….`
    package static func json(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            guard isControl(scalar) else {
                result.unicodeScalars.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return result
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
            || (0x202A...0x202E).contains(scalar.value)
            || (0x2066...0x2069).contains(scalar.value)
            || scalar.value == 0x2028 || scalar.value == 0x2029
    }
}
