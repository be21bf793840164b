import COpenSSL

/// The Ed25519 key that signs the ledger's checkpoints (RFC 8032), kept as PKCS#8.
package final class NoteKey {
    private let pointer: OpaquePointer

    private init(adopting pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    /// Makes a new key with libcrypto's own randomness.
    package static func generate() throws(CryptographyFailure) -> NoteKey {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "ED25519", nil) else {
            throw CryptographyFailure(.failed)
        }
        defer { EVP_PKEY_CTX_free(context) }
        var pointer: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_generate(context, &pointer) == 1,
            let pointer
        else { throw CryptographyFailure(.failed) }
        return NoteKey(adopting: pointer)
    }

    /// The key as PKCS#8 PEM, never under a passphrase: every command that writes signs.
    package func pem() throws(CryptographyFailure) -> [UInt8] {
        let bio = try MemoryBIO()
        guard PEM_write_bio_PKCS8PrivateKey(bio.pointer, pointer, nil, nil, 0, nil, nil) == 1 else {
            throw CryptographyFailure(.failed)
        }
        return bio.bytes
    }

    /// Reads a PEM key; anything but an unprotected Ed25519 key is refused.
    package static func reading(pem: [UInt8]) throws(CryptographyFailure) -> NoteKey {
        let bio = try MemoryBIO(pem)
        let given = Passphrase([])
        let pointer = withExtendedLifetime(given) {
            PEM_read_bio_PrivateKey(
                bio.pointer, nil, { Passphrase.answer($0, $1, $2, $3) },
                Unmanaged.passUnretained(given).toOpaque())
        }
        guard let pointer else {
            ERR_clear_error()
            throw CryptographyFailure(.notAKey)
        }
        let key = NoteKey(adopting: pointer)
        guard EVP_PKEY_get_base_id(pointer) == EVP_PKEY_ED25519 else {
            throw CryptographyFailure(.notAKey)
        }
        return key
    }

    /// The thirty-two bytes of the public key.
    package func publicBytes() throws(CryptographyFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        guard EVP_PKEY_get_raw_public_key(pointer, &bytes, &count) == 1, count == 32 else {
            throw CryptographyFailure(.failed)
        }
        return bytes
    }

    /// The sixty-four bytes of a signature over a message.
    package func signature(of message: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw CryptographyFailure(.failed) }
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: 64)
        var count = signature.count
        guard EVP_DigestSignInit(context, nil, nil, nil, pointer) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1, count == 64
        else { throw CryptographyFailure(.failed) }
        return signature
    }

    /// Whether a signature is this public key's over a message.
    package static func isSigned(
        _ message: [UInt8], by publicBytes: [UInt8], _ signature: [UInt8]
    ) -> Bool {
        guard publicBytes.count == 32, signature.count == 64,
            let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicBytes, 32)
        else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, 64, message, message.count) == 1
    }
}
