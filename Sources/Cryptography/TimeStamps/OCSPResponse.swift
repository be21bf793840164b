import COpenSSL

/// A responder's answer whether certificates are revoked (RFC 6960 §4.2).
package final class OCSPResponse {
    /// The largest answer read.
    package static let largest = 1 << 20
    /// The most certificates that one answer may speak of, and the most that it may carry.
    private static let mostAnswers = 200
    private static let mostCertificates = 10
    /// Digests that name certificates; they protect nothing.
    private static let namingDigests: [DigestMethod] = [.sha1, .sha256, .sha384, .sha512]

    /// The whole response.
    package let der: [UInt8]
    private let pointer: OpaquePointer

    private init(adopting pointer: OpaquePointer, der: [UInt8]) {
        self.pointer = pointer
        self.der = der
    }

    deinit { OCSP_BASICRESP_free(pointer) }

    /// Reads a response that is successful and basic, in DER with nothing behind it.
    package static func reading(der: [UInt8]) throws(CryptographyFailure) -> OCSPResponse {
        defer { ERR_clear_error() }
        guard der.count <= largest,
            let response = DERBytes.read(
                der, { d2i_OCSP_RESPONSE(nil, $0, $1) }, free: { OCSP_RESPONSE_free($0) })
        else { throw CryptographyFailure(.notACertificate) }
        defer { OCSP_RESPONSE_free(response) }
        // libcrypto reads more than DER, and what it read is what it checks.
        guard try DERBytes.of({ i2d_OCSP_RESPONSE(response, $0) }) == der,
            OCSP_response_status(response) == OCSP_RESPONSE_STATUS_SUCCESSFUL,
            let basic = OCSP_response_get1_basic(response)
        else { throw CryptographyFailure(.notACertificate) }
        let answer = OCSPResponse(adopting: basic, der: der)
        guard OCSP_resp_count(basic) <= mostAnswers,
            luutru_certificates_count(OCSP_resp_get0_certs(basic)) <= mostCertificates
        else { throw CryptographyFailure(.notACertificate) }
        return answer
    }
}

extension OCSPResponse: RevocationStatement {
    /// What the answer says of a certificate; signed by its issuer, or by whom the issuer named for it.
    package func word(on certificate: Certificate, issuer: Certificate) -> RevocationWord? {
        defer { ERR_clear_error() }
        // A critical extension may turn what is said into something else, and none is known here.
        guard OCSP_BASICRESP_get_ext_by_critical(pointer, 1, -1) < 0,
            let signer = signer(for: issuer), let key = X509_get0_pubkey(signer.pointer),
            luutru_answer_is_signed(pointer, key) == 1
        else { return nil }
        let algorithm = OCSP_resp_get0_tbs_sigalg(pointer).flatMap {
            AlgorithmUse(signature: OBJ_obj2nid($0.pointee.algorithm), key: key)
        }
        let words = (0..<OCSP_resp_count(pointer)).compactMap { index in
            OCSP_resp_get0(pointer, index).flatMap { word($0, certificate, issuer, algorithm) }
        }
        // Of two answers about one certificate the worse counts.
        return words.first { $0.standing != .good } ?? words.first
    }

    private func word(
        _ single: OpaquePointer, _ certificate: Certificate, _ issuer: Certificate,
        _ algorithm: AlgorithmUse?
    ) -> RevocationWord? {
        guard OCSP_SINGLERESP_get_ext_by_critical(single, 1, -1) < 0,
            isAbout(certificate, issuer, single)
        else { return nil }
        var reason: Int32 = -1
        var revoked: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var this: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var next: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        let status = OCSP_single_get0_status(single, &reason, &revoked, &this, &next)
        guard let thisUpdate = Certificate.seconds(this) else { return nil }
        let standing: RevocationWord.Standing
        switch status {
        case V_OCSP_CERTSTATUS_GOOD: standing = .good
        case V_OCSP_CERTSTATUS_REVOKED:
            let since = Certificate.seconds(revoked) ?? .min
            standing = .revoked(since: since, reason: reason < 0 ? nil : reason)
        default: return nil
        }
        return RevocationWord(
            standing: standing, thisUpdate: thisUpdate, nextUpdate: Certificate.seconds(next),
            algorithm: algorithm)
    }

    /// Whether a single answer names this certificate (RFC 6960 §4.1.1).
    private func isAbout(
        _ certificate: Certificate, _ issuer: Certificate, _ single: OpaquePointer
    ) -> Bool {
        guard let stated = OCSP_SINGLERESP_get0_id(single) else { return false }
        var method: OpaquePointer?
        guard OCSP_id_get0_info(nil, &method, nil, nil, stated) == 1,
            let digest = DigestMethod(objectIdentifier: ObjectText.dotted(method)),
            Self.namingDigests.contains(digest),
            let own = OCSP_cert_to_id(digest.method, certificate.pointer, issuer.pointer)
        else { return false }
        defer { OCSP_CERTID_free(own) }
        return OCSP_id_cmp(stated, own) == 0
    }

    /// The issuer, or a responder's certificate by the issuer itself for just this (RFC 6960 §4.2.2.2).
    private func signer(for issuer: Certificate) -> Certificate? {
        if isNamed(issuer) { return issuer }
        guard let key = X509_get0_pubkey(issuer.pointer),
            let made = Certificate.seconds(OCSP_resp_get0_produced_at(pointer))
        else { return nil }
        return certificates.first { responder in
            isNamed(responder) && luutru_is_responder(responder.pointer) == 1
                && X509_NAME_cmp(
                    X509_get_issuer_name(responder.pointer), X509_get_subject_name(issuer.pointer))
                    == 0
                && X509_verify(responder.pointer, key) == 1
                && (responder.notBefore...max(responder.notBefore, responder.notAfter))
                    .contains(made)
        }
    }

    private var certificates: [Certificate] {
        guard let stack = OCSP_resp_get0_certs(pointer) else { return [] }
        return (0..<max(0, luutru_certificates_count(stack))).compactMap { index in
            guard let one = luutru_certificate(stack, index), X509_up_ref(one) == 1 else {
                return nil
            }
            return Certificate(adopting: one)
        }
    }

    /// Whether the answer's ResponderID is this certificate's name or the SHA-1 of its key.
    private func isNamed(_ certificate: Certificate) -> Bool {
        var hash: UnsafePointer<ASN1_OCTET_STRING>?
        var name: OpaquePointer?
        guard OCSP_resp_get0_id(pointer, &hash, &name) == 1 else { return false }
        if let name { return X509_NAME_cmp(name, X509_get_subject_name(certificate.pointer)) == 0 }
        var digest = [UInt8](repeating: 0, count: 20)
        var count: UInt32 = 0
        guard let hash,
            X509_pubkey_digest(certificate.pointer, EVP_sha1(), &digest, &count) == 1
        else { return false }
        return TokenFacts.bytes(hash) == digest
    }
}
