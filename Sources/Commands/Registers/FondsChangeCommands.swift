import ArgumentParser
import Console
import Records
import Repository

/// `luutru fonds amend`: a fonds is renamed, recoded, or described better.
struct FondsAmendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend", abstract: "Sửa đổi phông từ một ngày · Change a fonds from a day on.",
        discussion: HelpText.discussion(
            "Giá trị rỗng \"\" bỏ trường đó. Không ghi đè: trạng thái trước vẫn giữ nguyên."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var description: FondsOptions
    @OptionGroup var since: ChangeDayOptions
    @Argument(help: "Mã phông, cả mã cũ · Code, old ones too.") var fonds: String
    @Option(name: .long, help: "Mã mới · New code.") var code: String?
    @Option(name: .long, help: "Tên mới · New name.") var name: String?
    @Option(name: .long, help: "Tình trạng · State: open | closed.") var state: String?

    func run() throws {
        try common.run { face in
            let day = try since.day()
            var values = description.values
            values[.code] = code
            values[.name] = name
            values[.state] = state
            return try common.write(face) { archive in
                let entry = try archive.amend(.fonds, fonds, values, from: day)
                return try RegisterView.give(archive, .fonds, entry, face)
            }
        }
    }
}

/// `luutru fonds close`: no more dossiers come to the fonds.
struct FondsCloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Đóng phông · Close a fonds.",
        discussion: HelpText.discussion(""))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Mã phông · Code.") var fonds: String
    @Option(name: .long, help: "Từ ngày, mặc định hôm nay · From a day, else today.")
    var on: String?

    func run() throws {
        try common.run { face in
            let day = try RegisterDay.parse(on, "--on")
            return try common.write(face) { archive in
                let entry = try archive.close(.fonds, fonds, on: day)
                return try RegisterView.give(archive, .fonds, entry, face)
            }
        }
    }
}

/// `luutru fonds succeed`: the agency was merged, divided, renamed, or its work transferred.
struct FondsSucceedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "succeed",
        abstract: "Phông kế tiếp khi cơ quan sáp nhập, chia tách · Fonds that follow a fonds.",
        discussion: HelpText.discussion(
            "Đóng phông cũ và ghi quan hệ hai chiều bằng một mục sổ cái."))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Mã phông cũ · Code of the fonds that ends.") var old: String
    @Argument(help: "Mã các phông kế tiếp · Codes of those that follow.") var new: [String]
    @Option(name: .long, help: "Từ ngày · From: 2025-07-01.") var on: String
    @Option(name: .long, help: "Hình thức · Kind: merge | split | rename | transfer.")
    var kind: Kind

    /// The kinds of succession.
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case merge, split, rename, transfer

        var link: FondsLink.Kind {
            switch self {
            case .merge: .merge
            case .split: .split
            case .rename: .rename
            case .transfer: .transfer
            }
        }
    }

    func run() throws {
        try common.run { face in
            guard let day = try RegisterDay.parse(on, "--on") else { return .usage }
            return try common.write(face) { archive in
                let entry = try archive.succeed(old, by: new, on: day, kind.link)
                return try RegisterView.give(archive, .fonds, entry, face)
            }
        }
    }
}
