import ArgumentParser

/// `luutru evidence`: time-stamps over versions, and the records that prove them.
struct EvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence",
        abstract: "Bằng chứng thời gian (RFC 3161, RFC 4998) · Evidence of time.",
        discussion: HelpText.discussion(""),
        subcommands: [
            EvidenceStampCommand.self, EvidenceVerifyCommand.self, EvidenceStatusCommand.self,
            EvidenceExportCommand.self, EvidenceRenewCommand.self,
        ])
}
