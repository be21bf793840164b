import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru export`: complete copies of records, readable and checkable without luutru.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Xuất hồ sơ ra ngoài, đầy đủ · Export complete copies of dossiers.",
        discussion: HelpText.discussion(
            "Chạy lại cùng lệnh để xuất tiếp bản bị ngắt. Kiểm tra: luutru verify DIR (docs/export.md)."
        ))

    @OptionGroup var common: CommonOptions
    @OptionGroup var identifiers: IdentifierOptions
    @Flag(name: .long, help: "Tất cả hồ sơ và cả sổ cái · Every dossier and the whole ledger.")
    var all = false
    @Option(name: .long, help: "Mã phông · Code of the fonds.") var fonds: String?
    @Option(
        name: .shortAndLong, help: "Thư mục đích · Target folder.", completion: .directory)
    var output: String
    @Option(name: .long, help: "Dạng · Form: ocfl | folders | zip.") var form: Form = .ocfl

    /// The three forms.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case ocfl, folders, zip

        var asked: ExportRequest.Form {
            switch self {
            case .ocfl: .ocfl
            case .folders: .folders
            case .zip: .zip
            }
        }
    }

    func run() throws {
        try common.run { face in
            guard !output.isEmpty else {
                throw ArchiveFailure(
                    .usage, subject: "-o", ["detail": "-o: một thư mục · a folder"])
            }
            let request = ExportRequest(
                scope: try scope(), form: form.asked, target: FilePath(output).absolute)
            let archive = try common.openToRead(face)
            let progress = Progress(face, total: nil, now: monotonicSeconds)
            defer { progress.finish() }
            let report = try archive.export(
                request, expect: { progress.expect(bytes: $0) },
                progress: { progress.add(bytes: $0) }, fileDone: { progress.addFile() })
            progress.finish()
            ExportReportText.give(report, to: face)
            if report.findings.containsErrors { return .findings }
            return report.isOvertaken ? .incomplete : .done
        }
    }

    private func scope() throws -> ExportRequest.Scope {
        let names = try identifiers.names()
        let given = [all, fonds != nil, !names.isEmpty].count { $0 }
        guard given == 1 else {
            throw ArchiveFailure(
                .usage, subject: "export",
                ["detail": "--all | --fonds CODE | ID… (--ids)"])
        }
        if let fonds { return .fonds(fonds) }
        return all ? .everything : .records(names)
    }
}
