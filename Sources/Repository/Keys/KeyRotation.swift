package import SystemPackage

/// A new key for the seal as a person asks for it.
package struct KeyRotation: Sendable {
    /// Where the new key comes from.
    package enum NewKey: Sendable {
        /// It is made here, with a certificate signed by itself.
        case made(usesRSA: Bool)
        /// Key and certificate come as PEM files.
        case files(key: FilePath, certificate: FilePath)
        case onToken(TokenChoice)
    }

    package let newKey: NewKey
    /// Opens the old key, and a new one in a file, which is kept under it again.
    package let passphrase: [UInt8]?
    /// Whether the old key is lost: then nobody signs the announcement.
    package let isOldLost: Bool

    package init(_ newKey: NewKey, passphrase: [UInt8]?, isOldLost: Bool) {
        self.newKey = newKey
        self.passphrase = passphrase
        self.isOldLost = isOldLost
    }
}

/// What a rotation did.
package struct KeyRotated: Sendable {
    package let fingerprint: String
    /// SHA-256 of the certificate that sealed until now.
    package let before: String
    /// The file in `policy/` with the new certificate.
    package let file: String
    /// Whether the old key signed the announcement.
    package let isAnnounced: Bool
    package let sheet: FilePath
}
