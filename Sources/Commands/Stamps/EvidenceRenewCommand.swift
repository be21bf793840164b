import ArgumentParser
import Console
import Records
import Repository

/// `luutru evidence renew`: one new time-stamp over the tokens of all batches.
struct EvidenceRenewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Gia hạn dấu thời gian của mọi lô · Renew the time-stamps of all batches.",
        discussion: HelpText.discussion(
            "Chỉ làm khi có lô sắp hết hạn, trừ khi --force · Only when one is due, else with --force."
        ))

    @OptionGroup var common: CommonOptions
    @Flag(name: .long, help: "Chỉ cho biết lô nào đến hạn · Only tell which batches are due.")
    var dryRun = false
    @Flag(name: .long, help: "Gia hạn dù chưa lô nào đến hạn · Renew before any is due.")
    var force = false

    func run() throws {
        try common.run { face in
            let outcome = try common.write(face, for: dryRun ? .reading : .writing) {
                try $0.renewStamps(isDryRun: dryRun, isForced: force)
            }
            Self.give(outcome, to: face)
            if dryRun { return outcome.due.isEmpty ? .done : .findings }
            return outcome.renewal == nil && !outcome.findings.isEmpty ? .incomplete : .done
        }
    }

    private static func give(_ outcome: RenewalOutcome, to face: Face) {
        let facts = [
            "due": outcome.due.map { String($0) }.joined(separator: ", "),
            "renewal": String(outcome.renewal ?? 0), "batches": String(outcome.batches),
            "at": outcome.at?.vietnamText ?? "", "authority": SafeText.shown(outcome.authority),
        ]
        let phrase =
            outcome.renewal != nil
            ? EvidencePhrases.renewed
            : outcome.due.isEmpty ? EvidencePhrases.nothingDue : EvidencePhrases.due
        face.give(
            "renewed",
            [
                "due": .array(outcome.due.map { .number($0) }),
                "renewal": outcome.renewal.map { .number($0) } ?? .null,
                "batches": .number(outcome.batches),
                "at": outcome.at.map { .string($0.utcSecondsText) } ?? .null,
                "authority": .string(outcome.authority),
                "independent": .boolean(outcome.isIndependent),
                "findings": .array(outcome.findings.map { $0.json(face.language) }),
            ],
            text: ([phrase.text(face.language, facts)]
                + outcome.findings.map { $0.text(face.language) }).joined(separator: "\n"))
    }
}
