import ArgumentParser
import Console
import Files
import Glibc
import Repository
import SystemPackage

/// How a token's PIN comes in: asked for, from a file or a descriptor, never from the command line itself.
struct PINOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "Tệp chứa mã PIN, quyền 0600 · File with the token's PIN, mode 0600.",
        completion: .file())
    var pinFile: String?

    @Option(
        name: .long,
        help: "Bộ mô tả tệp để đọc mã PIN · Descriptor to read the token's PIN from.")
    var pinFd: Int32?

    /// Where the PIN will come from when a token asks for it.
    func source(_ face: Face) throws -> PINSource {
        guard pinFile == nil || pinFd == nil else {
            throw ArchiveFailure(
                .usage, subject: "--pin-fd", ["detail": "--pin-file | --pin-fd"])
        }
        if let pinFile { return .file(FilePath(pinFile).absolute) }
        if let pinFd {
            guard pinFd >= 0, fcntl(pinFd, F_SETFD, FD_CLOEXEC) == 0 else {
                throw ArchiveFailure(
                    .usage, subject: "--pin-fd", ["detail": "--pin-fd \(pinFd)?"])
            }
            return .descriptor(pinFd)
        }
        return .terminal(face)
    }
}

/// Where a token's PIN comes from.
enum PINSource: Sendable {
    /// Nobody is asked: the command does not seal.
    case none
    case terminal(Face)
    case file(FilePath)
    /// The next line that comes on a descriptor.
    case descriptor(Int32)

    /// The PIN of the token with a label; nil when there is none.
    func pin(of token: String) throws -> GivenPIN? {
        switch self {
        case .none: nil
        case .terminal(let face):
            HiddenInput.ask(KeyPhrases.askPIN.text(face.language, ["token": token])).map {
                GivenPIN($0, isTyped: true)
            }
        case .file(let path):
            GivenPIN(try PINFile.read(path, volume: DiskVolume()), isTyped: false)
        case .descriptor(let number): GivenPIN(Self.line(from: number), isTyped: false)
        }
    }

    /// One line, read byte by byte: what follows it is for who asks next.
    private static func line(from descriptor: Int32) -> [UInt8] {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count <= 4096 {
            let count = Glibc.read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != 0x0A else { break }
            line.append(byte)
        }
        if line.last == 0x0D { line.removeLast() }
        return line
    }
}
