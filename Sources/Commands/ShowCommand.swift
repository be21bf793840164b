import ArgumentParser
import Console
import Records
import Repository

/// `luutru show`: one dossier with its fields, documents and acts.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Xem một hồ sơ · Show a dossier.",
        discussion: HelpText.discussion(""))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Mã gói, mã hồ sơ hoặc mã tài liệu · Identifier or code.") var id: String
    @Option(name: .long, help: "Phiên bản; không nêu thì bản mới nhất · Version; else the newest.")
    var version: Int?
    @Flag(
        name: .long, help: "Các phiên bản và vì sao có chúng · The versions and why they were made."
    )
    var history = false

    func run() throws {
        try common.run { face in
            let archive = try common.openToRead(face)
            let shown = try archive.overview(id, version: version)
            guard !face.isJSON else {
                try face.giveLine("dossier", Self.members(shown), array: "documents") { give in
                    try archive.forEachDocument(of: shown) { try give(Self.json($0)) }
                }
                return .done
            }
            guard !history else {
                face.give("dossier", .null, text: Self.historyText(shown))
                return .done
            }
            face.give("dossier", .null, text: Self.head(shown))
            try archive.forEachDocument(of: shown) { document in
                face.give("dossier", .null, text: Self.text(document))
            }
            face.give("dossier", .null, text: Self.tail(shown, face.language))
            return .done
        }
    }

    private static func historyText(_ shown: ShownDossier) -> String {
        let head = "\(shown.object.text)  v\(shown.versions.last?.version ?? shown.version)"
        return
            ([head]
            + shown.versions.flatMap { state in
                let acts = shown.acts.filter {
                    $0.version == state.version && ["package", "amend"].contains($0.act)
                }
                return [
                    "  v\(state.version)  \(state.at.vietnamText)  \(SafeText.shown(state.title))  "
                        + Progress.size(state.tarBytes)
                ]
                    + acts.map { act in
                        "      \(SafeText.shown(act.act)) (\(SafeText.shown(act.event))) · \(SafeText.shown(act.agent))"
                            + (act.reason.map { ": " + SafeText.shown($0) } ?? "")
                    }
            }).joined(separator: "\n")
    }

    private static func head(_ shown: ShownDossier) -> String {
        var lines = ["\(shown.object.text)  v\(shown.version)"]
        lines += (shown.fields + shown.arrangement.filter { $0.0 != "links" }).map {
            "  \($0.0): \(SafeText.shown($0.1))"
        }
        return lines.joined(separator: "\n")
    }

    private static func text(_ document: ShownDossier.Listed) -> String {
        let about = [document.number, document.issued].filter { !$0.isEmpty }.joined(
            separator: " · ")
        return
            "  [\(document.ordinal)] \(SafeText.shown(document.title))  \(SafeText.shown(about))\n"
            + "      \(SafeText.shown(document.name)) · \(Progress.size(document.size)) · "
            + document.format.mimeType
    }

    private static func tail(_ shown: ShownDossier, _ language: Language) -> String {
        var lines = shown.renditions.map { file in
            "  \(file.representation) ← \(SafeText.shown(file.code)): "
                + "\(SafeText.shown(file.name)) · \(Progress.size(file.size)) · \(file.mimeType)"
        }
        lines.append(
            "  \(shown.tarName) · \(Progress.size(shown.tarBytes)) · SHA-512 "
                + shown.tarSHA512.hex.prefix(16) + "…")
        if let place = shown.place {
            lines.append(
                RegisterPhrases.place.text(
                    language,
                    [
                        "at": place.at.vietnamText, "location": SafeText.shown(place.location),
                        "reason": SafeText.shown(place.reason),
                    ]))
        }
        lines += shown.links.map { LinkReport.text($0, language) }
        lines += shown.acts.map {
            "  \($0.at.utcSecondsText)  \(SafeText.shown($0.act)) (\(SafeText.shown($0.event))) "
                + "\($0.outcome) · \(SafeText.shown($0.agent))"
                + ($0.reason.map { ": " + SafeText.shown($0) } ?? "")
        }
        return lines.joined(separator: "\n")
    }

    /// Everything but the documents.
    private static func members(_ shown: ShownDossier) -> [String: JSONValue] {
        [
            "id": .string(shown.object.text), "version": .number(Int64(shown.version)),
            "fields": object(shown.fields), "arrangement": object(shown.arrangement),
            "tar": .string(shown.tarName),
            "bytes": .number(shown.tarBytes), "sha512": .string(shown.tarSHA512.hex),
            "renditions": .array(
                shown.renditions.map { file in
                    [
                        "representation": .string(file.representation),
                        "code": .string(file.code), "name": .string(file.name),
                        "path": .string(file.path), "bytes": .number(file.size),
                        "sha256": .string(file.sha256.hex), "mimeType": .string(file.mimeType),
                    ]
                }),
            "versions": .array(
                shown.versions.map { state in
                    [
                        "version": .number(Int64(state.version)), "at": .string(state.at.utcText),
                        "title": .string(state.title), "bytes": .number(state.tarBytes),
                    ]
                }),
            "packagedAt": .string(shown.packagedAt.vietnamText),
            "place": shown.place.map {
                [
                    "location": .string($0.location), "reason": .string($0.reason),
                    "at": .string($0.at.utcText),
                ]
            } ?? .null,
            "links": .array(shown.links.map(LinkReport.json)),
            "acts": .array(
                shown.acts.map { act in
                    [
                        "at": .string(act.at.utcText), "act": .string(act.act),
                        "event": .string(act.event), "outcome": .string(act.outcome),
                        "agent": .string(act.agent),
                        "version": act.version.map { .number(Int64($0)) } ?? .null,
                        "reason": act.reason.map { .string($0) } ?? .null,
                    ]
                }),
        ]
    }

    private static func json(_ document: ShownDossier.Listed) -> JSONValue {
        [
            "ordinal": .number(Int64(document.ordinal)), "kind": .string(document.kind.rawValue),
            "fields": object(document.fields), "name": .string(document.name),
            "path": .string(document.path), "bytes": .number(document.size),
            "sha256": .string(document.sha256.hex), "mimeType": .string(document.format.mimeType),
            "puid": document.format.puid.map { .string($0) } ?? .null,
        ]
    }

    private static func object(_ fields: [(String, String)]) -> JSONValue {
        .object(Dictionary(fields.map { ($0.0, .string($0.1)) }) { first, _ in first })
    }
}
