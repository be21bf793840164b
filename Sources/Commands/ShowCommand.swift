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

    func run() throws {
        try common.run { face in
            let archive = try Archive.open(common.archivePath(), in: .machine(), for: .reading)
            let shown = try archive.show(id)
            face.give("dossier", Self.json(shown), text: Self.text(shown, face.language))
            return .done
        }
    }

    private static func text(_ shown: ShownDossier, _ language: Language) -> String {
        var lines = ["\(shown.object.text)  v\(shown.version)"]
        lines += (shown.fields + shown.arrangement).map { "  \($0.0): \(SafeText.shown($0.1))" }
        for document in shown.documents {
            let about = [document.number, document.issued].filter { !$0.isEmpty }.joined(
                separator: " · ")
            lines.append(
                "  [\(document.ordinal)] \(SafeText.shown(document.title))  \(SafeText.shown(about))"
            )
            lines.append(
                "      \(SafeText.shown(document.name)) · \(Progress.size(document.size)) · "
                    + document.format.mimeType)
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
        lines += shown.acts.map {
            "  \($0.at.utcSecondsText)  \($0.act) (\($0.event)) \($0.outcome) · \($0.agent)"
        }
        return lines.joined(separator: "\n")
    }

    private static func json(_ shown: ShownDossier) -> JSONValue {
        [
            "id": .string(shown.object.text), "version": .number(Int64(shown.version)),
            "fields": object(shown.fields), "arrangement": object(shown.arrangement),
            "documents": .array(shown.documents.map(json)), "tar": .string(shown.tarName),
            "bytes": .number(shown.tarBytes), "sha512": .string(shown.tarSHA512.hex),
            "packagedAt": .string(shown.packagedAt.vietnamText),
            "place": shown.place.map {
                [
                    "location": .string($0.location), "reason": .string($0.reason),
                    "at": .string($0.at.utcText),
                ]
            } ?? .null,
            "acts": .array(
                shown.acts.map { act in
                    [
                        "at": .string(act.at.utcText), "act": .string(act.act),
                        "event": .string(act.event), "outcome": .string(act.outcome),
                        "agent": .string(act.agent),
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
