import ArgumentParser
import Console
import Records
import Repository

/// `luutru accession`: what was handed over, by whom, when, with what count.
struct AccessionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accession", abstract: "Sổ nhập tài liệu · The register of accessions.",
        discussion: HelpText.discussion(
            "Hồ sơ ghi lần nộp bằng mã: accession: trong dossier.yaml."),
        subcommands: [Add.self, List.self, Show.self, Amend.self])

    /// `luutru accession add`: enters what was handed over.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Đăng ký lần nộp · Register an accession.",
            discussion: HelpText.discussion(
                "--from-agency ghi cơ quan, đơn vị giao nộp; không ghi tên cá nhân."))

        @OptionGroup var common: CommonOptions
        @Option(name: .long, help: "Mã đăng ký nộp · Registration code.") var code: String
        @Option(name: .long, help: "Mã phông · Code of the fonds.") var fonds: String
        @Option(name: .long, help: "Bên giao nộp · Who handed over, an agency or unit.")
        var fromAgency: String
        @Option(name: .long, help: "Ngày nhận · Received on: 2026-11-20.") var received: String
        @Option(name: .long, help: "Số hồ sơ · Dossiers received.") var dossiers: String?
        @Option(name: .long, help: "Số tài liệu · Documents received.") var documents: String?
        @Option(name: .long, help: "Ghi chú · Note.") var note: String?

        func run() throws {
            try common.run { face in
                let given: [RegisterField: String?] = [
                    .code: code, .fonds: fonds, .transferredBy: fromAgency, .received: received,
                    .dossiers: dossiers, .documents: documents, .note: note,
                ]
                return try common.write(face) { archive in
                    let entry = try archive.enter(.accession, given.compactMapValues { $0 })
                    return try RegisterView.give(archive, .accession, entry, face)
                }
            }
        }
    }

    /// `luutru accession list`: the accessions by code.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Danh sách lần nộp · The accessions.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions
        @Option(name: .long, help: "Mã phông · Code of the fonds.") var fonds: String?

        func run() throws {
            try common.run { face in
                try RegisterView.list(.accession, inFonds: fonds, asOf: nil, common, face)
            }
        }
    }

    /// `luutru accession show`: one accession, and how much of it the archive holds.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Xem một lần nộp · Show an accession.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Mã đăng ký nộp · Registration code.") var code: String

        func run() throws {
            try common.run { face in
                let archive = try common.openToRead(face)
                RegisterView.give(
                    try archive.registeredUnit(.accession, code, inFonds: nil, asOf: nil), face)
                return .done
            }
        }
    }

    /// `luutru accession amend`: what was entered wrong about an accession is put right; the entry before stays.
    struct Amend: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "amend", abstract: "Sửa chỗ ghi sai · Put right an accession.",
            discussion: HelpText.discussion("Trạng thái cũ vẫn còn trong policy/."))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Mã đăng ký nộp, cả mã cũ · Code, old ones too.") var accession: String
        @Option(name: .long, help: "Mã mới · New code.") var code: String?
        @Option(name: .long, help: "Bên giao nộp · Who handed over.") var fromAgency: String?
        @Option(name: .long, help: "Ngày nhận · Received on.") var received: String?
        @Option(name: .long, help: "Số hồ sơ · Dossiers received.") var dossiers: String?
        @Option(name: .long, help: "Số tài liệu · Documents received.") var documents: String?
        @Option(name: .long, help: "Ghi chú · Note.") var note: String?

        func run() throws {
            try common.run { face in
                let given: [RegisterField: String?] = [
                    .code: code, .transferredBy: fromAgency, .received: received,
                    .dossiers: dossiers, .documents: documents, .note: note,
                ]
                return try common.write(face) { archive in
                    let entry = try archive.amend(
                        .accession, accession, given.compactMapValues { $0 }, from: .correction)
                    return try RegisterView.give(archive, .accession, entry, face)
                }
            }
        }
    }
}
