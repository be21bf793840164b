import ArgumentParser
import Console
import Records
import Repository

/// `luutru diff`: in what two versions of a dossier differ.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Hai phiên bản khác nhau ở đâu · In what two versions of a dossier differ.",
        discussion: HelpText.discussion(""))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Mã gói hoặc mã hồ sơ · Identifier or code.") var id: String
    @Argument(help: "Phiên bản thứ nhất: 1 hoặc v1 · First version.") var first: String
    @Argument(help: "Phiên bản thứ hai · Second version.") var second: String

    func run() throws {
        try common.run { face in
            let (one, other) = (try Self.number(first), try Self.number(second))
            let archive = try common.openToRead(face)
            let (object, changes) = try archive.difference(id, from: one, to: other)
            let lines = changes.map { StateReport.text($0, face.language) }
            let head = Phrases.difference.text(
                face.language,
                [
                    "id": object.text, "from": String(one), "to": String(other),
                    "count": String(changes.count),
                ])
            face.give(
                "difference",
                [
                    "id": .string(object.text), "from": .number(Int64(one)),
                    "to": .number(Int64(other)), "changes": .array(changes.map(StateReport.json)),
                ], text: ([head] + lines).joined(separator: "\n"))
            return .done
        }
    }

    private static func number(_ text: String) throws -> Int {
        guard let number = Int(text.hasPrefix("v") ? text.dropFirst() : text[...]), number > 0
        else {
            throw ArchiveFailure(
                .usage, subject: text, ["detail": "phiên bản · version: 1, 2, … (\(text))"])
        }
        return number
    }
}
