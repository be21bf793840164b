import ArgumentParser
import Console
import Records
import Repository

extension LedgerCommand {
    /// `luutru ledger witness`: shows the checkpoint now to authority, witness file and program.
    struct Witness: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "witness",
            abstract: "Đưa điểm kiểm tra ra ngoài · Show the checkpoint to those outside.",
            discussion: HelpText.discussion(
                "Mỗi ngày một lần kho tự làm việc này sau một lệnh có ghi (docs/operations.md)."))

        @OptionGroup var common: CommonOptions

        func run() throws {
            try common.run { face in
                let outcome = try common.write(face) { try $0.witness() }
                WitnessReport.give(outcome, to: face)
                if outcome.findings.containsErrors { return .findings }
                return outcome.hasFailed ? .incomplete : .done
            }
        }
    }
}

/// How the daily checkpoint is told of.
enum WitnessReport {
    /// Shows today's checkpoint when it has not been shown yet; who is away is a note, for the work itself is done.
    static func witnessIfDue(_ archive: Archive, _ face: Face) {
        do {
            guard let outcome = try archive.witnessIfDue() else { return }
            for finding in outcome.findings where finding.severity != .information {
                face.note(finding.text(face.language))
            }
        } catch {
            archive.finishAfterFailure()
            face.note(FailureReport(describing: error))
        }
    }

    static func give(_ outcome: WitnessOutcome, to face: Face) {
        let language = face.language
        let facts = [
            "size": String(outcome.size), "at": outcome.stamped?.vietnamText ?? "",
            "authority": SafeText.shown(outcome.authority ?? ""),
            "reached": outcome.reached.joined(separator: ", "),
        ]
        let isOwn = outcome.reached.allSatisfy { $0 == "trial" }
        let head =
            outcome.hasFailed
            ? LedgerPhrases.notWitnessed
            : isOwn ? LedgerPhrases.witnessedByItself : LedgerPhrases.witnessed
        let stamped =
            outcome.stamped == nil ? [] : [LedgerPhrases.stamped.text(language, facts)]
        face.give(
            "witnessed",
            [
                "size": .number(outcome.size),
                "stampedAt": outcome.stamped.map { .string($0.utcSecondsText) } ?? .null,
                "authority": outcome.authority.map { .string($0) } ?? .null,
                "independent": .boolean(outcome.isIndependent),
                "reached": .array(outcome.reached.map { .string($0) }),
                "findings": .array(outcome.findings.map { $0.json(language) }),
            ],
            text: ([head.text(language, facts)] + stamped
                + outcome.findings.map { $0.text(language) }).joined(separator: "\n"))
    }
}
