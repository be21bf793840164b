import Console
import Records
import Repository

/// How changes between two states of a dossier are shown.
enum StateReport {
    static func give(_ outcome: AmendOutcome, to face: Face) {
        let phrase =
            outcome.isRejected
            ? Phrases.amendRejected : outcome.version == nil ? Phrases.wouldAmend : Phrases.amended
        let head = phrase.text(
            face.language,
            [
                "id": outcome.object.text, "version": String(outcome.version ?? 0),
                "bytes": Progress.size(outcome.bytes),
            ])
        face.give(
            "amended",
            [
                "id": .string(outcome.object.text),
                "version": outcome.version.map { .number(Int64($0)) } ?? .null,
                "changes": .array(outcome.changes.map(json)), "bytes": .number(outcome.bytes),
                "sha512": outcome.sha512.map { .string($0.hex) } ?? .null,
                "rejected": .boolean(outcome.isRejected),
                "findings": .array(outcome.findings.map { $0.json(face.language) }),
            ],
            text: ([head] + outcome.changes.map { text($0, face.language) }
                + outcome.findings.map { $0.text(face.language) }).joined(separator: "\n"))
    }

    static func json(_ change: StateChange) -> JSONValue {
        [
            "kind": .string(change.kind.rawValue),
            "document": change.document.map { .number(Int64($0)) } ?? .null,
            "element": .string(change.element), "before": .string(change.before),
            "after": .string(change.after),
        ]
    }

    static func text(_ change: StateChange, _ language: Language) -> String {
        let phrase =
            switch change.kind {
            case .field: Phrases.changedField
            case .added: Phrases.addedDocument
            case .superseded: Phrases.supersededFile
            case .derived: Phrases.derivedFile
            }
        let place = change.document.map { "[\($0)] " } ?? ""
        return "  " + place
            + phrase.text(
                language,
                [
                    "element": SafeText.shown(change.element),
                    "before": shown(change.before), "after": shown(change.after),
                ])
    }

    private static func shown(_ value: String) -> String {
        value.isEmpty ? "∅" : "“" + SafeText.shown(value) + "”"
    }
}
