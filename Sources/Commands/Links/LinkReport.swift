import Console
import Records
import Repository

/// How links are shown.
enum LinkReport {
    static func json(_ link: ShownLink) -> JSONValue {
        [
            "kind": .string(link.kind.rawValue),
            "direction": .string(link.isIncoming ? "incoming" : "outgoing"),
            "source": json(link.source), "target": json(link.target),
            "since": .string(link.since.utcText),
            "until": link.until.map { .string($0.utcText) } ?? .null,
        ]
    }

    private static func json(_ end: LinkEnd) -> JSONValue {
        [
            "state": .string(end.state.rawValue), "id": .string(end.text),
            "code": .string(end.code), "title": .string(end.title),
        ]
    }

    /// A line that begins with the record the person asked for.
    static func text(_ link: ShownLink, _ language: Language) -> String {
        let phrase =
            link.isIncoming ? LinkPhrases.incoming(link.kind) : LinkPhrases.outgoing(link.kind)
        let (own, other) = link.isIncoming ? (link.target, link.source) : (link.source, link.target)
        let document = own.state == .here ? number(own) : ""
        let until =
            link.until.map {
                LinkPhrases.ended.text(language, ["until": $0.vietnamText])
            } ?? ""
        return "  " + document + phrase.text(language) + ": " + shown(other, language) + until
    }

    /// `[3] ` for a document.
    private static func number(_ end: LinkEnd) -> String {
        guard let hash = end.text.lastIndex(of: "#") else { return "" }
        return "[" + end.text[end.text.index(after: hash)...] + "] "
    }

    private static func shown(_ end: LinkEnd, _ language: Language) -> String {
        guard end.state == .here else {
            return SafeText.shown(end.text) + " – " + LinkPhrases.state(end.state).text(language)
        }
        return [end.code, end.title, end.text].filter { !$0.isEmpty }.map { SafeText.shown($0) }
            .joined(separator: " · ")
    }
}
