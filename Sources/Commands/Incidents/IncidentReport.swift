import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

extension IncidentCommand {
    /// `luutru incident report`: the minutes of an incident and its recovery.
    struct Report: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "report",
            abstract: "Biên bản sự cố và khôi phục · Minutes of an incident.",
            discussion: HelpText.discussion(
                "-o TỆP: một trang HTML tự đủ, in khổ A4; --json: dữ liệu. Không bao giờ ghi đè."))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Số sự cố · Number.") var number: Int64
        @Option(name: .shortAndLong, help: "Tệp đích · Target file.") var output: String?

        func run() throws {
            try common.run { face in
                let archive = try common.openToRead(face)
                guard let output, !output.isEmpty, output != "-" else {
                    guard face.isJSON else {
                        throw ArchiveFailure(
                            .usage, subject: "incident report", ["detail": "-o FILE | --json"])
                    }
                    let shown = try archive.incident(number)
                    face.give("incidentShown", IncidentReport.json(shown), text: "")
                    return .done
                }
                let path = FilePath(output).absolute
                let page = try archive.incidentPage(number, IncidentReport.words)
                let bytes = try archive.write(report: page, to: path)
                face.give(
                    "minutes",
                    [
                        "path": .string(path.string), "form": "su-co", "bytes": .number(bytes),
                    ],
                    text: IncidentPhrases.written.text(
                        face.language,
                        [
                            "path": SafeText.shown(path.string), "bytes": Progress.size(bytes),
                        ]))
                return .done
            }
        }
    }
}

/// How incidents are shown.
enum IncidentReport {
    /// Minutes are in Vietnamese, whatever the face speaks.
    static let words = MinutesWords(
        damage: { RepairPhrases.kind($0).text(.vietnamese) },
        finding: { Catalogue.minutesWording(of: $0) })

    static func json(_ incident: ListedIncident) -> JSONValue { .object(members(incident)) }

    private static func members(_ incident: ListedIncident) -> [String: JSONValue] {
        [
            "number": .number(incident.number), "store": .string(incident.store),
            "opened": .string(incident.opened.utcText),
            "deadline": .string(incident.deadline.utcSecondsText),
            "closed": moment(incident.closed), "reported": moment(incident.reported),
            "unresolved": .boolean(incident.isUnresolved),
            "findings": .number(incident.findings), "openDamage": .number(incident.openDamage),
            "overdue": .boolean(incident.isOverdue),
        ]
    }

    private static func moment(_ instant: Instant?) -> JSONValue {
        instant.map { .string($0.utcText) } ?? .null
    }

    static func json(_ shown: ShownIncident) -> JSONValue {
        var members = members(shown.listed)
        members["acts"] = .array(
            shown.acts.map { act in
                [
                    "at": .string(act.at.utcText), "change": .string(act.change),
                    "way": .string(act.way), "agent": .string(act.agent),
                    "count": act.count.map { .number($0) } ?? .null,
                    "text": act.text.map { .string($0) } ?? .null,
                ]
            })
        members["damages"] = .array(
            shown.damages.map { damage in
                [
                    "at": .string(damage.at.utcText), "last": .string(damage.last.utcText),
                    "count": .number(damage.count), "code": .string(damage.code.text),
                    "object": damage.object.map { .string($0.text) } ?? .null,
                    "path": .string(damage.path),
                ]
            })
        members["repairs"] = .array(shown.repairs.map { json($0) })
        return .object(members)
    }

    private static func json(_ repair: ShownIncident.Repair) -> JSONValue {
        [
            "at": .string(repair.at.utcText), "agent": .string(repair.agent),
            "object": repair.object.map { .string($0.text) } ?? .null,
            "ending": repair.ending.map { .string($0.rawValue) } ?? .null,
            "kind": repair.kind.map { .string($0.rawValue) } ?? .null,
            "source": repair.source.map { .string($0) } ?? .null,
            "away": .array(repair.away.map { .string($0) }),
            "transferred": .number(repair.transferred),
            "files": .array(
                repair.files.map { file in
                    [
                        "path": .string(file.path),
                        "kind": file.kind.map { .string($0.rawValue) } ?? .null,
                        "mended": .boolean(file.isMended),
                    ]
                }),
        ]
    }

    static func text(_ incident: ListedIncident, _ language: Language) -> String {
        let state =
            incident.closed.map { at in
                (incident.isUnresolved ? IncidentPhrases.unresolved : IncidentPhrases.closed)
                    .text(language, ["at": at.vietnamText])
            }
            ?? (incident.isOverdue ? IncidentPhrases.overdue : IncidentPhrases.open)
            .text(language)
        let reported =
            incident.reported.map {
                IncidentPhrases.reported.text(language, ["at": $0.vietnamText])
            } ?? IncidentPhrases.unreported.text(language)
        return IncidentPhrases.line.text(
            language,
            [
                "number": String(incident.number), "state": state, "store": incident.store,
                "opened": incident.opened.vietnamText,
                "deadline": incident.deadline.vietnamText, "reported": reported,
                "findings": String(incident.findings), "damage": String(incident.openDamage),
            ])
    }

    static func text(_ shown: ShownIncident, _ language: Language) -> String {
        let acts = shown.acts.map { act in
            let text = act.text.map { ": " + SafeText.shown($0) } ?? ""
            let count = act.count.map { " (\($0))" } ?? ""
            return IncidentPhrases.act.text(
                language,
                [
                    "at": act.at.vietnamText,
                    "change": [act.change, act.way].filter { !$0.isEmpty }.joined(separator: " "),
                    "agent": act.agent, "text": count + text,
                ])
        }
        let damages = shown.damages.prefix(100).map { damage in
            let phrase =
                damage.count == 1 ? IncidentPhrases.damage : IncidentPhrases.damageAgain
            return phrase.text(
                language,
                [
                    "count": String(damage.count), "last": damage.last.vietnamText,
                    "at": damage.at.vietnamText, "code": damage.code.text,
                    "object": damage.object?.text ?? "", "path": SafeText.shown(damage.path),
                ])
        }
        let repairs = shown.repairs.map { repair in
            let phrase =
                repair.away.isEmpty ? IncidentPhrases.repair : IncidentPhrases.repairAwaits
            return phrase.text(
                language,
                [
                    "at": repair.at.vietnamText, "ending": repair.ending?.rawValue ?? "?",
                    "object": repair.object?.text ?? "–", "source": repair.source ?? "–",
                    "away": repair.away.joined(separator: ", "), "agent": repair.agent,
                ])
        }
        return ([text(shown.listed, language)] + acts + damages + repairs).joined(separator: "\n")
    }
}
