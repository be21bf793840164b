import Cryptography
import Records

/// A PIN as a face got it.
package struct GivenPIN: Sendable {
    package let bytes: [UInt8]
    /// Whether a person typed it just now.
    package let isTyped: Bool

    package init(_ bytes: [UInt8], isTyped: Bool) {
        self.bytes = bytes
        self.isTyped = isTyped
    }
}

/// How tokens are reached: the program in which their modules run, and who is asked for a PIN.
package struct TokenAccess: Sendable {
    let program: TokenProgram
    /// Gives the PIN of the token with a label; nil when nobody gave one.
    let pin: @Sendable (String) throws -> GivenPIN?

    /// Names this program with the word on which it runs `serve`, and the environment that modules need.
    package init(
        program: String, _ word: String, environment: [String],
        pin: @escaping @Sendable (String) throws -> GivenPIN?
    ) {
        self.program = TokenProgram(path: program, arguments: [word], environment: environment)
        self.pin = pin
    }

    /// Runs a token's module for the process that asks, until it asks no more.
    package static func serve() { TokenWorker.serve() }

    /// Signs in; with no certificates as PEM the token's own is taken.
    func signer(_ name: TokenKeyName, certificates: [UInt8]) throws -> TokenSigner {
        guard let given = try pin(name.token) else {
            throw TokenFailure(.pinMissing, subject: name.token)
        }
        guard let pin = TokenPIN(given.bytes, isTyped: given.isTyped) else {
            throw TokenFailure(.pinForm, subject: name.token)
        }
        return try TokenSigner(name, pin: pin, certificates: certificates, program: program)
    }
}

extension World {
    /// A certificate under which no seal would be trusted is refused before anything is sealed with it.
    func requireFit(_ signer: any SealSigner) throws {
        guard let reason = try signer.unfitness(at: now().seconds) else { return }
        throw ArchiveFailure(
            .keyUnfit, subject: signer.certificate.subject, ["detail": reason])
    }

    /// Signs in to a token; a failure where this program reaches none.
    func signer(_ name: TokenKeyName, certificates: [UInt8]) throws -> TokenSigner {
        guard let tokens else { throw TokenFailure(.absent, subject: name.token) }
        return try tokens.signer(name, certificates: certificates)
    }
}
