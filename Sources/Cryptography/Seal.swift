import COpenSSL

/// The seal over a bundle's sums: CAdES-B, detached, DER (ETSI EN 319 122-1, RFC 5652, RFC 5035).
package enum Seal {
    /// Flags of every detached signature here: bytes are bytes, nothing is turned into mail.
    private static let flags =
        UInt32(CMS_BINARY) | UInt32(CMS_DETACHED) | UInt32(CMS_CADES) | UInt32(CMS_NOSMIMECAP)
        | UInt32(CMS_PARTIAL)

    /// Signs content with SHA-512; the signing time is the one given, in seconds since 1970.
    package static func make(
        content: [UInt8], key: SealKey, certificate: Certificate, chain: [Certificate],
        signingTime: Int64
    ) throws(CryptographyFailure) -> [UInt8] {
        guard let message = CMS_sign(nil, nil, nil, nil, flags) else {
            throw CryptographyFailure(.failed)
        }
        defer { CMS_ContentInfo_free(message) }
        guard
            let signer = CMS_add1_signer(
                message, certificate.pointer, key.pointer, EVP_sha512(), flags),
            let time = ASN1_TIME_set(nil, time_t(signingTime))
        else { throw CryptographyFailure(.failed) }
        defer { ASN1_STRING_free(time) }
        guard
            CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, time.pointee.type, time, -1)
                == 1
        else { throw CryptographyFailure(.failed) }
        for other in chain {
            guard CMS_add1_cert(message, other.pointer) == 1 else {
                throw CryptographyFailure(.failed)
            }
        }
        let bio = try MemoryBIO(content)
        guard CMS_final(message, bio.pointer, nil, flags) == 1 else {
            throw CryptographyFailure(.failed)
        }
        return try der(of: message)
    }

    private static func der(of message: OpaquePointer) throws(CryptographyFailure) -> [UInt8] {
        var start: UnsafeMutablePointer<UInt8>?
        let count = i2d_CMS_ContentInfo(message, &start)
        guard count > 0 else { throw CryptographyFailure(.failed) }
        defer { luutru_free(start) }
        return Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }
}
