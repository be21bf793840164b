import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru key`: the life of the archive's keys.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Khóa con dấu và sổ cái · Keys of seal and ledger.",
        discussion: HelpText.discussion(
            "Chứng thư cũ không mất: con dấu cũ vẫn kiểm tra được. Khóa lộ: thu hồi, đổi khóa, niêm phong lại."
        ),
        subcommands: [Status.self, Rotate.self, Revoke.self, Reseal.self])

    /// What a key is for.
    enum Use: String, ExpressibleByArgument, CaseIterable {
        case seal
        case ledger
    }

    /// `luutru key status`: certificates, their end, and what was sealed with each.
    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Các khóa và chứng thư · Keys and certificates.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions
        @Option(name: .long, help: "Khóa nào · Which key: seal | ledger.") var use: Use = .seal

        func run() throws {
            try common.run { face in
                let archive = try common.openToRead(face)
                if use == .ledger {
                    KeyReport.give(try archive.ledgerKeyStatus(), to: face)
                    return .done
                }
                let status = try archive.keyStatus()
                KeyReport.give(status, to: face)
                return status.isGood ? .done : .untrusted
            }
        }
    }

    /// `luutru key revoke`: a key is not to be trusted since an instant.
    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Thu hồi khóa · Revoke a key, for ever.",
            discussion: HelpText.discussion(
                "Con dấu không có bằng chứng cũ hơn --since là vô hiệu: kết thúc 5 và nêu tên."))

        @OptionGroup var common: CommonOptions
        @Option(name: .long, help: "Khóa nào · Which key: seal | ledger.") var use: Use = .seal
        @Option(name: .long, help: "Từ lúc nào · Since when: 2026-11-22T08:00:00+07:00.")
        var since: String
        @Option(name: .long, help: "Lý do · Reason.") var reason: String
        @Option(
            name: .long,
            help: "Đầu SHA-256 của khóa, khi đã có nhiều khóa · Which key, once there were several."
        )
        var fingerprint: String?

        func run() throws {
            try common.run { face in
                let revoked = try common.write(face) { archive in
                    use == .ledger
                        ? try archive.revokeLedgerKey(fingerprint, since: since, because: reason)
                        : try archive.revokeSealKey(fingerprint, since: since, because: reason)
                }
                KeyReport.give(revoked, to: face)
                return revoked.void.isEmpty ? .done : .untrusted
            }
        }
    }
}
