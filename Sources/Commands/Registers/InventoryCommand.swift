import ArgumentParser
import Console
import Records
import Repository

/// `luutru inventory`: the lists of dossiers (`mục lục`) within a fonds, with their series.
struct InventoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inventory", abstract: "Mục lục hồ sơ của phông · Inventories of a fonds.",
        discussion: HelpText.discussion(
            "Hồ sơ ghi mục lục và nhóm bằng mã: inventory:, series: trong dossier.yaml."),
        subcommands: [Add.self, List.self, Show.self, Amend.self])

    /// Series as they are typed.
    struct SeriesOption: ParsableArguments {
        @Option(
            name: .long, help: "Nhóm hồ sơ, nhiều lần được · Series, repeatable: CODE=NAME.")
        var series: [String] = []

        func values() throws -> [Series] {
            try series.map { text in
                let parts = text.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else {
                    throw ArchiveFailure(
                        .usage, subject: "--series", ["detail": "--series MÃ=TÊN · CODE=NAME"])
                }
                return Series(code: String(parts[0]), name: String(parts[1]))
            }
        }
    }

    /// `luutru inventory add`: enters an inventory.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Đăng ký mục lục · Register an inventory.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions
        @OptionGroup var series: SeriesOption
        @Option(name: .long, help: "Mã phông · Code of the fonds.") var fonds: String
        @Option(name: .long, help: "Số hoặc mã mục lục · Code.") var code: String
        @Option(name: .long, help: "Tên · Name.") var name: String
        @Option(name: .long, help: "Thời gian tài liệu · Years of the records.")
        var period: String?
        @Option(name: .long, help: "Ghi chú · Note.") var note: String?

        func run() throws {
            try common.run { face in
                let series = try series.values()
                return try common.write(face) { archive in
                    var values: [RegisterField: String] = [.fonds: fonds, .code: code, .name: name]
                    values[.period] = period
                    values[.note] = note
                    let entry = try archive.enter(.inventory, values, series: series)
                    return try RegisterView.give(archive, .inventory, entry, face)
                }
            }
        }
    }

    /// `luutru inventory list`: the inventories by code.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Danh sách mục lục · The inventories.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions
        @Option(name: .long, help: "Mã phông · Code of the fonds.") var fonds: String?
        @Option(name: .long, help: "Như vào ngày · As of a day.") var asOf: String?

        func run() throws {
            try common.run { face in
                try RegisterView.list(
                    .inventory, inFonds: fonds, asOf: try RegisterDay.parse(asOf, "--as-of"),
                    common, face)
            }
        }
    }

    /// `luutru inventory show`: one inventory, by any code it has or had.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Xem một mục lục · Show an inventory.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Mã mục lục, cả mã cũ · Code, old ones too.") var code: String
        @Option(name: .long, help: "Mã phông · Code of the fonds.") var fonds: String?
        @Option(name: .long, help: "Như vào ngày · As of a day.") var asOf: String?

        func run() throws {
            try common.run { face in
                let day = try RegisterDay.parse(asOf, "--as-of")
                let archive = try common.openToRead(face)
                RegisterView.give(
                    try archive.registeredUnit(.inventory, code, inFonds: fonds, asOf: day), face)
                return .done
            }
        }
    }

    /// `luutru inventory amend`: an inventory is recoded, renamed, closed, or gets series.
    struct Amend: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "amend", abstract: "Sửa đổi mục lục · Change an inventory.",
            discussion: HelpText.discussion("Nhóm có mã đã có thì đổi tên, mã mới thì thêm vào."))

        @OptionGroup var common: CommonOptions
        @OptionGroup var since: ChangeDayOptions
        @OptionGroup var series: SeriesOption
        @Argument(help: "Mã mục lục, cả mã cũ · Code, old ones too.") var inventory: String
        @Option(name: .long, help: "Mã phông · Code of the fonds.") var fonds: String?
        @Option(name: .long, help: "Mã mới · New code.") var code: String?
        @Option(name: .long, help: "Tên mới · New name.") var name: String?
        @Option(name: .long, help: "Thời gian tài liệu · Years of the records.")
        var period: String?
        @Option(name: .long, help: "Tình trạng · State: open | closed.") var state: String?
        @Option(name: .long, help: "Ghi chú · Note.") var note: String?

        func run() throws {
            try common.run { face in
                let day = try since.day()
                let series = try series.values()
                let given: [RegisterField: String?] = [
                    .code: code, .name: name, .period: period, .state: state, .note: note,
                ]
                return try common.write(face) { archive in
                    let entry = try archive.amend(
                        .inventory, inventory, inFonds: fonds, given.compactMapValues { $0 },
                        series: series, from: day)
                    return try RegisterView.give(archive, .inventory, entry, face)
                }
            }
        }
    }
}
