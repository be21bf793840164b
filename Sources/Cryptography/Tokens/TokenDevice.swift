import COpenSSL
import CP11

/// A key on a token, signed in: the module's side of the work, in the process that may crash.
final class TokenDevice {
    private let context: UnsafeMutablePointer<PKCS11_CTX>
    private var slots: UnsafeMutablePointer<PKCS11_SLOT>?
    private var slotCount: UInt32 = 0
    private var isLoaded = false
    private var key: SealKey?
    private var certificates: [Certificate] = []

    /// Opens what a message names: module, token, key, PIN, whether it was typed, certificates as PEM or nothing.
    init(opening fields: [[UInt8]]) throws {
        guard fields.count == 6, let made = PKCS11_CTX_new() else {
            throw TokenFailure(.nonsense, subject: "")
        }
        context = made
        let texts = fields.prefix(3).map { String(decoding: $0, as: UTF8.self) }
        try load(texts[0])
        let slot = try self.slot(labelled: texts[1])
        try signIn(slot, labelled: texts[1], pin: fields[3], isTyped: fields[4] == [1])
        let found = try privateKey(in: slot, labelled: texts[2])
        guard let pointer = PKCS11_get_private_key(found) else { throw Self.failure(.failed) }
        let key = SealKey(onToken: pointer)
        guard key.isStrong else { throw TokenFailure(.keyWeak, subject: "") }
        certificates =
            fields[5].isEmpty ? try certificate(of: found) : try Certificate.reading(pem: fields[5])
        guard certificates.first?.matches(key) == true else {
            throw TokenFailure(.certificateMismatch, subject: "")
        }
        self.key = key
    }

    deinit {
        key = nil
        if let slots { PKCS11_release_all_slots(context, slots, slotCount) }
        if isLoaded { PKCS11_CTX_unload(context) }
        PKCS11_CTX_free(context)
    }

    /// The certificates that go into each seal, the signer's first.
    func certificatesPEM() throws -> [UInt8] { try certificates.flatMap { try $0.pem } }

    /// Makes a seal with the very code that seals with a key in a file.
    func seal(_ content: [UInt8], at time: Int64) throws -> [UInt8] {
        guard let key, let certificate = certificates.first else {
            throw TokenFailure(.nonsense, subject: "")
        }
        do {
            return try Seal.make(
                content: content, key: key, certificate: certificate,
                chain: Array(certificates.dropFirst()), signingTime: time)
        } catch {
            // Whatever the module says when it is asked for a signature, this token signs no more.
            throw TokenFailure(.gone, subject: "", error.detail)
        }
    }

    private func load(_ module: String) throws {
        guard PKCS11_CTX_load(context, module) == 0 else { throw Self.failure(.module) }
        isLoaded = true
    }

    /// The one slot whose token has a label; it is looked at anew each time, for what it says of its PIN.
    private func slot(labelled label: String) throws -> UnsafeMutablePointer<PKCS11_SLOT> {
        if let slots { PKCS11_release_all_slots(context, slots, slotCount) }
        slots = nil
        guard PKCS11_enumerate_slots(context, &slots, &slotCount) == 0, let slots else {
            throw Self.failure(.failed)
        }
        let fitting = (0..<Int(slotCount)).map { slots + $0 }.filter { slot in
            guard let token = slot.pointee.token, token.pointee.initialized != 0,
                let text = token.pointee.label
            else { return false }
            return String(cString: text) == label
        }
        guard let slot = fitting.first else { throw TokenFailure(.absent, subject: "") }
        guard fitting.count == 1 else { throw TokenFailure(.several, subject: "", label) }
        return slot
    }

    /// Tries a PIN once and never again: tokens lock themselves after a few.
    private func signIn(
        _ slot: UnsafeMutablePointer<PKCS11_SLOT>, labelled label: String, pin: [UInt8],
        isTyped: Bool
    ) throws {
        guard let token = slot.pointee.token, token.pointee.loginRequired != 0 else { return }
        guard token.pointee.userPinLocked == 0 else { throw TokenFailure(.pinLocked, subject: "") }
        guard token.pointee.userPinFinalTry == 0 || isTyped else {
            throw TokenFailure(.pinFinalTry, subject: "")
        }
        var text = pin.map { CChar(bitPattern: $0) } + [0]
        let isIn = PKCS11_login(slot, 0, text) == 0
        text.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
        guard !isIn else { return }
        let error = luutru_token_error()
        switch error {
        case Self.pinLocked: throw TokenFailure(.pinLocked, subject: "")
        case Self.pinIncorrect, Self.pinInvalid, Self.pinLength:
            throw TokenFailure(.pinWrong, subject: "", try triesLeft(labelled: label))
        default: throw Self.failure(.failed)
        }
    }

    /// What the token says after a wrong PIN: `0`, `1`, `few` or `unknown`.
    private func triesLeft(labelled label: String) throws -> String {
        CryptographyFailure.drainQueue()
        guard let token = try slot(labelled: label).pointee.token else { return "unknown" }
        if token.pointee.userPinLocked != 0 { return "0" }
        if token.pointee.userPinFinalTry != 0 { return "1" }
        return token.pointee.userPinCountLow != 0 ? "few" : "unknown"
    }

    private func privateKey(
        in slot: UnsafeMutablePointer<PKCS11_SLOT>, labelled label: String
    ) throws -> UnsafeMutablePointer<PKCS11_KEY> {
        var keys: UnsafeMutablePointer<PKCS11_KEY>?
        var count: UInt32 = 0
        guard PKCS11_enumerate_keys(slot.pointee.token, &keys, &count) == 0 else {
            throw Self.failure(.failed)
        }
        let fitting = (0..<Int(count)).compactMap { index in keys.map { $0 + index } }.filter {
            $0.pointee.label.map { String(cString: $0) } == label
        }
        guard let key = fitting.first else { throw TokenFailure(.keyMissing, subject: "", label) }
        guard fitting.count == 1 else { throw TokenFailure(.several, subject: "", label) }
        return key
    }

    /// The certificate that the token keeps under the key's identifier.
    private func certificate(of key: UnsafeMutablePointer<PKCS11_KEY>) throws -> [Certificate] {
        guard let found = PKCS11_find_certificate(key), let pointer = found.pointee.x509,
            X509_up_ref(pointer) == 1
        else { throw TokenFailure(.certificateMissing, subject: "") }
        return [Certificate(adopting: pointer)]
    }

    // Return values of PKCS#11 §5.1.6.
    private static let pinIncorrect: UInt = 0xA0
    private static let pinInvalid: UInt = 0xA1
    private static let pinLength: UInt = 0xA2
    private static let pinLocked: UInt = 0xA4

    /// The failure that the module's last word makes.
    private static func failure(_ reason: TokenFailure.Reason) -> TokenFailure {
        TokenFailure(reason, subject: "", CryptographyFailure.drainedQueue())
    }
}
