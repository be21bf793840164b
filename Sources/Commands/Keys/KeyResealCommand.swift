import ArgumentParser
import Console
import Records
import Repository

extension KeyCommand {
    /// `luutru key reseal`: void seals are mended by new versions.
    struct Reseal: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reseal", abstract: "Niêm phong lại · Seal void dossiers again.",
            discussion: HelpText.discussion(
                "Chỉ hồ sơ có con dấu vô hiệu được niêm phong lại; mỗi hồ sơ được đọc và kiểm tra trước."
            ))

        @OptionGroup var common: CommonOptions
        @OptionGroup var passphrase: PassphraseOptions
        @OptionGroup var pin: PINOptions
        @Argument(help: "Mã gói hoặc mã hồ sơ · Identifiers or codes.") var ids: [String] = []
        @Flag(name: .long, help: "Mọi hồ sơ có con dấu vô hiệu · Every dossier with a void seal.")
        var all = false
        @Option(name: .long, help: "Lý do · Reason.") var reason: String

        func run() throws {
            try common.run { face in
                guard all != !ids.isEmpty else {
                    throw ArchiveFailure(.usage, subject: "--all", ["detail": "ID… | --all"])
                }
                return try common.write(face, in: .machine(pin: pin.source(face))) { archive in
                    let chosen = try archive.toReseal(ids)
                    if chosen.isEmpty { face.note(KeyPhrases.nothingVoid) }
                    guard !chosen.isEmpty else { return .done }
                    return try reseal(chosen, in: archive, face)
                }
            }
        }

        private func reseal(_ chosen: [ObjectIdentifier], in archive: Archive, _ face: Face) throws
            -> ExitStatus
        {
            let progress = Progress(face, total: nil, now: monotonicSeconds)
            defer { progress.finish() }
            let resealing = try archive.resealing(
                passphrase: passphrase.passphrase(face), reason: reason,
                progress: { progress.add(bytes: $0) })
            var status = ExitStatus.done
            for object in chosen {
                let outcome = try resealing.reseal(object)
                progress.finish()
                KeyReport.give(outcome, to: face)
                if outcome.version == nil { status = .findings }
            }
            return status
        }
    }
}
