import Console
import Records
import Repository

/// How stores and what was done with them are shown.
enum StoreReport {
    static func json(_ standing: StoreStanding) -> JSONValue {
        let (state, detail) = state(of: standing)
        return [
            "name": .string(standing.entry.name), "id": .string(standing.entry.store.text),
            "at": .string(standing.entry.location.text),
            "role": .string(standing.entry.role.rawValue),
            "medium": .string(standing.entry.medium.rawValue),
            "place": .string(standing.entry.place), "state": .string(state),
            "detail": .string(detail), "held": .number(Int64(standing.held)),
            "lacking": .number(Int64(standing.lacking)),
            "waitingSince": standing.waitingSince.map { .string($0.utcText) } ?? .null,
            "lastReceipt": standing.lastCopied.map { .string($0.utcText) } ?? .null,
            "ledgerLag": standing.ledgerLag.map { .number($0) } ?? .null,
            "ledgerLead": standing.ledgerLead.map { .number($0) } ?? .null,
        ]
    }

    private static func state(of standing: StoreStanding) -> (word: String, detail: String) {
        switch standing.state {
        case .ready where standing.isCardCovered: ("ready", "LT-COPY-OVERLAID store.json")
        case .ready: ("ready", "")
        case .away(let detail) where standing.isRefused: ("refused", detail)
        case .away(let detail): ("away", detail)
        case .other(let detail) where standing.lacksRoot: ("damaged", detail)
        case .other(let detail): ("other", detail)
        case .ahead(let detail): ("ahead", detail)
        }
    }

    static func text(_ standing: StoreStanding, _ language: Language) -> String {
        let never = Phrases.never.text(language)
        let last = standing.lastCopied?.vietnamText ?? never
        let (word, detail) = state(of: standing)
        let phrase =
            switch word {
            case "ready" where standing.isCardCovered: CopyPhrases.covered
            case "ready": CopyPhrases.ready
            case "away": CopyPhrases.away
            case "refused": CopyPhrases.refused
            case "damaged": CopyPhrases.damaged
            case "other": CopyPhrases.other
            case "ahead" where standing.isLedgerUnreadable: CopyPhrases.unreadable
            case "ahead" where standing.isFork: CopyPhrases.fork
            default: CopyPhrases.ahead
            }
        let since =
            standing.waitingSince.map {
                CopyPhrases.since.text(language, ["at": $0.vietnamText])
            } ?? ""
        return CopyPhrases.line.text(
            language,
            [
                "name": standing.entry.name,
                "state": phrase.text(language, ["detail": SafeText.shown(detail)]),
                "at": SafeText.shown(standing.entry.location.text),
                "role": standing.entry.role.rawValue, "medium": standing.entry.medium.rawValue,
                "place": SafeText.shown(standing.entry.place), "held": String(standing.held),
                "lacking": String(standing.lacking), "since": since,
                "ledger": ledger(of: standing, language), "last": last,
            ])
    }

    private static func ledger(of standing: StoreStanding, _ language: Language) -> String {
        if standing.isLedgerUnreadable { return CopyPhrases.ledgerUnreadable.text(language) }
        if let lead = standing.ledgerLead, lead > 0 {
            return CopyPhrases.ledgerLeads.text(language, ["lead": String(lead)])
        }
        let lag = standing.ledgerLag.map { String($0) } ?? "?"
        return CopyPhrases.ledgerLags.text(language, ["lag": lag])
    }

    static func findings(of copies: CopyStanding) -> [Finding] {
        copies.short.map { short in
            Finding(
                .copiesShort, short.isOverdue ? .error : .warning, subject: short.object.text,
                [
                    "copies": String(short.copies), "media": String(short.media),
                    "places": String(short.places),
                ])
        }
    }

    static func json(_ report: SyncReport, _ language: Language) -> JSONValue {
        [
            "name": .string(report.name), "complete": .boolean(report.isComplete),
            "reached": .boolean(report.isReached), "taken": .number(Int64(report.taken)),
            "bytes": .number(report.bytes), "lacking": .number(Int64(report.lacking)),
            "findings": .array(report.findings.map { $0.json(language) }),
        ]
    }

