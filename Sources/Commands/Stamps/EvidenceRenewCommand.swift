import ArgumentParser
import Console
import Records
import Repository

/// `luutru evidence renew`: a new time-stamp over the tokens of all batches, or new hash trees over all bundles.
struct EvidenceRenewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Gia hạn bằng chứng của mọi lô · Renew the evidence of all batches.",
        discussion: HelpText.discussion(
            """
            Chỉ làm khi có lô sắp hết hạn, trừ khi --force. Khi thuật toán băm sắp hết giá trị thì mọi hồ sơ được \
            đọc lại; ngắt giữa chừng thì lần chạy sau làm tiếp · Only when a batch is due, else with --force. When \
            a digest is about to end, every bundle is read again; the next run goes on where one stopped.
            """
        ))

    @OptionGroup var common: CommonOptions
    @Flag(name: .long, help: "Chỉ cho biết lô nào đến hạn · Only tell which batches are due.")
    var dryRun = false
    @Flag(name: .long, help: "Gia hạn dù chưa lô nào đến hạn · Renew before any is due.")
    var force = false
    @Flag(
        name: .long,
        help: "Đọc lại mọi hồ sơ và băm bằng thuật toán khác · Hash every bundle again.")
    var hashTree = false

    func run() throws {
        try common.run { face in
            let request = RenewalRequest(
                isDryRun: dryRun, isForced: force, isHashTree: hashTree)
            let progress = Progress(face, total: nil, now: monotonicSeconds)
            defer { progress.finish() }
            let outcomes = try common.write(face, for: dryRun ? .reading : .writing) {
                try $0.renewEvidence(request) { progress.add(bytes: $0) }
            }
            progress.finish()
            for outcome in outcomes {
                Self.give(outcome, isDryRun: dryRun, isForced: force, to: face)
            }
            if dryRun { return outcomes.allSatisfy(\.due.isEmpty) ? .done : .findings }
            if outcomes.contains(where: { $0.findings.containsErrors }) { return .findings }
            return outcomes.contains(where: { !$0.isDone && !$0.findings.isEmpty })
                ? .incomplete : .done
        }
    }

    private static func give(
        _ outcome: RenewalOutcome, isDryRun: Bool, isForced: Bool, to face: Face
    ) {
        let facts = [
            "due": outcome.due.map { String($0) }.joined(separator: ", "),
            "renewal": String(outcome.renewal ?? 0), "batches": String(outcome.batches),
            "versions": String(outcome.versions), "digest": outcome.digest,
            "at": outcome.at?.vietnamText ?? "", "authority": SafeText.shown(outcome.authority),
        ]
        let phrase =
            outcome.renewal != nil
            ? outcome.isHashTree ? EvidencePhrases.rehashed : EvidencePhrases.renewed
            : !isDryRun && (isForced || !outcome.findings.isEmpty)
                ? EvidencePhrases.notRenewed
                : outcome.due.isEmpty
                    ? EvidencePhrases.nothingDue
                    : isForced ? EvidencePhrases.wouldRenew : EvidencePhrases.due
        face.give(
            "renewed",
            [
                "due": .array(outcome.due.map { .number($0) }),
                "renewal": outcome.renewal.map { .number($0) } ?? .null,
                "kind": .string(outcome.kind), "digest": .string(outcome.digest),
                "batches": .number(outcome.batches), "versions": .number(outcome.versions),
                "at": outcome.at.map { .string($0.utcSecondsText) } ?? .null,
                "authority": .string(outcome.authority),
                "independent": .boolean(outcome.isIndependent),
                "findings": .array(outcome.findings.map { $0.json(face.language) }),
            ],
            text: ([phrase.text(face.language, facts)]
                + outcome.findings.map { $0.text(face.language) }).joined(separator: "\n"))
    }
}
