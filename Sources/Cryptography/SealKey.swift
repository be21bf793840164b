import COpenSSL

/// The private key that seals bundles: P-256 or RSA of 3,072 bits, kept as PKCS#8.
package final class SealKey {
    /// The kinds of key the archive makes.
    package enum Kind: Sendable {
        case p256
        case rsa3072
    }

    let pointer: OpaquePointer
    /// Rounds of PBKDF2 that turn a passphrase into the key's key.
    private static let passphraseRounds: Int32 = 600_000

    private init(adopting pointer: OpaquePointer) { self.pointer = pointer }

    /// A key that stays on its token: libcrypto asks the token whenever it signs.
    init(onToken pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    /// Makes a new key with libcrypto's own randomness.
    package static func generate(_ kind: Kind) throws(CryptographyFailure) -> SealKey {
        let name = kind == .p256 ? "EC" : "RSA"
        guard let context = EVP_PKEY_CTX_new_from_name(nil, name, nil) else {
            throw CryptographyFailure(.failed)
        }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_keygen_init(context) == 1 else { throw CryptographyFailure(.failed) }
        let isSet =
            kind == .p256
            ? EVP_PKEY_CTX_set_group_name(context, "P-256")
            : EVP_PKEY_CTX_set_rsa_keygen_bits(context, 3072)
        var pointer: OpaquePointer?
        guard isSet == 1, EVP_PKEY_generate(context, &pointer) == 1, let pointer else {
            throw CryptographyFailure(.failed)
        }
        return SealKey(adopting: pointer)
    }

    /// The key as PKCS#8 PEM; with a passphrase under AES-256 and PBKDF2 with HMAC-SHA-256.
    package func pem(passphrase: [UInt8]?) throws(CryptographyFailure) -> [UInt8] {
        let bio = try MemoryBIO()
        guard let passphrase else {
            guard PEM_write_bio_PKCS8PrivateKey(bio.pointer, pointer, nil, nil, 0, nil, nil) == 1
            else {
                throw CryptographyFailure(.failed)
            }
            return bio.bytes
        }
        if passphrase.isEmpty { throw CryptographyFailure(.passphraseMissing) }
        guard let plain = EVP_PKEY2PKCS8(pointer) else { throw CryptographyFailure(.failed) }
        defer { PKCS8_PRIV_KEY_INFO_free(plain) }
        guard
            let scheme = PKCS5_pbe2_set_iv(
                EVP_aes_256_cbc(), Self.passphraseRounds, nil, 0, nil, NID_hmacWithSHA256)
        else { throw CryptographyFailure(.failed) }
        let text = passphrase.map { CChar(bitPattern: $0) }
        guard let protected = PKCS8_set0_pbe(text, Int32(text.count), plain, scheme) else {
            X509_ALGOR_free(scheme)
            throw CryptographyFailure(.failed)
        }
        defer { X509_SIG_free(protected) }
        guard PEM_write_bio_PKCS8(bio.pointer, protected) == 1 else {
            throw CryptographyFailure(.failed)
        }
        return bio.bytes
    }

    /// Reads a PEM key; a protected one needs its passphrase, and nobody is ever asked for it here.
    package static func reading(pem: [UInt8], passphrase: [UInt8]?) throws(CryptographyFailure)
        -> SealKey
    {
        var key = try protectedKey(pem, passphrase ?? [])
        if key == nil { key = try plainKey(pem, passphrase ?? []) }
        guard let key, key.isStrong else { throw CryptographyFailure(.notAKey) }
        return key
    }

    /// The key of an encrypted PKCS#8 file, with a passphrase of any length; nil for another file.
    private static func protectedKey(
        _ pem: [UInt8], _ passphrase: [UInt8]
    ) throws(CryptographyFailure) -> SealKey? {
        let bio = try MemoryBIO(pem)
        guard
            let protected = PEM_read_bio_PKCS8(
                bio.pointer, nil, { Passphrase.answer($0, $1, $2, $3) }, nil)
        else {
            ERR_clear_error()
            return nil
        }
        defer { X509_SIG_free(protected) }
        if passphrase.isEmpty { throw CryptographyFailure(.passphraseMissing) }
        let text = passphrase.map { CChar(bitPattern: $0) }
        guard let plain = PKCS8_decrypt(protected, text, Int32(clamping: text.count)) else {
            throw CryptographyFailure(.passphraseWrong)
        }
        defer { PKCS8_PRIV_KEY_INFO_free(plain) }
        guard let pointer = EVP_PKCS82PKEY(plain) else { throw CryptographyFailure(.notAKey) }
        return SealKey(adopting: pointer)
    }

    /// The key of any other PEM file, plain or protected in the old way.
    private static func plainKey(
        _ pem: [UInt8], _ passphrase: [UInt8]
    ) throws(CryptographyFailure) -> SealKey {
        let bio = try MemoryBIO(pem)
        let given = Passphrase(passphrase)
        let pointer = withExtendedLifetime(given) {
            PEM_read_bio_PrivateKey(
                bio.pointer, nil, { Passphrase.answer($0, $1, $2, $3) },
                Unmanaged.passUnretained(given).toOpaque())
        }
        if let pointer { return SealKey(adopting: pointer) }
        guard given.isAsked else { throw CryptographyFailure(.notAKey) }
        throw CryptographyFailure(passphrase.isEmpty ? .passphraseMissing : .passphraseWrong)
    }

    /// Whether the key is of a kind and size that may seal today.
    var isStrong: Bool { Self.isStrong(pointer) }

    /// RSA of at least 2,048 bits, elliptic curves of at least 256.
    static func isStrong(_ key: OpaquePointer) -> Bool {
        let bits = EVP_PKEY_get_bits(key)
        if EVP_PKEY_is_a(key, "RSA") == 1 || EVP_PKEY_is_a(key, "RSA-PSS") == 1 {
            return bits >= 2048
        }
        return EVP_PKEY_is_a(key, "EC") == 1 && bits >= 256
    }
}
