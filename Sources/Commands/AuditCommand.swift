import ArgumentParser
import Console
import Records
import Repository

/// `luutru audit`: checks of what is kept.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Kiểm tra kho · Check what is kept.",
        discussion: HelpText.exits, subcommands: [Run.self])

    /// `luutru audit run`: reads everything it is asked for.
    struct Run: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run", abstract: "Đọc và kiểm tra từng tệp · Read and check every file.",
            discussion: HelpText.discussion(
                "Không nêu hồ sơ thì kiểm tra cả kho: OCFL, con dấu, sổ cái, chính sách."))

        @OptionGroup var common: CommonOptions
        @OptionGroup var identifiers: IdentifierOptions

        func run() throws {
            try common.run { face in
                let ids = try identifiers.names()
                let progress = Progress(face, total: nil, now: monotonicSeconds)
                defer { progress.finish() }
                let report = try common.write(face, for: .auditing) { archive in
                    try archive.audit(ids, progress: { progress.add(bytes: $0) })
                }
                progress.finish()
                give(report, to: face)
                return report.isOnlyUntrusted
                    ? .untrusted : report.findings.containsErrors ? .findings : .done
            }
        }

        private func give(_ report: AuditReport, to face: Face) {
            let facts = [
                "checked": String(report.checked), "bytes": Progress.size(report.bytes),
                "damaged": String(report.damaged),
            ]
            let lines = [Phrases.audited.text(face.language, facts)]
            face.give(
                "audit",
                [
                    "checked": .number(Int64(report.checked)), "bytes": .number(report.bytes),
                    "damaged": .number(Int64(report.damaged)),
                    "findings": .array(report.findings.map { $0.json(face.language) }),
                ],
                text: (lines + report.findings.map { $0.text(face.language) }).joined(
                    separator: "\n"))
        }
    }
}
