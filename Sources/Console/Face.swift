package import Records
package import Repository

/// Where a command's answer goes: results to standard output as text or JSON Lines, everything else to standard error.
package struct Face: Sendable {
    package let language: Language
    package let isJSON: Bool

    package init(language: Language, isJSON: Bool) {
        self.language = language
        self.isJSON = isJSON
    }

    /// Gives a result: one JSON line `{"version":1,"kind":…,"payload":…}`, or its text.
    package func give(
        _ kind: String, _ payload: @autoclosure () -> JSONValue, text: @autoclosure () -> String
    ) {
        let line = line(kind, payload(), text: text())
        if !line.isEmpty { Stream.results.write(line) }
    }

    /// A result as it is given, with its line break; empty when it has no text.
    func line(
        _ kind: String, _ payload: @autoclosure () -> JSONValue, text: @autoclosure () -> String
    ) -> String {
        guard isJSON else {
            let shown = text()
            return shown.isEmpty ? "" : shown + "\n"
        }
        let line: JSONValue = ["kind": .string(kind), "payload": payload(), "version": 1]
        return SafeText.json(line.canonicalText) + "\n"
    }

    /// Gives a JSON line whose one long array goes out piece by piece, so that memory does not grow with it.
    package func giveLine(
        _ kind: String, _ members: [String: JSONValue], array key: String,
        _ forEach: ((JSONValue) throws -> Void) throws -> Void
    ) rethrows {
        var text = "{\"kind\":" + JSONValue.string(kind).canonicalText + ",\"payload\":{"
        var mark = ""
        // Keys are of ASCII letters, whose order is the canonical one.
        for name in (members.keys + [key]).sorted() {
            text += mark + JSONValue.string(name).canonicalText + ":"
            mark = ","
            guard name == key else {
                text += members[name]?.canonicalText ?? "null"
                continue
            }
            var separator = "["
            try forEach { element in
                text += separator + element.canonicalText
                separator = ","
                guard text.utf8.count > 1 << 16 else { return }
                Stream.results.write(SafeText.json(text))
                text = ""
            }
            text += separator == "[" ? "[]" : "]"
        }
        Stream.results.write(SafeText.json(text + "},\"version\":1}") + "\n")
    }

    /// Says something beside the results.
    package func note(_ text: String) { Stream.notes.write(text + "\n") }

    /// Says something beside the results in the person's language.
    package func note(_ phrase: Phrase, _ facts: [String: String] = [:]) {
        note(phrase.text(language, facts))
    }

    /// Reports a failure on both ways: JSON on standard output, text on standard error.
    package func fail(_ failure: FailureReport) {
        let wording = Catalogue.wording(of: failure, language)
        if isJSON {
            give(
                "error",
                [
                    "code": .string(failure.code), "message": .string(wording.explanation),
                    "remedy": .string(wording.remedy),
                    "status": .number(Int64(failure.status.rawValue)),
                    "subject": .string(failure.subject),
                ], text: "")
            return
        }
        note(failure)
    }

    /// Says beside the results what failed without failing the command.
    package func note(_ failure: FailureReport) {
        let wording = Catalogue.wording(of: failure, language)
        note("luutru: " + wording.explanation + " [" + failure.code + "]")
        if !wording.remedy.isEmpty { note("  → " + wording.remedy) }
    }
}

extension Finding {
    /// The finding as programs read it (`docs/json.md`).
    package func json(_ language: Language) -> JSONValue {
        let wording = Catalogue.wording(of: self, language)
        var members: [String: JSONValue] = [
            "code": .string(code.text), "explanation": .string(wording.explanation),
            "remedy": .string(wording.remedy), "severity": .string(severity.rawValue),
            "subject": .string(subject),
        ]
        if let place {
            members["line"] = .number(Int64(place.line))
            members["column"] = .number(Int64(place.column))
        }
        if let rule = facts["rule"] { members["rule"] = .string(rule) }
        return .object(members)
    }

    /// The finding as people read it, two or three lines.
    package func text(_ language: Language) -> String {
        let wording = Catalogue.wording(of: self, language)
        let position = place.map { ":\($0.line):\($0.column)" } ?? ""
        let head =
            "  \(Phrases.severity(severity).text(language)) \(SafeText.shown(subject))\(position): "
        let remedy = wording.remedy.isEmpty ? "" : "\n      → " + wording.remedy
        return head + wording.explanation + " [" + code.text + "]" + remedy
    }
}
