import ArgumentParser
import Console
import Records
import Repository

/// `luutru fonds`: the register of fonds, in which nothing is overwritten.
struct FondsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fonds", abstract: "Sổ đăng ký phông · The register of fonds.",
        discussion: HelpText.discussion(
            "Mỗi thay đổi có ngày hiệu lực; mã cũ vẫn tìm được hồ sơ; --as-of trả lời như hôm đó."),
        subcommands: [
            FondsAddCommand.self, FondsListCommand.self, FondsShowCommand.self,
            FondsAmendCommand.self, FondsCloseCommand.self, FondsSucceedCommand.self,
            FondsReportCommand.self,
        ])
}

/// What describes a fonds (TT 05/2025 Art. 4), as `add` and `amend` take it.
struct FondsOptions: ParsableArguments {
    @Option(name: .long, help: "Lịch sử đơn vị hình thành phông · History of the creating body.")
    var history: String?
    @Option(name: .long, help: "Thời gian tài liệu · Years of the records: 1975-2025.")
    var period: String?
    @Option(name: .long, help: "Các nhóm tài liệu chủ yếu · Main groups of records.")
    var mainGroups: String?
    @Option(name: .long, help: "Ngôn ngữ, mã hoặc tên · Languages, codes or names.")
    var language: String?
    @Option(name: .long, help: "Có bản dự phòng: có | không · Disaster copies: 1 | 0.")
    var disasterCopies: String?
    @Option(name: .long, help: "Ghi chú · Note.") var note: String?
    @Option(name: .long, help: "Mã phông cấp trên · Code of the fonds above.") var parent: String?

    var values: [RegisterField: String] {
        let given: [RegisterField: String?] = [
            .history: history, .period: period, .mainGroups: mainGroups, .language: language,
            .riskRecovery: disasterCopies, .note: note, .parent: parent,
        ]
        return given.compactMapValues { $0 }
    }
}

/// `luutru fonds add`: enters a fonds.
struct FondsAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Đăng ký phông · Register a fonds.",
        discussion: HelpText.discussion(
            "Không nêu --from thì phông có từ trước tới nay (chưa rõ ngày)."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var description: FondsOptions
    @Option(name: .long, help: "Mã phông · Code.") var code: String
    @Option(name: .long, help: "Tên phông · Name.") var name: String
    @Option(name: .long, help: "Có hiệu lực từ ngày · In force from: 2025-07-01.")
    var from: String?

    func run() throws {
        try common.run { face in
            let day = try RegisterDay.parse(from, "--from")
            return try common.write(face) { archive in
                let values = description.values.merging([.code: code, .name: name]) { $1 }
                let entry = try archive.enter(.fonds, values, from: day)
                return try RegisterView.give(archive, .fonds, entry, face)
            }
        }
    }
}

/// `luutru fonds list`: the fonds by code.
struct FondsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Danh sách phông · The fonds.",
        discussion: HelpText.discussion(""))

    @OptionGroup var common: CommonOptions
    @Option(name: .long, help: "Như vào ngày · As of a day.") var asOf: String?

    func run() throws {
        try common.run { face in
            try RegisterView.list(
                .fonds, inFonds: nil, asOf: try RegisterDay.parse(asOf, "--as-of"), common, face)
        }
    }
}

/// `luutru fonds show`: one fonds, by any code it has or had.
struct FondsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Xem một phông · Show a fonds.",
        discussion: HelpText.discussion(""))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Mã phông, cả mã cũ · Code, old ones too.") var code: String
    @Option(name: .long, help: "Như vào ngày · As of a day.") var asOf: String?

    func run() throws {
        try common.run { face in
            let day = try RegisterDay.parse(asOf, "--as-of")
            let archive = try common.openToRead(face)
            RegisterView.give(
                try archive.registeredUnit(.fonds, code, inFonds: nil, asOf: day), face)
            return .done
        }
    }
}
