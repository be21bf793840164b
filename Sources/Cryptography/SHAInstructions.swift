import COpenSSL

/// Whether libcrypto takes SHA-256 by the processor's own instructions for it, from what it tells of its settings.
enum SHAInstructions {
    /// Known once and for all: libcrypto looks at processor and environment when it is loaded.
    static let areUsed = areUsed(
        by: OPENSSL_info(OPENSSL_INFO_CPU_SETTINGS).map { String(cString: $0) })

    /// Reads `OPENSSL_ia32cap=0x…:0x…` (OPENSSL_ia32cap(3)); what is not understood counts as used.
    static func areUsed(by settings: String?) -> Bool {
        guard let settings, let words = words(of: settings), words.count >= 2 else { return true }
        return words[1] & 1 << 29 != 0
    }

    /// The words of 64 bits, two in older releases and five in newer ones; after a blank stands what the environment asked for.
    private static func words(of settings: String) -> [UInt64]? {
        let parts = settings.utf8.split(
            separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        let prefix = "OPENSSL_ia32cap="
        guard parts[0].starts(with: prefix.utf8) else { return nil }
        if parts.count > 1, !parts[1].starts(with: "env:".utf8) { return nil }
        var words: [UInt64] = []
        for text in parts[0].dropFirst(prefix.utf8.count).split(
            separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        {
            guard let word = word(text) else { return nil }
            words.append(word)
        }
        return words
    }

    private static func word(_ text: Substring.UTF8View) -> UInt64? {
        guard text.starts(with: "0x".utf8) else { return nil }
        let digits = Substring(text.dropFirst(2))
        // An integer's own reading takes a sign, too.
        guard digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        return UInt64(digits, radix: 16)
    }
}
