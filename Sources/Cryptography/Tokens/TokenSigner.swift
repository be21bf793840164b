/// A key on a token, signed in once and used until the command ends.
package final class TokenSigner: SealSigner {
    package let certificate: Certificate
    /// What stands behind the certificate as PEM, with it: what `seal.crt` holds.
    package let certificatesPEM: [UInt8]
    private let process: TokenProcess
    private let subject: String

    /// Number of the process in which the module runs.
    package var processNumber: Int32 { process.pid }

    /// Signs in; the certificates are those given as PEM, or with none given the token's own.
    package init(
        _ name: TokenKeyName, pin: TokenPIN, certificates: [UInt8], program: TokenProgram,
        patience: Int = 60
    ) throws {
        subject = name.token
        guard let process = TokenProcess(program, patience: patience) else {
            throw TokenFailure(.crashed, subject: name.module)
        }
        self.process = process
        let question = TokenFrame(
            .open,
            [
                Array(name.module.utf8), Array(name.token.utf8), Array(name.key.utf8), pin.bytes,
                [pin.isTyped ? 1 : 0], certificates,
            ])
        let answer = try Self.ask(process, question, name)
        guard answer.word == .opened, answer.fields.count == 1,
            let read = try? Certificate.reading(pem: answer.fields[0]), let first = read.first
        else { throw TokenFailure(.nonsense, subject: name.token) }
        certificate = first
        certificatesPEM = answer.fields[0]
    }

    /// Lets the token seal, and takes nothing for a seal that is none over this content.
    package func seal(_ content: [UInt8], at signingTime: Int64) throws -> [UInt8] {
        let time = (0..<8).reversed().map { UInt8(truncatingIfNeeded: signingTime >> (8 * $0)) }
        let answer = try Self.ask(process, TokenFrame(.seal, [time, content]), nil, subject)
        guard answer.word == .sealed, answer.fields.count == 1 else {
            throw TokenFailure(.nonsense, subject: subject)
        }
        // A module may sign with whatever it likes: only a seal over this content leaves here.
        let facts: SignerFacts
        switch Seal.verify(answer.fields[0], content: content, trusted: [certificate]) {
        case .trusted(let found), .untrusted(let found, _): facts = found
        case .broken(let reason): throw TokenFailure(.nonsense, subject: subject, reason)
        }
        guard facts.fingerprint == certificate.fingerprint, facts.signingTime == signingTime else {
            throw TokenFailure(.nonsense, subject: subject)
        }
        return answer.fields[0]
    }

    /// Asks; what the process answers as a failure is thrown with what it is about.
    private static func ask(
        _ process: TokenProcess, _ question: TokenFrame, _ name: TokenKeyName?,
        _ subject: String = ""
    ) throws -> TokenFrame {
        let answer: TokenFrame
        do {
            answer = try process.ask(question)
        } catch {
            throw TokenFailure(error.reason, subject: name?.module ?? subject, error.detail)
        }
        guard answer.word == .failed else { return answer }
        let texts = answer.fields.map { String(decoding: $0, as: UTF8.self) }
        guard texts.count == 2, let reason = TokenFailure.Reason(rawValue: texts[0]) else {
            throw TokenFailure(.nonsense, subject: name?.token ?? subject)
        }
        throw TokenFailure(
            reason, subject: reason == .module ? name?.module ?? subject : name?.token ?? subject,
            texts[1])
    }
}
