import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru get`: hands over a whole dossier or one document, its digest checked first.
struct GetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Lấy hồ sơ hoặc một tài liệu · Hand over a dossier or a document.",
        discussion: HelpText.discussion(
            "Không nêu tài liệu thì lấy cả gói: vào một thư mục thì đủ các tệp của mọi phiên bản; .zip khi tên đích có đuôi "
                + ".zip; nếu không thì .tar của một phiên bản. Không bao giờ ghi đè."
        ))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Mã gói, mã hồ sơ hoặc mã tài liệu · Identifier or code.") var id: String
    @Argument(help: "Tài liệu: số thứ tự, mã, hoặc tên tệp · Document: ordinal, code or name.")
    var document: String?
    @Option(
        name: .shortAndLong,
        help: "Tệp đích, hoặc - cho đầu ra chuẩn · Target file, or - for stdout.")
    var output: String
    @Option(name: .long, help: "Phiên bản; không nêu thì bản mới nhất · Version; else the newest.")
    var version: Int?

    func run() throws {
        try common.run { face in
            let target = output == "-" ? nil : FilePath(output).absolute
            // `FilePath` drops the slash that says a folder was meant.
            if let target, output.hasSuffix("/"), try !World.machine().hasFolder(target) {
                throw ArchiveFailure(
                    .usage, subject: output,
                    ["detail": "không có thư mục · no folder \(output)"])
            }
            // Standard output may be the document itself.
            let archive = try common.openToRead(
                output == "-" ? Face(language: face.language, isJSON: false) : face)
            if let target, document == nil, try World.machine().hasFolder(target),
                try archive.namesDossier(id)
            {
                for delivery in try archive.deliverBundle(id, version: version, into: target) {
                    Self.give(delivery, face)
                }
                return .done
            }
            let delivery = try archive.deliver(
                id, document: document, version: version, toFile: target)
            if output != "-" { Self.give(delivery, face) }
            return .done
        }
    }

    private static func give(_ delivery: Delivery, _ face: Face) {
        let facts = [
            "path": delivery.path, "bytes": Progress.size(delivery.bytes),
            "sha256": delivery.sha256.hex,
        ]
        face.give(
            "delivered",
            [
                "id": .string(delivery.object.text), "path": .string(delivery.path),
                "bytes": .number(delivery.bytes), "sha256": .string(delivery.sha256.hex),
            ], text: Phrases.delivered.text(face.language, facts))
    }
}
