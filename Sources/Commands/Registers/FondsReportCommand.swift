import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru fonds report`: the finding aid of a fonds, for paper, spreadsheets or other archives.
struct FondsReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Công cụ tra cứu của phông · The finding aid of a fonds.",
        discussion: HelpText.discussion(
            "html: một trang tự đủ, in khổ A4; csv: bảng tính; ead3: XML EAD3. Không bao giờ ghi đè."
        ))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Mã phông, cả mã cũ · Code, old ones too.") var fonds: String
    @Option(name: .long, help: "Dạng · Form: html | csv | ead3.") var form: Form
    @Option(name: .shortAndLong, help: "Tệp đích · Target file.") var output: String

    @Flag(
        name: .long,
        help: "Ghi cả tiêu đề hồ sơ mật · With the titles of secret dossiers.")
    var withSecret = false

    /// The forms of a finding aid.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case html, csv, ead3
    }

    func run() throws {
        try common.run { face in
            guard output != "-", !output.isEmpty else {
                throw ArchiveFailure(
                    .usage, subject: output, ["detail": "-o: một tệp · a file"])
            }
            let archive = try common.openToRead(face)
            let written = try archive.writeFindingAid(
                fonds: fonds, as: form.rawValue, withSecret: withSecret,
                to: FilePath(output).absolute)
            let facts = [
                "path": written.path, "dossiers": String(written.dossiers),
                "bytes": Progress.size(written.bytes),
            ]
            face.give(
                "report",
                [
                    "path": .string(written.path), "fonds": .string(written.code),
                    "form": .string(form.rawValue), "dossiers": .number(written.dossiers),
                    "bytes": .number(written.bytes),
                ], text: RegisterPhrases.reported.text(face.language, facts))
            return .done
        }
    }
}
