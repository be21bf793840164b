import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru import`: an export comes into a fresh archive.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Nhập một bản xuất vào kho mới tạo · Import an export into a fresh archive.",
        discussion: HelpText.discussion(
            "Bản xuất cả kho: kho mới trở thành kho cũ, giữ nguyên mã và sổ cái (docs/export.md).")
    )

    @OptionGroup var common: CommonOptions
    @Argument(
        help:
            "Thư mục bản xuất dạng ocfl, hoặc kho OCFL · An export of the form ocfl, or an OCFL root.",
        completion: .directory)
    var folder: String
    @Option(
        name: .long,
        help: "Chứng thư được tin cậy, PEM; nhiều lần được · Trusted certificate, repeatable.")
    var trust: [String] = []

    func run() throws {
        try common.run { face in
            let request = ImportRequest(
                source: FilePath(folder).absolute, trust: trust.map { FilePath($0).absolute })
            let progress = Progress(face, total: nil, now: monotonicSeconds)
            defer { progress.finish() }
            let report = try Archive.importing(
                request, into: common.archivePath(), in: .machine(),
                progress: { progress.add(bytes: $0) })
            progress.finish()
            Self.give(report, to: face)
            if report.isDone {
                try common.write(face) { try EvidenceReport.stampIfDue($0, face) }
            }
            guard report.findings.containsErrors else { return .done }
            return report.isOnlyUntrusted ? .untrusted : .findings
        }
    }

    private static func give(_ report: ImportReport, to face: Face) {
        let language = face.language
        let facts = [
            "archive": report.archive.text, "dossiers": String(report.dossiers),
            "bytes": Progress.size(report.bytes), "entries": String(report.entries),
            "refused": String(report.refused.count),
        ]
        let phrase = report.isDone ? Phrases.imported : Phrases.importedNothing
        var lines = [phrase.text(language, facts)]
        lines += report.fingerprints.map {
            Phrases.importTrust.text(language, ["fingerprint": $0])
        }
        lines += report.findings.map { $0.text(language) }
        face.give(
            "imported",
            [
                "archive": .string(report.archive.text), "whole": .boolean(report.isWhole),
                "dossiers": .number(report.dossiers), "bytes": .number(report.bytes),
                "entries": .number(report.entries),
                "refused": .array(report.refused.map { .string($0.text) }),
                "fingerprints": .array(report.fingerprints.map { .string($0) }),
                "findings": .array(report.findings.map { $0.json(language) }),
            ], text: lines.joined(separator: "\n"))
    }
}
