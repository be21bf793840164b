import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru evidence verify`: judges a record of any maker over its data.
struct EvidenceVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract:
            "Kiểm tra bản ghi bằng chứng với dữ liệu · Judge an evidence record over its data.",
        discussion: HelpText.discussion(
            "1: sai vĩnh viễn · proved bad; 5: chưa chứng minh được · not to be proved with what is given."
        ))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Bản ghi .er (RFC 4998) · The record.", completion: .file()) var record: String
    @Argument(help: "Các tệp dữ liệu · The data.", completion: .file()) var data: [String]
    @Option(
        name: .long,
        help: "Chứng thư gốc, PEM; nhiều lần được · The authority's roots, repeatable.")
    var roots: [String] = []
    @Option(name: .long, help: "Xét tại thời điểm · Judge at an instant: 2056-01-01T00:00:00Z.")
    var at: String?
    @Flag(name: .long, help: "Dữ liệu phải là cả nhóm · The data must be the whole group.")
    var whole = false

    func run() throws {
        try common.run { face in
            let question = EvidenceVerification.Question(
                record: FilePath(record).absolute, data: data.map { FilePath($0).absolute },
                roots: roots.map { FilePath($0).absolute }, instant: try instant(), isWhole: whole)
            let answer = try EvidenceVerification(
                archive: common.archivePathIfNamed, in: .machine()
            ).verify(question)
            EvidenceReport.give(answer, subject: record, to: face)
            return answer.status
        }
    }

    private func instant() throws -> Instant? {
        guard let at else { return nil }
        guard let instant = Instant(at) else {
            throw ArchiveFailure(.usage, subject: "--at", ["detail": "--at: 2056-01-01T00:00:00Z"])
        }
        return instant
    }
}
