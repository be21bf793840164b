import COpenSSL

extension Seal {
    /// The largest seal read.
    private static let limit = 1 << 20

    /// Judges a seal over content: form, signature, then the path at the signing time it states.
    package static func verify(
        _ der: [UInt8], content: [UInt8], trusted: [Certificate]
    ) -> SealVerdict {
        defer { ERR_clear_error() }
        guard der.count <= limit, let message = parse(der) else { return .broken("malformed") }
        defer { CMS_ContentInfo_free(message) }
        guard OBJ_obj2nid(CMS_get0_type(message)) == NID_pkcs7_signed,
            CMS_is_detached(message) == 1,
            OBJ_obj2nid(CMS_get0_eContentType(message)) == NID_pkcs7_data
        else { return .broken("not a detached signature over data") }
        guard let signers = CMS_get0_SignerInfos(message), luutru_signers_count(signers) == 1,
            let signer = luutru_signer(signers, 0)
        else { return .broken("not exactly one signer") }
        guard matches(message, content) else {
            return .broken("signature: " + CryptographyFailure.drainedQueue())
        }
        return judge(message, signer, UnsignedFields(der), trusted)
    }

    /// One DER value with nothing behind it that encodes again to the same bytes.
    private static func parse(_ der: [UInt8]) -> OpaquePointer? {
        let message = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var start = buffer.baseAddress
            guard let message = d2i_CMS_ContentInfo(nil, &start, buffer.count) else { return nil }
            guard start == buffer.baseAddress.map({ $0 + buffer.count }) else {
                CMS_ContentInfo_free(message)
                return nil
            }
            return message
        }
        guard let message else { return nil }
        var start: UnsafeMutablePointer<UInt8>?
        let count = i2d_CMS_ContentInfo(message, &start)
        defer { luutru_free(start) }
        guard Int(count) == der.count,
            UnsafeBufferPointer(start: start, count: der.count).elementsEqual(der)
        else {
            CMS_ContentInfo_free(message)
            return nil
        }
        return message
    }

    /// Signature and message digest, without libcrypto's own judgement of the certificate.
    private static func matches(_ message: OpaquePointer, _ content: [UInt8]) -> Bool {
        guard let bio = try? MemoryBIO(content) else { return false }
        let flags = UInt32(CMS_NO_SIGNER_CERT_VERIFY) | UInt32(CMS_BINARY) | UInt32(CMS_DETACHED)
        return CMS_verify(message, nil, nil, bio.pointer, nil, flags) == 1
    }

    private static func judge(
        _ message: OpaquePointer, _ signer: OpaquePointer, _ fields: UnsignedFields?,
        _ trusted: [Certificate]
    ) -> SealVerdict {
        guard let found = CMS_get0_signers(message) else {
            return .broken("no certificate of the signer")
        }
        defer { luutru_certificates_free(found) }
        guard luutru_certificates_count(found) == 1, let pointer = luutru_certificate(found, 0),
            X509_up_ref(pointer) == 1
        else { return .broken("no certificate of the signer") }
        let certificate = Certificate(adopting: pointer)
        guard luutru_signing_certificate_fits(signer, pointer) == 1 else {
            return .broken("signing-certificate-v2 missing or of another certificate")
        }
        guard statesData(signer) else { return .broken("content type") }
        guard let fields else { return .broken("malformed") }
        if let fault = fields.fault(signer: certificate) { return .broken(fault) }
        guard hasStrongAlgorithms(signer, pointer) else {
            return .broken("weak or mixed algorithms")
        }
        guard let time = Certificate.seconds(luutru_signing_time(signer)) else {
            return .broken("no signing time")
        }
        let facts = SignerFacts(
            subject: certificate.subject, issuer: certificate.issuer,
            fingerprint: certificate.fingerprint,
            signingTime: time, notBefore: certificate.notBefore, notAfter: certificate.notAfter)
        let usage = X509_get_key_usage(pointer)
        guard usage & UInt32(KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION) != 0 else {
            return .untrusted(facts, "the certificate's key usage does not allow signing")
        }
        if trusted.isEmpty { return .untrusted(facts, "no trusted certificate given") }
        let extra = CMS_get1_certs(message)
        defer { luutru_certificates_free_all(extra) }
        return CertificatePath.reason(
            against: pointer, untrusted: extra, trusted: trusted, at: time
        ).map {
            .untrusted(facts, $0)
        } ?? .trusted(facts)
    }

    /// Whether the signed attribute says that the content is data (RFC 5652 §11.1).
    private static func statesData(_ signer: OpaquePointer) -> Bool {
        let type = CMS_signed_get0_data_by_OBJ(
            signer, OBJ_nid2obj(NID_pkcs9_contentType), -3, V_ASN1_OBJECT)
        return OBJ_obj2nid(OpaquePointer(type)) == NID_pkcs7_data
    }

    /// SHA-2 or better, a signature algorithm that fits digest and key, and a key of today's size.
    private static func hasStrongAlgorithms(_ signer: OpaquePointer, _ certificate: OpaquePointer)
        -> Bool
    {
        var digest: UnsafeMutablePointer<X509_ALGOR>?
        var signature: UnsafeMutablePointer<X509_ALGOR>?
        CMS_SignerInfo_get0_algs(signer, nil, nil, &digest, &signature)
        guard let digest, let signature, let key = X509_get0_pubkey(certificate),
            SealKey.isStrong(key)
        else {
            return false
        }
        let digestNumber = OBJ_obj2nid(digest.pointee.algorithm)
        guard [NID_sha256, NID_sha384, NID_sha512].contains(digestNumber) else { return false }
        let signatureNumber = OBJ_obj2nid(signature.pointee.algorithm)
        var parameters: Int32 = 0
        X509_ALGOR_get0(nil, &parameters, nil, signature)
        if signatureNumber == NID_rsassaPss { return EVP_PKEY_is_a(key, "RSA") == 1 }
        // libcrypto reads over parameters that should not be there.
        guard [V_ASN1_UNDEF, V_ASN1_NULL].contains(parameters) else { return false }
        if signatureNumber == NID_rsaEncryption { return EVP_PKEY_is_a(key, "RSA") == 1 }
        var statedDigest: Int32 = 0
        var statedKey: Int32 = 0
        return OBJ_find_sigid_algs(signatureNumber, &statedDigest, &statedKey) == 1
            && statedDigest == digestNumber && statedKey == EVP_PKEY_get_base_id(key)
    }
}
