import Cryptography
import Files
package import SystemPackage

/// A person's choice of a key on a token, and where its certificate comes from.
package struct TokenChoice: Sendable {
    package let module: FilePath
    package let token: String
    package let key: String
    /// A PEM file with the certificate and those behind it; nil for the one on the token.
    package let certificate: FilePath?

    package init(module: FilePath, token: String, key: String, certificate: FilePath?) {
        self.module = module
        self.token = token
        self.key = key
        self.certificate = certificate
    }

    func name() throws -> TokenKeyName {
        guard let name = TokenKeyName(module: module.string, token: token, key: key) else {
            throw ArchiveFailure(
                .usage, subject: "--token",
                ["detail": "--pkcs11, --token, --key-label: 1…1000 ký tự · characters"])
        }
        return name
    }

    /// Signs in, and proves that key and certificate belong together.
    func signer(in world: World) throws -> TokenSigner {
        let pem = try certificate.map {
            try world.volume.readAll($0, limit: Configuration.limit)
        }
        let signer = try world.signer(name(), certificates: pem ?? [])
        try world.requireFit(signer)
        return signer
    }
}
