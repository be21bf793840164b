import Console
import Records
import Repository
import Vigil

/// How the work of the watch is shown: a line for each duty.
enum WatchReport {
    static func give(_ outcome: WatchOutcome, to face: Face) {
        face.give("watch", json(outcome, face.language), text: text(outcome, face.language))
    }

    static func give(_ line: LogLine, to face: Face) {
        let facts = line.facts.map { $0.name + "=" + SafeText.shown($0.value) }
        face.give(
            "log",
            [
                "level": .string(line.level), "message": .string(line.message),
                "facts": .object(
                    Dictionary(line.facts.map { ($0.name, .string($0.value)) }) { one, _ in one }),
            ], text: ([line.level.uppercased(), line.message] + facts).joined(separator: " "))
    }

    /// What one run of several duties ends with: failure before findings before what waits.
    static func worse(_ one: ExitStatus, _ other: ExitStatus) -> ExitStatus {
        let order: [ExitStatus] = [.done, .incomplete, .locked, .untrusted, .findings]
        let (first, second) = (
            order.firstIndex(of: one) ?? order.count, order.firstIndex(of: other) ?? order.count
        )
        return second > first ? other : one
    }

    private static func json(_ outcome: WatchOutcome, _ language: Language) -> JSONValue {
        [
            "duty": .string(outcome.words.duty), "reason": .string(outcome.words.reason),
            "started": .string(outcome.started.utcText), "ended": .string(outcome.ended.utcText),
            "status": .number(Int64(outcome.status.rawValue)),
            "facts": .object(outcome.facts.mapValues { .number($0) }),
            "findings": .array(outcome.findings.prefix(100).map { $0.json(language) }),
            "error": outcome.failure.map { .string($0.code) } ?? .null,
        ]
    }

    private static func text(_ outcome: WatchOutcome, _ language: Language) -> String {
        let facts = outcome.facts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let head = WatchPhrases.duty(outcome.duty).text(language)
        let ending = outcome.failure.map { failure in
            Catalogue.wording(of: failure, language).explanation + " [" + failure.code + "]"
        }
        let line =
            ([
                outcome.ended.vietnamText, head,
                WatchPhrases.ending(outcome.status).text(language),
            ] + facts + [ending].compactMap { $0 }).joined(separator: " · ")
        return ([line] + outcome.findings.prefix(20).map { $0.text(language) })
            .joined(separator: "\n")
    }
}
