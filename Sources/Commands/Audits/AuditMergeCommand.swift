import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

extension AuditCommand {
    /// `luutru audit merge`: brings the reports of a run's parts into the archive.
    struct Merge: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "merge",
            abstract: "Nhập báo cáo các phần · Bring in the reports of a run's parts.",
            discussion: HelpText.discussion(
                "Báo cáo do luutru audit run --shard i/n --report TỆP lập, trên máy nào cũng được.")
        )

        @OptionGroup var common: CommonOptions
        @Argument(help: "Các báo cáo · Reports.", completion: .file()) var files: [String]

        func run() throws {
            try common.run { face in
                let report = try common.write(face, for: .auditing) { archive in
                    try archive.mergeAudits(files.map { FilePath($0).absolute })
                }
                AuditReportText.give(report, rest: .parts, to: face)
                return AuditReportText.ending(report)
            }
        }
    }
}
