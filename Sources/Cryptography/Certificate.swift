import COpenSSL

/// An X.509 certificate (RFC 5280).
package final class Certificate {
    let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) { self.pointer = pointer }

    deinit { X509_free(pointer) }

    /// Reads every certificate of a PEM text; none, or a damaged one anywhere, is a failure.
    package static func reading(pem: [UInt8]) throws(CryptographyFailure) -> [Certificate] {
        let bio = try MemoryBIO(pem)
        var certificates: [Certificate] = []
        ERR_clear_error()
        while let pointer = PEM_read_bio_X509(
            bio.pointer, nil, { Passphrase.answer($0, $1, $2, $3) }, nil)
        {
            certificates.append(Certificate(adopting: pointer))
        }
        // Any other end means that a certificate is there and cannot be read.
        let isAtEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE
        guard isAtEnd, !certificates.isEmpty else {
            throw CryptographyFailure(.notACertificate)
        }
        ERR_clear_error()
        return certificates
    }

    /// Reads one certificate in DER with nothing behind it.
    package static func reading(der: [UInt8]) throws(CryptographyFailure) -> Certificate {
        defer { ERR_clear_error() }
        let pointer = DERBytes.read(der, { d2i_X509(nil, $0, $1) }, free: { X509_free($0) })
        guard let pointer else { throw CryptographyFailure(.notACertificate) }
        return Certificate(adopting: pointer)
    }

    /// The certificate as DER.
    package var der: [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509(pointer, &start)
        defer { luutru_free(start) }
        return Array(UnsafeBufferPointer(start: start, count: max(0, Int(count))))
    }

    /// The certificate as PEM.
    package var pem: [UInt8] {
        get throws(CryptographyFailure) {
            let bio = try MemoryBIO()
            guard PEM_write_bio_X509(bio.pointer, pointer) == 1 else {
                throw CryptographyFailure(.failed)
            }
            return bio.bytes
        }
    }

    /// SHA-256 of the DER in small hexadecimal letters.
    package var fingerprint: String {
        Hasher.digest(.sha256, of: der).map { byte in
            let text = String(byte, radix: 16)
            return text.utf8.count == 1 ? "0" + text : text
        }.joined()
    }

    package var subject: String { Self.text(X509_get_subject_name(pointer)) }
    package var issuer: String { Self.text(X509_get_issuer_name(pointer)) }
    /// Seconds since 1970-01-01T00:00:00Z.
    package var notBefore: Int64 { Self.seconds(X509_get0_notBefore(pointer)) ?? .max }
    /// Seconds since 1970-01-01T00:00:00Z.
    package var notAfter: Int64 { Self.seconds(X509_get0_notAfter(pointer)) ?? .min }

    /// Whether the certificate's public key is the private key's.
    package func matches(_ key: SealKey) -> Bool {
        defer { ERR_clear_error() }
        return X509_check_private_key(pointer, key.pointer) == 1
    }

    /// Whether another certificate is for the same key.
    package func hasSameKey(as other: Certificate) -> Bool {
        defer { ERR_clear_error() }
        guard let one = X509_get0_pubkey(pointer), let two = X509_get0_pubkey(other.pointer) else {
            return false
        }
        return EVP_PKEY_eq(one, two) == 1
    }

    /// How a signature names its signer (RFC 5652 §10.2.4), in the very bytes of the certificate.
    var issuerAndSerialNumber: [UInt8] {
        var walk = DERWalk(der[...])
        // Version [0] is there in all certificates since 1996, and the serial number follows it.
        guard var certificate = walk.enter(0x30), var signed = certificate.enter(0x30) else {
            return []
        }
        if signed.tag == 0xA0, !signed.skip() { return [] }
        guard let serial = signed.whole(), signed.skip(), let issuer = signed.whole() else {
            return []
        }
        return DERWalk.sequence(issuer + serial)
    }

    /// Whether the signature is a BIT STRING of whole bytes, as every signature is.
    var hasWholeSignature: Bool {
        var walk = DERWalk(der[...])
        guard var certificate = walk.enter(0x30), certificate.skip(), certificate.skip(),
            let signature = certificate.enter(0x03)?.rest
        else { return false }
        return signature.first == 0
    }

    private static func text(_ name: OpaquePointer?) -> String {
        guard let name, let bio = try? MemoryBIO() else { return "" }
        X509_NAME_print_ex(bio.pointer, name, 0, luutru_name_flags())
        return String(String(decoding: bio.bytes, as: UTF8.self).prefix(500))
    }

    /// Seconds since 1970 of an ASN.1 time; nil when it is not a time.
    static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        guard let time, let epoch = ASN1_TIME_set(nil, 0) else { return nil }
        defer { ASN1_STRING_free(epoch) }
        var days: Int32 = 0
        var rest: Int32 = 0
        guard ASN1_TIME_diff(&days, &rest, epoch, time) == 1 else { return nil }
        return Int64(days) * 86_400 + Int64(rest)
    }
}
