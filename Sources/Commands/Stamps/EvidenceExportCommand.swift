import ArgumentParser
import Console
import Files
import Records
import Repository
import SystemPackage

/// `luutru evidence export`: dossiers with their records and the roots, for strangers.
struct EvidenceExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Giao hồ sơ kèm bản ghi bằng chứng · Hand dossiers over with their records.",
        discussion: HelpText.discussion(
            "Hồ sơ còn chờ thì lô đang mở được đóng dấu trước · The open batch is stamped first."))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Mã hồ sơ · Identifier or code.") var id: String?
    @Flag(name: .long, help: "Mọi hồ sơ · Every dossier.") var all = false
    @Option(name: .shortAndLong, help: "Thư mục đích · The folder; made when it is not there.")
    var output: String

    func run() throws {
        try common.run { face in
            let folder = FilePath(output).absolute
            guard (id != nil) != all else {
                throw ArchiveFailure(
                    .usage, subject: output,
                    ["detail": "MÃ | --all, -o THƯ_MỤC · ID | --all, -o DIR"])
            }
            return try common.write(face) { archive in
                let names = try id.map { [$0] } ?? archive.everyDossier().map(\.text)
                try archive.requireRoom(for: names, in: folder)
                try World.machine().volume.makeFolders(folder)
                var status = ExitStatus.done
                for name in names {
                    let export = try archive.exportEvidence(name, into: folder)
                    EvidenceReport.give(export, to: face)
                    if !export.waiting.isEmpty { status = .incomplete }
                }
                return status
            }
        }
    }
}
