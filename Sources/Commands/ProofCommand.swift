import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru proof`: one file by which a stranger checks a dossier, or one document of it.
struct ProofCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proof",
        abstract: "Lập gói chứng minh cho người ngoài · Write a proof for a stranger.",
        discussion: HelpText.discussion(
            "Hồ sơ còn chờ thì lô đang mở được đóng dấu trước · The open batch is stamped first."))

    @OptionGroup var common: CommonOptions
    @Argument(help: "Mã gói, mã hồ sơ hoặc mã tài liệu · Identifier or code.") var id: String
    @Argument(help: "Tài liệu: số thứ tự, mã, hoặc tên tệp · Document: ordinal, code or name.")
    var document: String?
    @Option(name: .shortAndLong, help: "Tệp đích · Target file: FILE.zip.") var output: String
    @Option(name: .long, help: "Phiên bản; không nêu thì bản mới nhất · Version; else the newest.")
    var version: Int?

    func run() throws {
        try common.run { face in
            let progress = Progress(face, total: nil, now: monotonicSeconds)
            defer { progress.finish() }
            let question = ProofQuestion(
                record: id, document: document, version: version,
                target: FilePath(output).absolute)
            var isUnstamped = false
            let before = try Archive.open(common.archivePath(), in: .machine(), for: .reading)
            try before.requireOutside(question.target)
            if try before.needsStampForProof(of: id) {
                let stamp = try common.write(face) { try $0.stampForProof(of: id) }
                if let stamp { EvidenceReport.give(stamp, to: face) }
                isUnstamped = stamp?.stamped == nil
            }
            let answer = try common.openToRead(face).prove(question) { progress.add(bytes: $0) }
            progress.finish()
            ProofReporting.give(answer, to: face)
            if answer.isTimeOver { return .untrusted }
            // An authority that was to stamp first did not: a proof made later says more.
            return isUnstamped ? .incomplete : .done
        }
    }
}
