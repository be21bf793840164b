import Console
import Records
import Repository

/// How time-stamps and their lack are shown.
enum EvidenceReport {
    /// Closes the open batch when it is due; an authority that is away never fails the command.
    static func stampIfDue(_ archive: Archive, _ face: Face) throws {
        if let outcome = try archive.stampIfDue() { give(outcome, to: face) }
    }

    static func give(_ outcome: StampOutcome, to face: Face) {
        let language = face.language
        let findings = outcome.findings.map { $0.text(language) }
        face.give(
            "stamped",
            [
                "batch": outcome.stamped.map { .number($0.batch) } ?? .null,
                "versions": .number(outcome.stamped?.versions ?? 0),
                "at": outcome.stamped.map { .string($0.at.utcSecondsText) } ?? .null,
                "authority": outcome.stamped.map { .string($0.authority) } ?? .null,
                "independent": outcome.stamped.map { .boolean($0.isIndependent) } ?? .null,
                "waiting": .number(outcome.waiting),
                "findings": .array(outcome.findings.map { $0.json(language) }),
            ], text: ([head(outcome, language)] + findings).joined(separator: "\n"))
    }

    private static func head(_ outcome: StampOutcome, _ language: Language) -> String {
        guard let stamped = outcome.stamped else {
            return outcome.waiting == 0
                ? EvidencePhrases.nothingWaits.text(language)
                : EvidencePhrases.notStamped.text(language, ["waiting": String(outcome.waiting)])
        }
        return EvidencePhrases.stamped.text(
            language,
            [
                "batch": String(stamped.batch), "versions": String(stamped.versions),
                "at": stamped.at.vietnamText, "authority": SafeText.shown(stamped.authority),
            ])
    }

    static func text(_ standing: EvidenceStanding, _ language: Language) -> String {
        EvidencePhrases.standing(standing.state).text(
            language,
            [
                "waiting": String(standing.waiting), "batches": String(standing.batches),
                "since": standing.since?.vietnamText ?? "",
            ])
    }

    static func give(_ answer: EvidenceAnswer, subject: String, to face: Face) {
        let language = face.language
        let phrase =
            switch answer.status {
            case .done: EvidencePhrases.proved
            case .findings: EvidencePhrases.disproved
            default: EvidencePhrases.unproved
            }
        let facts = [
            "subject": SafeText.shown(subject),
            "since": answer.provedSince?.vietnamText ?? "",
        ]
        let stamps = answer.stamps.map { "  \($0.at.vietnamText) " + SafeText.shown($0.authority) }
        face.give(
            "evidence",
            [
                "subject": .string(subject), "indication": .string(answer.indication),
                "subindications": .array(answer.subindications.map { .string($0) }),
                "provedSince": answer.provedSince.map { .string($0.utcSecondsText) } ?? .null,
                "independent": .boolean(answer.isIndependent),
                "stamps": .array(
                    answer.stamps.map {
                        [
                            "at": .string($0.at.utcSecondsText),
                            "authority": .string($0.authority),
                        ]
                    }),
                "findings": .array(answer.findings.map { $0.json(language) }),
            ],
            text: ([phrase.text(language, facts)] + stamps
                + answer.findings.map { $0.text(language) }).joined(separator: "\n"))
    }

    static func give(_ export: EvidenceExport, to face: Face) {
        if let stamp = export.stamp { give(stamp, to: face) }
        let waiting = export.waiting.map { String($0) }.joined(separator: ", ")
        let more =
            waiting.isEmpty
            ? [] : [EvidencePhrases.exportWaits.text(face.language, ["versions": waiting])]
        face.give(
            "evidenceExport",
            [
                "id": .string(export.object.text),
                "paths": .array(export.paths.map { .string($0) }),
                "waiting": .array(export.waiting.map { .number(Int64($0)) }),
            ], text: (export.paths.map { SafeText.shown($0) } + more).joined(separator: "\n"))
    }

    static func give(
        _ standing: EvidenceStanding, _ batches: [BatchStanding], _ lapses: [Finding],
        to face: Face
    ) {
        let lines = batches.map { line(of: $0, face.language) }
        face.give(
            "evidenceStatus",
            [
                "state": .string(standing.state.rawValue), "waiting": .number(standing.waiting),
                "since": standing.since.map { .string($0.utcText) } ?? .null,
                "batches": .array(batches.map(json)),
                "findings": .array(lapses.map { $0.json(face.language) }),
            ],
            text: ([text(standing, face.language)] + lines
                + lapses.map { $0.text(face.language) }).joined(separator: "\n"))
    }

    /// The batch that must be renewed first; one whose token cannot be read is before all.
    static func firstToEnd(_ archive: Archive) throws -> BatchStanding? {
        try archive.batchStandings().min { one, other in
            (one.renewBefore?.seconds ?? .min) < (other.renewBefore?.seconds ?? .min)
        }
    }

    static func line(of batch: BatchStanding, _ language: Language) -> String {
        let phrase = batch.isOverdue ? EvidencePhrases.batchOverdue : EvidencePhrases.batchHolds
        return phrase.text(
            language,
            [
                "batch": String(batch.batch), "versions": String(batch.versions),
                "at": batch.at.vietnamText, "authority": SafeText.shown(batch.authority),
                "until": batch.renewBefore?.vietnamText ?? "?",
                "reason": EvidencePhrases.reason(batch.reason).text(language),
            ])
    }

    private static func json(_ batch: BatchStanding) -> JSONValue {
        [
            "batch": .number(batch.batch), "versions": .number(batch.versions),
            "at": .string(batch.at.utcSecondsText), "authority": .string(batch.authority),
            "independent": .boolean(batch.isIndependent),
            "renewBefore": batch.renewBefore.map { .string($0.utcSecondsText) } ?? .null,
            "renewal": batch.renewal.map { .string($0) } ?? .null,
            "reason": .string(batch.reason), "overdue": .boolean(batch.isOverdue),
        ]
    }
}
