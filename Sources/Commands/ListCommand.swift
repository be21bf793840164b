import ArgumentParser
import Console
import Records
import Repository

/// `luutru list`: the dossiers in the order of their codes.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Danh sách hồ sơ · The dossiers.",
        discussion: HelpText.discussion(
            "--tree cho cây phông, mục lục, nhóm hồ sơ với số lượng; thêm --fonds thì tới từng hồ sơ."
        ))

    @OptionGroup var common: CommonOptions
    @Option(name: .long, help: "Mã phông · Code of the fonds.") var fonds: String?

    @Flag(name: .long, help: "Cây phông, mục lục, nhóm · The tree of fonds, inventories, series.")
    var tree = false
    @Option(name: .long, help: "Cây như vào ngày · The tree as of a day.") var asOf: String?

    func run() throws {
        try common.run { face in
            let day = try RegisterDay.parse(asOf, "--as-of")
            guard tree || day == nil else {
                throw ArchiveFailure(.usage, subject: "--as-of", ["detail": "--as-of: --tree"])
            }
            let archive = try common.openToRead(face)
            var list = ResultList(face)
            defer { list.finish() }
            if tree {
                try archive.tree(fonds: fonds, asOf: day) {
                    Self.give($0, to: &list, face.language)
                }
            } else {
                try archive.list(fonds: fonds) { Self.give($0, to: &list) }
            }
            return .done
        }
    }

    private static func give(_ dossier: ListedDossier, to list: inout ResultList) {
        list.give(
            "listed",
            [
                "id": .string(dossier.object.text), "version": .number(Int64(dossier.version)),
                "code": .string(dossier.code), "title": .string(dossier.title),
                "fonds": .string(dossier.fonds), "documents": .number(Int64(dossier.documents)),
                "packagedAt": .string(dossier.packagedAt.vietnamText),
            ],
            text: "\(dossier.object.text)  \(dossier.code)  \(SafeText.shown(dossier.title))")
    }

    private static func give(
        _ line: TreeLine, to list: inout ResultList, _ language: Language
    ) {
        list.give(
            "level",
            [
                "level": .string(line.level.rawValue), "depth": .number(Int64(line.depth)),
                "id": line.id.map { .string($0.text) } ?? .null, "code": .string(line.code),
                "name": .string(line.name), "state": .string(line.state),
                "isRegistered": .boolean(line.isRegistered),
                "dossiers": .number(line.holding.dossiers),
                "documents": .number(line.holding.documents),
                "bytes": .number(line.holding.bytes), "location": .string(line.location),
            ], text: text(line, language))
    }

    private static func text(_ line: TreeLine, _ language: Language) -> String {
        // A large archive has ten thousand lines, so they are put together without templates.
        // However deep a forged tree is, a line stays a line.
        var text = String(repeating: "  ", count: min(line.depth, 32))
        text += RegisterPhrases.level(line.level).text(language)
        for part in [line.code, line.name] where !part.isEmpty {
            text += (part == line.code ? " " : "  ") + SafeText.shown(part)
        }
        if line.state == RegisterEntry.closed {
            text += "  [" + RegisterPhrases.state(line.state).text(language) + "]"
        }
        if !line.isRegistered { text += "  " + RegisterPhrases.unregistered.text(language) }
        text +=
            "  " + RegisterPhrases.count(line.holding, language, isDossier: line.level == .dossier)
        if !line.location.isEmpty { text += "  @ " + SafeText.shown(line.location) }
        return text
    }
}
