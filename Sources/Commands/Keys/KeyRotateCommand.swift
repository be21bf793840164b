import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

extension KeyCommand {
    /// `luutru key rotate`: a new key, announced by the old one.
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate", abstract: "Đổi khóa · A new key for seal or ledger.",
            discussion: HelpText.discussion(
                "Không nêu khóa mới thì tạo khóa. Khóa cũ ký lên chứng thư mới, rồi được cất vào keys/retired/."
            ))

        @OptionGroup var common: CommonOptions
        @Option(name: .long, help: "Khóa nào · Which key: seal | ledger.") var use: Use = .seal
        @OptionGroup var passphrase: PassphraseOptions
        @OptionGroup var onToken: TokenOptions
        @OptionGroup var pin: PINOptions
        @Option(
            name: .long, help: "Khóa mới, PEM, với --certificate · New key, with --certificate.",
            completion: .file())
        var key: String?
        @Option(name: .long, help: "Loại khóa tạo mới · Kind of key to make: p256 | rsa3072.")
        var keyType: InitCommand.KeyType = .p256
        @Flag(
            name: .long,
            help: "Khóa cũ đã mất, không ai ký thông báo · The old key is lost, nobody announces.")
        var oldKeyLost = false

        func run() throws {
            try common.run { face in
                if use == .ledger { return try rotateLedger(face) }
                let newKey = try chosen()
                let rotated = try common.write(face, in: .machine(pin: pin.source(face))) {
                    try $0.rotateSealKey(
                        KeyRotation(
                            newKey, passphrase: try passphrase.passphrase(face),
                            isOldLost: oldKeyLost))
                }
                KeyReport.give(rotated, to: face)
                return .done
            }
        }

        /// The ledger's key is always made here: who signs the log needs no certificate.
        private func rotateLedger(_ face: Face) throws -> ExitStatus {
            guard try key == nil && onToken.choice() == nil && onToken.certificate == nil else {
                throw ArchiveFailure(
                    .usage, subject: "--use ledger", ["detail": "key rotate --use ledger"])
            }
            let rotated = try common.write(face, for: oldKeyLost ? .rekeying : .writing) {
                try $0.rotateLedgerKey(isOldLost: oldKeyLost)
            }
            KeyReport.giveLedger(rotated, to: face)
            return .done
        }

        private func chosen() throws -> KeyRotation.NewKey {
            let token = try onToken.choice()
            switch (key, token, onToken.certificate) {
            case (nil, let token?, _): return .onToken(token)
            case (let key?, nil, let certificate?):
                return .files(
                    key: FilePath(key).absolute, certificate: FilePath(certificate).absolute)
            case (nil, nil, nil): return .made(usesRSA: keyType == .rsa3072)
            default:
                throw ArchiveFailure(
                    .usage, subject: "--key",
                    ["detail": "--key + --certificate | --pkcs11 + --token + --key-label"])
            }
        }
    }
}
