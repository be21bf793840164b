/// Where a key lies that never leaves its token: module, token and key by their labels (PKCS#11 §4.4).
package struct TokenKeyName: Hashable, Sendable {
    /// Path of the maker's PKCS#11 module.
    package let module: String
    package let token: String
    package let key: String
    /// The longest path or label.
    package static let limit = 1000

    /// Takes what is neither empty nor too long nor holds control characters; nil otherwise.
    package init?(module: String, token: String, key: String) {
        for text in [module, token, key] {
            guard !text.isEmpty, text.utf8.count <= Self.limit,
                !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
            else { return nil }
        }
        guard module.hasPrefix("/") else { return nil }
        self.module = module
        self.token = token
        self.key = key
    }
}

/// What opens a token.
package struct TokenPIN: Sendable {
    let bytes: [UInt8]
    /// Whether a person typed it just now: only then may a token's last try be used.
    let isTyped: Bool
    /// The longest PIN.
    package static let limit = 255

    /// Takes a PIN; nil when it is empty, too long or holds a zero byte.
    package init?(_ bytes: [UInt8], isTyped: Bool) {
        guard !bytes.isEmpty, bytes.count <= Self.limit, !bytes.contains(0) else { return nil }
        self.bytes = bytes
        self.isTyped = isTyped
    }
}
