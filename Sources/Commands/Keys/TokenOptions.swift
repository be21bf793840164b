import ArgumentParser
import Repository
import SystemPackage

/// Which key on a token is meant.
struct TokenOptions: ParsableArguments {
    @Option(
        name: .customLong("pkcs11"),
        help: "Mô-đun PKCS#11 của token · PKCS#11 module of the token.", completion: .file())
    var module: String?
    @Option(name: .long, help: "Nhãn của token · Label of the token.") var token: String?
    @Option(name: .long, help: "Nhãn của khóa trên token · Label of the key on the token.")
    var keyLabel: String?
    @Option(
        name: .long,
        help: "Chứng thư, PEM; không có thì lấy trên token · Certificate, else the token's own.",
        completion: .file())
    var certificate: String?

    /// The choice made; nil when no token was named.
    func choice() throws -> TokenChoice? {
        if module == nil, token == nil, keyLabel == nil { return nil }
        guard let module, let token, let keyLabel else {
            throw ArchiveFailure(
                .usage, subject: "--pkcs11",
                ["detail": "--pkcs11 MODULE --token LABEL --key-label LABEL"])
        }
        return TokenChoice(
            module: FilePath(module).absolute, token: token, key: keyLabel,
            certificate: certificate.map { FilePath($0).absolute })
    }
}
