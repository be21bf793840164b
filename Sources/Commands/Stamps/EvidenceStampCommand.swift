import ArgumentParser
import Console
import Repository

/// `luutru evidence stamp`: closes the open batch now.
struct EvidenceStampCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stamp",
        abstract: "Đóng dấu thời gian cho mọi phiên bản đang chờ · Stamp every version that waits.",
        discussion: HelpText.discussion(
            "Tổ chức không trả lời thì không mất gì: chạy lại sau (3) · An authority that is away costs nothing."
        ))

    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.run { face in
            let outcome = try common.write(face) { try $0.stamp() }
            EvidenceReport.give(outcome, to: face)
            return outcome.hasFailed ? .incomplete : .done
        }
    }
}
