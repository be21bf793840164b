import ArgumentParser
import Console
import Records
import Repository

/// `luutru list`: the dossiers in the order of their codes.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Danh sách hồ sơ · The dossiers.",
        discussion: HelpText.discussion(""))

    @OptionGroup var common: CommonOptions
    @Option(name: .long, help: "Mã phông · Code of the fonds.") var fonds: String?

    func run() throws {
        try common.run { face in
            let archive = try Archive.open(common.archivePath(), in: .machine(), for: .reading)
            try archive.list(fonds: fonds) { dossier in
                face.give(
                    "listed",
                    [
                        "id": .string(dossier.object.text),
                        "version": .number(Int64(dossier.version)),
                        "code": .string(dossier.code), "title": .string(dossier.title),
                        "fonds": .string(dossier.fonds),
                        "documents": .number(Int64(dossier.documents)),
                        "packagedAt": .string(dossier.packagedAt.vietnamText),
                    ],
                    text:
                        "\(dossier.object.text)  \(dossier.code)  \(SafeText.shown(dossier.title))")
            }
            return .done
        }
    }
}
