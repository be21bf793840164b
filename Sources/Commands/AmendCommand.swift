import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru amend`: a later state of a dossier becomes a new version.
struct AmendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend",
        abstract: "Sửa, bổ sung hồ sơ đã lưu · Amend an archived dossier as a new version.",
        discussion: HelpText.discussion(
            "Phiên bản cũ giữ nguyên từng byte. Chế độ sử dụng, thời hạn, nơi để không sửa bằng lệnh này."
        ))

    @OptionGroup var common: CommonOptions
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var pin: PINOptions
    @Argument(help: "Mã gói hoặc mã hồ sơ · Identifier or code.") var id: String
    @Option(name: .long, help: "TRƯỜNG=GIÁ_TRỊ, nhiều lần được · FIELD=VALUE, repeatable.")
    var set: [String] = []
    @Option(name: .long, help: "Tài liệu mà --set nói đến · The document that --set is about.")
    var document: String?
    @Option(
        name: .long,
        help:
            "Thư mục có documents.csv và tệp bổ sung · Folder with documents.csv and files to add.",
        completion: .directory)
    var add: String?
    @Option(
        name: .long,
        help: "TÀI_LIỆU=TỆP thay nội dung, nhiều lần được · DOCUMENT=FILE that takes its place.")
    var supersede: [String] = []
    @Option(name: .long, help: "Với --add: tên bản thể hiện mới · With --add: rep2, rep3, …")
    var representation: String?
    @Option(name: .long, help: "Với --add: tài liệu nguồn · With --add: the source document.")
    var derivedFrom: String?
    @Option(
        name: .long, help: "Với --add: công cụ chuyển đổi · With --add: the tool and its version.")
    var tool: String?
    @Option(name: .long, help: "Vì sao sửa · Why it is done.") var reason: String
    @Flag(name: .long, help: "Chỉ cho biết sẽ đổi gì · Tell what would change, write nothing.")
    var dryRun = false

    func run() throws {
        try common.run { face in
            let request = try request()
            let progress = Progress(face, total: nil, now: monotonicSeconds)
            return try common.write(
                face, for: dryRun ? .reading : .writing, in: .machine(pin: pin.source(face))
            ) { archive in
                let outcome = try archive.amend(
                    request, isDryRun: dryRun, passphrase: try passphrase.passphrase(face),
                    progress: { progress.add(bytes: $0) })
                progress.finish()
                StateReport.give(outcome, to: face)
                if !dryRun { try EvidenceReport.stampIfDue(archive, face) }
                return outcome.isRejected ? .findings : .done
            }
        }
    }

    private func request() throws -> AmendRequest {
        var request = AmendRequest(dossier: id, reason: reason)
        request.sets = set
        request.document = document
        request.folder = add.map { FilePath($0).absolute }
        request.supersessions = try supersede.map { text in
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else {
                throw Self.usage("--supersede TÀI_LIỆU=TỆP · DOCUMENT=FILE")
            }
            return AmendRequest.Supersession(
                document: String(parts[0]), file: FilePath(String(parts[1])).absolute)
        }
        if representation != nil || derivedFrom != nil || tool != nil {
            guard let representation, let derivedFrom, let tool, add != nil else {
                throw Self.usage("--add + --representation + --derived-from + --tool")
            }
            request.derivation = AmendRequest.Derivation(
                representation: representation, document: derivedFrom, tool: tool)
        }
        return request
    }

    private static func usage(_ detail: String) -> ArchiveFailure {
        ArchiveFailure(.usage, subject: "amend", ["detail": detail])
    }
}
