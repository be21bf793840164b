import COpenSSL

/// Why a key, a certificate or a seal cannot be made or read.
package struct CryptographyFailure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        /// The key is protected and no passphrase was given.
        case passphraseMissing = "LT-KEY-PASSPHRASE-MISSING"
        case passphraseWrong = "LT-KEY-PASSPHRASE-WRONG"
        /// The file is not a private key of a kind that seals.
        case notAKey = "LT-KEY-UNREADABLE"
        case notACertificate = "LT-KEY-CERTIFICATE-UNREADABLE"
        /// libcrypto refused.
        case failed = "LT-KEY-FAILED"
    }

    package let reason: Reason
    package let detail: String

    package var code: String { reason.rawValue }

    /// Takes what libcrypto last said as the detail and empties its queue.
    init(_ reason: Reason) {
        self.reason = reason
        detail = Self.drainedQueue()
    }

    /// Empties the thread's queue of errors.
    static func drainQueue() { ERR_clear_error() }

    /// The last error's text; the queue of the thread is empty afterwards.
    static func drainedQueue() -> String {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        guard code != 0 else { return "" }
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(code, &text, text.count)
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
