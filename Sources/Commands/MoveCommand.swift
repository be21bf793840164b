import ArgumentParser
import Console
import Records
import Repository

/// `luutru move`: the paper of dossiers is put in another place; what was packaged is never rewritten.
struct MoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Ghi nơi để hồ sơ giấy · Record where the paper is.",
        discussion: HelpText.discussion(
            "Nơi để: kho/kệ/hộp. Gói lưu trữ giữ nguyên; việc chuyển được ghi vào sổ cái."))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Mã gói, mã hồ sơ · Identifiers or codes.") var ids: [String]
    @Option(name: .long, help: "Nơi để mới · New place: kho/kệ/hộp · store/shelf/box.")
    var location: String
    @Option(name: .long, help: "Lý do · Reason.") var reason: String

    func run() throws {
        try common.run { face in
            return try common.write(face) { archive in
                for moved in try archive.move(ids, to: location, because: reason) {
                    let facts = [
                        "id": moved.object.text, "code": SafeText.shown(moved.code),
                        "location": SafeText.shown(moved.location),
                    ]
                    face.give(
                        "moved",
                        [
                            "id": .string(moved.object.text), "code": .string(moved.code),
                            "location": .string(moved.location),
                            "before": moved.before.map { .string($0) } ?? .null,
                        ], text: RegisterPhrases.moved.text(face.language, facts))
                }
                return .done
            }
        }
    }
}
