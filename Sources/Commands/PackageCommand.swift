import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru package`: completed dossier folders become sealed bundles in the archive.
struct PackageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "package",
        abstract: "Đóng gói và lưu trữ hồ sơ · Package dossiers and archive them.",
        discussion: HelpText.discussion(
            "Mỗi thư mục có dossier.yaml và documents.csv. Hồ sơ tốt được lưu trữ, hồ sơ lỗi được báo."
        ))

    @OptionGroup var common: CommonOptions
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var pin: PINOptions
    @Argument(help: "Thư mục hồ sơ · Dossier folders.", completion: .directory) var folders:
        [String]
    @Flag(name: .long, help: "Chỉ kiểm tra, không ghi gì · Report every finding, write nothing.")
    var dryRun = false
    @Option(
        name: .long,
        help: "Mã gói định trước cho một hồ sơ · Identifier to give to one dossier: urn:uuid:…")
    var id: String?

    func run() throws {
        try common.run { face in
            let identifier = try givenIdentifier()
            let paths = folders.map { FilePath($0).absolute }
            return try common.write(
                face, for: dryRun ? .reading : .writing, in: .machine(pin: pin.source(face))
            ) { archive in
                let progress = Progress(face, total: nil, now: monotonicSeconds)
                defer { progress.finish() }
                let packaging = try archive.packaging(
                    identifier: identifier, isDryRun: dryRun,
                    passphrase: try passphrase.passphrase(face),
                    expect: { progress.expect(bytes: $0) },
                    progress: { progress.add(bytes: $0) }, fileDone: { progress.addFile() })
                var status = ExitStatus.done
                var given = 0
                do {
                    try packaging.package(paths) { outcome in
                        progress.finish()
                        PackageReport.give(outcome, to: face)
                        given += 1
                        if outcome.isRejected { status = .findings }
                    }
                } catch {
                    progress.finish()
                    PackageReport.giveWaiting(paths[given...], because: error, to: face)
                    throw error
                }
                if !dryRun { try EvidenceReport.stampIfDue(archive, face) }
                return status
            }
        }
    }

    private func givenIdentifier() throws -> ObjectIdentifier? {
        guard let id else { return nil }
        guard let identifier = ObjectIdentifier(id), folders.count == 1 else {
            throw ArchiveFailure(
                .usage, subject: "--id",
                ["detail": "--id: urn:uuid:{UUID}, một thư mục · one folder"])
        }
        return identifier
    }
}
