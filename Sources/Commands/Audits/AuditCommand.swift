import ArgumentParser
import Console
import Records
import Repository

/// `luutru audit`: checks of what is kept.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Kiểm tra kho · Check what is kept.",
        discussion: HelpText.exits, subcommands: [Run.self, Plan.self, Report.self])

    /// `luutru audit run`: reads everything it is asked for.
    struct Run: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run", abstract: "Đọc và kiểm tra từng tệp · Read and check every file.",
            discussion: HelpText.discussion(
                "Không nêu hồ sơ thì kiểm tra mọi kho: OCFL, con dấu, sổ cái, chính sách. "
                    + "--due đọc phần đến hạn theo luutru audit plan. Hết --budget thì mã 3; --resume đọc tiếp."
            ))

        @OptionGroup var common: CommonOptions
        @OptionGroup var identifiers: IdentifierOptions
        @OptionGroup var limits: AuditOptions

        func run() throws {
            try common.run { face in
                let ids = try identifiers.names()
                let progress = Progress(face, total: nil, now: monotonicSeconds)
                defer { progress.finish() }
                let request = try limits.request(ids)
                let pace = try limits.pace()
                let report = try common.write(face, for: .auditing) { archive in
                    let pace = pace ?? AuditPace(rate: archive.auditRate)
                    let report = try archive.audit(request) { count in
                        progress.add(bytes: count)
                        pace.wait(after: count)
                    }
                    progress.finish()
                    NoticeReport.notify(archive, face)
                    return report
                }
                progress.finish()
                AuditReportText.give(report, to: face)
                if report.isOnlyUntrusted { return .untrusted }
                if report.findings.containsErrors { return .findings }
                return report.isComplete ? .done : .incomplete
            }
        }
    }
}
