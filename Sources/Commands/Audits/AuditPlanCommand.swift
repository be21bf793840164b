import ArgumentParser
import Console
import Records
import Repository

extension AuditCommand {
    /// `luutru audit plan`: what is due, and whether it can be read in time.
    struct Plan: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "plan",
            abstract:
                "Phần đến hạn, có kịp không · What is due, and whether it can be read in time.",
            discussion: HelpText.discussion(
                "Theo audit: trong luutru.yaml (docs/operations.md). Mã 1 khi không kịp."))

        @OptionGroup var common: CommonOptions

        func run() throws {
            try common.run { face in
                let outlooks = try common.openToRead(face).auditPlan()
                for outlook in outlooks {
                    face.give(
                        "auditPlan", Self.json(outlook), text: Self.text(outlook, face.language))
                }
                return outlooks.contains { $0.missing > 0 } ? .findings : .done
            }
        }

        private static func json(_ outlook: AuditOutlook) -> JSONValue {
            [
                "store": .string(outlook.store), "days": .number(Int64(outlook.days)),
                "due": .number(Int64(outlook.due)), "dueBytes": .number(outlook.dueBytes),
                "bytes": .number(outlook.bytes), "rate": .number(outlook.rate),
                "nightsNeeded": .number(Int64(outlook.nightsNeeded)),
                "nightsLeft": .number(Int64(outlook.nightsLeft)),
                "nightsMissing": .number(Int64(outlook.missing)),
                "stalest": outlook.stalest.map { .string($0.text) } ?? .null,
                "stalestRead": outlook.stalestRead.map { .string($0.utcText) } ?? .null,
                "deadline": outlook.deadline.map { .string($0.utcText) } ?? .null,
            ]
        }

        private static func text(_ outlook: AuditOutlook, _ language: Language) -> String {
            let missing =
                outlook.missing == 0
                ? "" : AuditPhrases.missing.text(language, ["count": String(outlook.missing)])
            let head = AuditPhrases.outlook.text(
                language,
                [
                    "store": outlook.store, "days": String(outlook.days),
                    "due": String(outlook.due), "dueBytes": Progress.size(outlook.dueBytes),
                    "bytes": Progress.size(outlook.bytes), "rate": Progress.size(outlook.rate),
                    "needed": String(outlook.nightsNeeded), "left": String(outlook.nightsLeft),
                    "missing": missing,
                ])
            guard let stalest = outlook.stalest, let deadline = outlook.deadline else {
                return head
            }
            let at = outlook.stalestRead?.vietnamText ?? Phrases.never.text(language)
            return head + "\n"
                + AuditPhrases.oldest.text(
                    language,
                    ["object": stalest.text, "at": at, "deadline": deadline.vietnamText])
        }
    }
}
