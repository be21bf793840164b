import ArgumentParser
import Console
import Records
import Repository

/// `luutru link`: how dossiers and documents stand to each other and to what is elsewhere.
struct LinkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Liên kết giữa các hồ sơ · Links between records.",
        discussion: HelpText.discussion(
            "Loại: part-of, continues, answers, shared-document, replaces. Đích: mã hồ sơ, mã tài liệu, "
                + "urn:uuid:…, hoặc ở nơi khác: outside:…, https:…"),
        subcommands: [Add.self, Remove.self, Show.self, Check.self])

    /// What names a link.
    struct Named: ParsableArguments {
        @Argument(help: "Mã gói, mã hồ sơ, mã tài liệu · Identifier or code.") var id: String
        @Argument(
            help: "Loại · Kind: \(Link.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
        var kind: String
        @Argument(help: "Đích · Target.") var target: String
        @Option(name: .long, help: "Tài liệu trong hồ sơ · The document that is linked.")
        var document: String?

        func checkedKind() throws -> Link.Kind {
            guard let found = Link.Kind(rawValue: kind) else {
                let kinds = Link.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw ArchiveFailure(.usage, subject: kind, ["detail": "\(kind)? \(kinds)"])
            }
            return found
        }
    }

    /// `luutru link add`: links a record to another.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Thêm liên kết · Make a link.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions
        @OptionGroup var named: Named
        @Option(name: .long, help: "Lý do · Reason.") var reason: String?

        func run() throws {
            try common.run { face in
                let kind = try named.checkedKind()
                let outcome = try common.write(face) {
                    try $0.link(
                        named.id, document: named.document, kind, to: named.target, because: reason)
                }
                return LinkCommand.give(outcome, "linked", LinkPhrases.linked, face)
            }
        }
    }

    /// `luutru link remove`: ends a link; the history keeps it.
    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Bỏ liên kết · End a link.",
            discussion: HelpText.discussion("Lịch sử vẫn giữ: luutru link show --history."))

        @OptionGroup var common: CommonOptions
        @OptionGroup var named: Named
        @Option(name: .long, help: "Lý do · Reason.") var reason: String

        func run() throws {
            try common.run { face in
                let kind = try named.checkedKind()
                let outcome = try common.write(face) {
                    try $0.unlink(
                        named.id, document: named.document, kind, to: named.target, because: reason)
                }
                return LinkCommand.give(outcome, "unlinked", LinkPhrases.unlinked, face)
            }
        }
    }

    /// `luutru link show`: the links of a record in both directions.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Các liên kết của hồ sơ · The links of a record.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions
        @Argument(
            help: "Mã gói, mã hồ sơ, hoặc mã ở nơi khác (outside:…) · Identifier or code.")
        var id: String
        @Flag(name: .long, help: "Cả liên kết đã bỏ · Also links that were ended.")
        var history = false

        func run() throws {
            try common.run { face in
                let archive = try common.openToRead(face)
                let links = try archive.links(id, withEnded: history)
                for link in links {
                    face.give(
                        "link", LinkReport.json(link), text: LinkReport.text(link, face.language))
                }
                if links.isEmpty { face.note(LinkPhrases.none) }
                return .done
            }
        }
    }

    /// `luutru link check`: links that lead nowhere, to several records, or round in a circle.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Kiểm tra mọi liên kết · Check every link.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions

        func run() throws {
            try common.run { face in
                let archive = try common.openToRead(face)
                let findings = try archive.linkFindings()
                let text =
                    findings.isEmpty
                    ? LinkPhrases.sound.text(face.language)
                    : findings.map { $0.text(face.language) }.joined(separator: "\n")
                face.give(
                    "linkCheck",
                    ["findings": .array(findings.map { $0.json(face.language) })], text: text)
                return findings.isEmpty ? .done : .findings
            }
        }
    }

    fileprivate static func give(
        _ outcome: LinkOutcome, _ kind: String, _ head: Phrase, _ face: Face
    ) -> ExitStatus {
        let lines =
            outcome.link.map { [head.text(face.language), LinkReport.text($0, face.language)] }
            ?? outcome.findings.map { $0.text(face.language) }
        face.give(
            kind,
            [
                "link": outcome.link.map { LinkReport.json($0) } ?? .null,
                "findings": .array(outcome.findings.map { $0.json(face.language) }),
            ], text: lines.joined(separator: "\n"))
        return outcome.link == nil ? .findings : .done
    }
}
