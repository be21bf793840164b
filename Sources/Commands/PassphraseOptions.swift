import ArgumentParser
import Console
import Files
import Repository
import SystemPackage

/// How the passphrase of the seal's key comes in: from a file or asked for, never from the command line itself.
struct PassphraseOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "Tệp chứa mật khẩu của khóa con dấu · File with the passphrase of the seal's key.",
        completion: .file())
    var passphraseFile: String?

    @Flag(
        name: .long,
        help: "Hỏi mật khẩu của khóa con dấu · Ask for the passphrase of the seal's key.")
    var askPassphrase = false

    /// The passphrase given; nil when none was.
    func passphrase(_ face: Face) throws -> [UInt8]? {
        if let passphraseFile {
            return try Passphrase.read(FilePath(passphraseFile).absolute, volume: DiskVolume())
        }
        return askPassphrase ? try ask(face) : nil
    }

    private func ask(_ face: Face) throws -> [UInt8] {
        guard let typed = HiddenInput.ask(Phrases.askPassphrase.text(face.language)) else {
            throw ArchiveFailure(.passphraseMissing, subject: "--ask-passphrase")
        }
        return typed
    }
}
