import COpenSSL

/// Judges the path from a certificate to those that are trusted, at a given instant (RFC 5280 §6).
enum CertificatePath {
    /// Why the certificate is not to be trusted; nil when it is.
    static func reason(
        against certificate: OpaquePointer, untrusted: OpaquePointer?, trusted: [Certificate],
        at time: Int64
    ) -> String? {
        // 112 bits: no SHA-1 or RSA below 2,048 bits anywhere on the path.
        let walk = walk(
            from: certificate, untrusted: untrusted, trusted: trusted, at: time, level: 2)
        guard let error = walk.error else { return nil }
        return String(cString: X509_verify_cert_error_string(Int(error)))
    }

    /// A path from a certificate towards an anchor, and what is wrong with it.
    struct Walk {
        /// libcrypto's number of what is wrong; nil when the path holds.
        let error: Int32?
        /// From the certificate to the anchor, as far as the path went.
        let certificates: [Certificate]
    }

    /// Walks the path; the level is libcrypto's demand on algorithms, 0 for none.
    static func walk(
        from certificate: OpaquePointer, untrusted: OpaquePointer?, trusted: [Certificate],
        at time: Int64, level: Int32
    ) -> Walk {
        guard let store = X509_STORE_new(), let context = X509_STORE_CTX_new() else {
            return Walk(error: X509_V_ERR_OUT_OF_MEM, certificates: [])
        }
        defer {
            X509_STORE_CTX_free(context)
            X509_STORE_free(store)
        }
        for anchor in trusted where X509_STORE_add_cert(store, anchor.pointer) != 1 {
            return Walk(error: X509_V_ERR_UNSPECIFIED, certificates: [])
        }
        guard X509_STORE_CTX_init(context, store, certificate, untrusted) == 1,
            let parameters = X509_STORE_CTX_get0_param(context)
        else { return Walk(error: X509_V_ERR_UNSPECIFIED, certificates: []) }
        X509_VERIFY_PARAM_set_time(parameters, time_t(time))
        X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY)
        X509_VERIFY_PARAM_set_auth_level(parameters, level)
        // A certificate itself given as trusted is enough: agencies print its fingerprint,
        // not a root's.
        X509_VERIFY_PARAM_set_flags(
            parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN) | UInt(X509_V_FLAG_CHECK_SS_SIGNATURE))
        let holds = X509_verify_cert(context) == 1
        return Walk(
            error: holds ? nil : X509_STORE_CTX_get_error(context), certificates: chain(of: context)
        )
    }

    private static func chain(of context: OpaquePointer) -> [Certificate] {
        guard let chain = X509_STORE_CTX_get0_chain(context) else { return [] }
        return (0..<luutru_certificates_count(chain)).compactMap { index in
            guard let pointer = luutru_certificate(chain, index), X509_up_ref(pointer) == 1 else {
                return nil
            }
            return Certificate(adopting: pointer)
        }
    }
}
