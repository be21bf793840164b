import Console
import Records
import Repository

/// How the archive's health is shown to monitoring: one line.
enum HealthReport {
    static func give(_ health: Health, to face: Face) -> ExitStatus {
        let language = face.language
        let troubles = (health.wrong + health.waiting).map { trouble in
            HealthPhrases.trouble(trouble.kind).text(language, ["count": String(trouble.count)])
        }
        let word =
            switch health.status {
            case .done: HealthPhrases.well
            case .findings: HealthPhrases.wrong
            default: HealthPhrases.waiting
            }
        let line =
            word.text(language) + (troubles.isEmpty ? "" : ": ")
            + troubles.joined(separator: "; ")
        face.give(
            "health",
            [
                "status": .number(Int64(health.status.rawValue)), "wrong": json(health.wrong),
                "waiting": json(health.waiting),
            ], text: line)
        return health.status
    }

    private static func json(_ troubles: [Health.Trouble]) -> JSONValue {
        .array(
            troubles.map {
                ["kind": .string($0.kind.rawValue), "count": .number($0.count)]
            })
    }
}
