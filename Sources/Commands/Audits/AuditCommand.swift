import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru audit`: checks of what is kept.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Kiểm tra kho · Check what is kept.",
        discussion: HelpText.exits,
        subcommands: [Run.self, Plan.self, Merge.self, Report.self])

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
        @Option(
            name: .long,
            help: "Với --shard: chỉ đọc, ghi báo cáo · With --shard: read only, write a report.",
            completion: .file())
        var report: String?

        func run() throws {
            if let report { return try runApart(report) }
            try common.run { face in
                let ids = try identifiers.names()
                let progress = Progress(face, total: nil, now: monotonicSeconds)
                defer { progress.finish() }
                let request = try limits.request(ids)
                let pace = try limits.pace()
                let rest = limits.rest(ids)
                let report = try rest.toldWhenStopped(to: face) {
                    try common.write(face, for: .auditing) { archive in
                        let pace = pace ?? AuditPace(rate: archive.auditRate)
                        let report = try archive.audit(request) { count in
                            progress.add(bytes: count)
                            pace.wait(after: count)
                        }
                        progress.finish()
                        NoticeReport.notify(archive, face)
                        return report
                    }
                }
                progress.finish()
                AuditReportText.give(report, rest: rest, to: face)
                return AuditReportText.ending(report)
            }
        }

        private static let reportUsage =
            "--report: chỉ kèm --shard i/n, không kèm hồ sơ, --due, --resume, --sample · "
            + "with --shard i/n alone, without records, --due, --resume, --sample"

        /// Reads one part without the archive's lock; `audit merge` brings the report in.
        private func runApart(_ path: String) throws {
            try common.run { face in
                let request = try limits.request(identifiers.names())
                guard let shard = request.shard, !request.isResuming, request.perMille == nil,
                    case .everything = request.scope
                else {
                    throw ArchiveFailure(
                        .usage, subject: "audit run", ["detail": Self.reportUsage])
                }
                let progress = Progress(face, total: nil, now: monotonicSeconds)
                defer { progress.finish() }
                let archive = try common.openToRead(face)
                try archive.requirePlace(forReportAt: FilePath(path).absolute)
                let pace = try limits.pace() ?? AuditPace(rate: archive.auditRate)
                let report = try archive.auditShard(shard, request) { count in
                    progress.add(bytes: count)
                    pace.wait(after: count)
                }
                // A part that read no store is run again under the same number.
                if !report.isEmpty { try archive.write(report, to: FilePath(path).absolute) }
                progress.finish()
                AuditReportText.give(report.answer, rest: .anew, to: face)
                return AuditReportText.ending(report.answer)
            }
        }
    }
}
