import COpenSSL

/// The question whether a certificate is revoked (RFC 6960 §4.1).
package struct OCSPRequest: Hashable, Sendable {
    /// What is sent as `application/ocsp-request`.
    package let der: [UInt8]

    /// Asks about one certificate of an issuer.
    package init(about certificate: Certificate, issuer: Certificate) throws(CryptographyFailure) {
        guard let request = OCSP_REQUEST_new() else { throw CryptographyFailure(.failed) }
        defer { OCSP_REQUEST_free(request) }
        // SHA-1 only names the certificate, and responders look answers up by it (RFC 5019 §2.1.1).
        // No nonce: responders that sign in advance ignore it, and the answer's times are checked.
        guard
            let identifier = OCSP_cert_to_id(EVP_sha1(), certificate.pointer, issuer.pointer)
        else { throw CryptographyFailure(.failed) }
        guard OCSP_request_add0_id(request, identifier) != nil else {
            OCSP_CERTID_free(identifier)
            throw CryptographyFailure(.failed)
        }
        der = try DERBytes.of { i2d_OCSP_REQUEST(request, $0) }
    }
}
