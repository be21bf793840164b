import ArgumentParser
import Console
import Files
import Glibc
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
        guard isatty(STDIN_FILENO) == 1 else {
            throw ArchiveFailure(.passphraseMissing, subject: "--ask-passphrase")
        }
        Stream.notes.write(Phrases.askPassphrase.text(face.language))
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSANOW, &settings)
            Stream.notes.write("\n")
        }
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw ArchiveFailure(.passphraseMissing, subject: "--ask-passphrase")
        }
        return Array(line.utf8)
    }
}