    static func text(_ report: SyncReport, _ language: Language) -> String {
        let phrase = report.isComplete ? CopyPhrases.synced : CopyPhrases.unsynced
        let head = phrase.text(
            language,
            [
                "name": report.name, "taken": String(report.taken),
                "bytes": Progress.size(report.bytes), "lacking": String(report.lacking),
            ])
        return ([head] + report.findings.map { $0.text(language) }).joined(separator: "\n")
    }

    /// Damage before what is only away.
    static func ending(_ reports: [SyncReport]) -> ExitStatus {
        if reports.contains(where: { $0.findings.containsErrors }) { return .findings }
        return reports.allSatisfy(\.isComplete) ? .done : .incomplete
    }

    static func json(_ check: StoreCheck, _ language: Language) -> JSONValue {
        [
            "store": json(check.standing), "checked": .number(Int64(check.checked)),
            "findings": .array(check.findings.map { $0.json(language) }),
        ]
    }

    static func text(_ check: StoreCheck, _ language: Language) -> String {
        let head = CopyPhrases.checked.text(
            language,
            [
                "name": check.standing.entry.name, "checked": String(check.checked),
                "wrong": String(check.findings.count),
            ])
        return ([head] + check.findings.map { $0.text(language) }).joined(separator: "\n")
    }

    static func text(_ promotion: Promotion, _ language: Language) -> String {
        let head = CopyPhrases.promoted.text(
            language,
            [
                "name": promotion.name, "former": promotion.former,
                "epoch": String(promotion.epoch), "lacking": String(promotion.lacking),
                "damaged": String(promotion.damaged),
            ])
        let missing = promotion.missing.map { "    " + $0.text }
        let damaged = promotion.findings.map { $0.text(language) }
        return ([head] + missing + damaged).joined(separator: "\n")
    }

    static func give(_ outcome: Retirement, to face: Face) {
        let language = face.language
        let phrase = phrase(outcome)
        let successor = outcome.successor.map { outcome.isRetired ? $0 + ": " : $0 } ?? ""
        let head = phrase.text(
            language,
            [
                "name": outcome.name, "successor": successor,
                "checked": String(outcome.checked), "bytes": Progress.size(outcome.bytes),
                "count": String(outcome.lastCopies),
                "damaged": String(outcome.damagedEverywhere),
                "files": String(outcome.lastFiles),
            ])
        face.give(
            "storeRetired",
            [
                "name": .string(outcome.name), "retired": .boolean(outcome.isRetired),
                "successor": outcome.successor.map { .string($0) } ?? .null,
                "checked": .number(Int64(outcome.checked)), "bytes": .number(outcome.bytes),
                "lastCopies": .number(Int64(outcome.lastCopies)),
                "damagedEverywhere": .number(Int64(outcome.damagedEverywhere)),
                "lastFiles": .number(Int64(outcome.lastFiles)),
                "short": outcome.short.map { .number(Int64($0)) } ?? .null,
                "findings": .array(outcome.findings.map { $0.json(language) }),
            ],
            text: ([head] + outcome.findings.map { $0.text(language) }).joined(separator: "\n"))
    }

    /// What became of a store: it left, or stays for the first reason that there is.
    private static func phrase(_ outcome: Retirement) -> Phrase {
        if outcome.isRetired { return CopyPhrases.retired }
        if outcome.lastCopies > 0 { return CopyPhrases.lastCopies }
        if outcome.damagedEverywhere > 0 { return CopyPhrases.noneGood }
        return outcome.lastFiles > 0 ? CopyPhrases.lastFiles : CopyPhrases.unretired
    }

    /// What this command entered goes to the stores that answer; what is wrong with them is a note, for the work itself is done.
    static func syncNews(_ archive: Archive, _ face: Face) {
        do {
            let progress = Progress(face, total: nil, now: monotonicSeconds)
            defer { progress.finish() }
            let reports = try archive.syncNews(progress: { progress.add(bytes: $0) })
            progress.finish()
            for report in reports {
                for finding in report.findings { face.note(finding.text(face.language)) }
            }
        } catch {
            archive.finishAfterFailure()
            face.note(FailureReport(describing: error))
        }
    }
}
