import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru ledger`: the log of every act, checked and proved.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Sổ cái: kiểm tra, chứng minh · The ledger, checked and proved.",
        discussion: HelpText.discussion(
            "Mỗi việc làm trong kho là một mục; gốc cây Merkle trên mọi mục được ký (docs/ledger.md)."
        ),
        subcommands: [Verify.self, Prove.self, Consistency.self, Show.self, Witness.self])

    /// `luutru ledger verify`: every entry, tile and signature, and checkpoints kept elsewhere.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Kiểm tra cả sổ cái · Check the whole ledger.",
            discussion: HelpText.discussion(
                "Điểm kiểm tra giữ ở nơi khác (--from) cho thấy sổ cái bị lùi, rẽ nhánh hay viết lại."
            ))

        @OptionGroup var common: CommonOptions
        @Option(
            name: .customLong("from"),
            help: "Tệp điểm kiểm tra giữ ở nơi khác · A checkpoint kept elsewhere.",
            completion: .file())
        var checkpoints: [String] = []

        func run() throws {
            try common.run { face in
                let report = try common.openToRead(face).verifyLedger(
                    against: checkpoints.map { FilePath($0).absolute })
                let isSound = !report.findings.containsErrors
                let stamped = report.stamped.map {
                    LedgerPhrases.stamped.text(
                        face.language,
                        [
                            "size": String($0.size), "at": $0.at.vietnamText,
                            "authority": SafeText.shown($0.authority),
                        ])
                }
                let facts = [
                    "entries": String(report.entries),
                    "signed": report.signed.map { String($0) } ?? "0", "root": report.root,
                ]
                let head = (isSound ? LedgerPhrases.sound : LedgerPhrases.wrong)
                    .text(face.language, facts)
                face.give(
                    "ledger",
                    [
                        "valid": .boolean(isSound), "entries": .number(report.entries),
                        "signed": report.signed.map { .number($0) } ?? .null,
                        "root": .string(report.root),
                        "stampedSize": report.stamped.map { .number($0.size) } ?? .null,
                        "stampedAt": report.stamped.map { .string($0.at.utcSecondsText) } ?? .null,
                        "stampedBy": report.stamped.map { .string($0.authority) } ?? .null,
                        "findings": .array(report.findings.map { $0.json(face.language) }),
                    ],
                    text: ([head] + [stamped].compactMap { $0 }
                        + report.findings.map { $0.text(face.language) })
                        .joined(separator: "\n"))
                return isSound ? .done : .findings
            }
        }
    }

    /// `luutru ledger prove`: that an entry stands under the last checkpoint, for a stranger.
    struct Prove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prove",
            abstract: "Chứng minh một mục · Prove that an entry is in the ledger.",
            discussion: HelpText.discussion(
                "In ra theo C2SP tlog-proof; --json cho cả dòng của mục và khóa."))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Số mục, mã gói hoặc mã hồ sơ · Number of an entry, identifier or code.")
        var entry: String

        func run() throws {
            try common.run { face in
                let proved = try common.openToRead(face).proveEntry(entry)
                face.give(
                    "proof",
                    [
                        "entry": .number(proved.sequence), "size": .number(proved.size),
                        "line": .string(proved.line),
                        "path": .array(proved.path.map { .string($0) }),
                        "checkpoint": .string(proved.checkpoint),
                        "verifier": .string(proved.verifier),
                    ], text: String(decoding: proved.proof.dropLast(), as: UTF8.self))
                return .done
            }
        }
    }

    /// `luutru ledger consistency`: that the ledger grew out of an old checkpoint.
    struct Consistency: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "consistency",
            abstract: "Nối tiếp một điểm kiểm tra cũ · Grown out of an old checkpoint.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Tệp điểm kiểm tra cũ · The old checkpoint.", completion: .file())
        var old: String

        func run() throws {
            try common.run { face in
                let report = try common.openToRead(face).proveConsistency(
                    from: FilePath(old).absolute)
                let isSound = report.findings.isEmpty
                let facts = ["from": String(report.from), "to": String(report.to)]
                let head = (isSound ? LedgerPhrases.consistent : LedgerPhrases.inconsistent)
                    .text(face.language, facts)
                face.give(
                    "consistency",
                    [
                        "consistent": .boolean(isSound), "from": .number(report.from),
                        "to": .number(report.to), "path": .array(report.path.map { .string($0) }),
                        "checkpoint": .string(report.checkpoint),
                        "findings": .array(report.findings.map { $0.json(face.language) }),
                    ],
                    text: ((report.isReadable ? [head] : []) + report.path
                        + report.findings.map { $0.text(face.language) })
                        .joined(separator: "\n"))
                return isSound ? .done : .findings
            }
        }
    }

    /// `luutru ledger show`: the acts in the order in which they were entered.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Các việc đã làm · The acts, in order.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions
        @Option(name: .long, help: "Của một hồ sơ · Of one dossier.") var object: String?
        @Option(name: .long, help: "Từ ngày · Since a day: YYYY-MM-DD.") var since: String?

        func run() throws {
            try common.run { face in
                var count = 0
                try common.openToRead(face).forEachAct(
                    of: object, since: RegisterDay.parse(since, "--since")
                ) { act in
                    count += 1
                    face.give("entry", Self.json(act), text: Self.text(act))
                }
                if count == 0 { face.note(LedgerPhrases.none) }
                return .done
            }
        }

        private static func json(_ act: LedgerAnswer) -> JSONValue {
            [
                "entry": .number(act.sequence), "at": .string(act.at.utcText),
                "act": .string(act.act), "event": .string(act.event),
                "id": act.object.map { .string($0.text) } ?? .null,
                "version": act.version.map { .number(Int64($0)) } ?? .null,
                "agent": .string(act.agent), "outcome": .string(act.outcome),
            ]
        }

        private static func text(_ act: LedgerAnswer) -> String {
            let object = act.object.map { "  " + $0.text + (act.version.map { " v\($0)" } ?? "") }
            return "\(act.sequence)  \(act.at.vietnamText)  \(SafeText.shown(act.act))"
                + " (\(SafeText.shown(act.event))) · \(act.outcome) · \(SafeText.shown(act.agent))"
                + (object ?? "")
        }
    }
}
