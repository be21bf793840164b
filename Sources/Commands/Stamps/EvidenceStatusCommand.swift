import ArgumentParser
import Console
import Repository

/// `luutru evidence status`: what waits, and what of the evidence ends when and why.
struct EvidenceStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract:
            "Tình trạng bằng chứng: gì chờ, gì sắp hết hạn · What waits, what ends when and why.",
        discussion: HelpText.discussion(""))

    @OptionGroup var common: CommonOptions

    func run() throws {
        try common.run { face in
            let archive = try common.openToRead(face)
            let standing = try archive.evidenceStanding()
            let batches = try archive.batchStandings()
            let lapses = try archive.lapseFindings()
            EvidenceReport.give(standing, batches, lapses, to: face)
            if batches.contains(where: \.isOverdue) { return .findings }
            return lapses.isEmpty ? .done : .untrusted
        }
    }
}
