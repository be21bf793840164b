import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru drill`: the quarterly test of restoring, in a sandbox.
struct DrillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Diễn tập phục hồi · Test restoring, in a sandbox.",
        discussion: HelpText.discussion(
            "Chép vài hồ sơ sang thư mục -o, làm hỏng ở đó, tìm, sửa, lấy ra đối chiếu. Kho thật chỉ được đọc; biên bản vào sổ cái."
        ))

    @OptionGroup var common: CommonOptions
    @OptionGroup var identifiers: IdentifierOptions
    @Option(name: .long, help: "Lặp lại được · Makes it repeatable.") var seed: UInt64?
    @Option(name: .long, help: "Số hồ sơ rút thăm · Dossiers to draw.") var count = 3
    @Option(name: .long, help: "Tối đa · At most so many bytes: 500M.") var limit = "1G"
    @Option(
        name: .shortAndLong, help: "Thư mục trống · An empty folder.", completion: .directory)
    var output: String

    func run() throws {
        try common.run { face in
            var request = DrillRequest(seed: seed ?? World.machine().random())
            request.names = try identifiers.names()
            guard let bytes = ByteCount.reading(limit), (1...1000).contains(count),
                !output.isEmpty
            else {
                throw ArchiveFailure(
                    .usage, subject: "drill", ["detail": "--limit 500M, --count 1…1000, -o"])
            }
            request.mostBytes = bytes
            request.count = count
            let progress = Progress(face, total: nil, now: monotonicSeconds)
            defer { progress.finish() }
            let report = try common.write(face, for: .auditing) { archive in
                try archive.drill(request, in: FilePath(output).absolute) {
                    progress.add(bytes: $0)
                }
            }
            progress.finish()
            face.give("drill", report.json, text: text(report, face.language))
            return report.isPassed ? .done : .findings
        }
    }

    private func text(_ report: DrillReport, _ language: Language) -> String {
        let head = (report.isPassed ? DrillPhrases.passed : DrillPhrases.failed).text(
            language,
            [
                "dossiers": String(report.dossiers.count), "bytes": Progress.size(report.bytes),
                "restored": String(report.restored.count(where: \.isRight)),
                "documents": String(report.restored.count), "seed": String(report.seed),
                "folder": SafeText.shown(output),
            ])
        let trials = report.trials.map { trial in
            DrillPhrases.trial.text(
                language,
                [
                    "harm": trial.harm.rawValue,
                    "found": (trial.isFound ? DrillPhrases.found : DrillPhrases.unseen)
                        .text(language),
                    "mended": (trial.isMended ? DrillPhrases.mended : DrillPhrases.unmended)
                        .text(language),
                ])
        }
        let unrestored = report.unrestored.map { item in
            DrillPhrases.unrestored.text(
                language,
                [
                    "id": item.object.text, "codes": item.codes.joined(separator: " "),
                    "commands": item.commands.joined(separator: "; "),
                ])
        }
        return ([head] + trials + unrestored).joined(separator: "\n")
    }
}
