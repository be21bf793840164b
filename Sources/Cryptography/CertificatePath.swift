import COpenSSL

/// Judges the path from a certificate to those that are trusted, at a given instant (RFC 5280 §6).
enum CertificatePath {
    /// Why the certificate is not to be trusted; nil when it is.
    static func reason(
        against certificate: OpaquePointer, untrusted: OpaquePointer?, trusted: [Certificate],
        at time: Int64
    ) -> String? {
        guard let store = X509_STORE_new(), let context = X509_STORE_CTX_new() else {
            return "out of memory"
        }
        defer {
            X509_STORE_CTX_free(context)
            X509_STORE_free(store)
        }
        for anchor in trusted where X509_STORE_add_cert(store, anchor.pointer) != 1 {
            return "unusable anchor"
        }
        guard X509_STORE_CTX_init(context, store, certificate, untrusted) == 1,
            let parameters = X509_STORE_CTX_get0_param(context)
        else { return "unusable certificate" }
        X509_VERIFY_PARAM_set_time(parameters, time_t(time))
        X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY)
        // 112 bits: no SHA-1 or RSA below 2,048 bits anywhere on the path.
        X509_VERIFY_PARAM_set_auth_level(parameters, 2)
        // A certificate itself given as trusted is enough: agencies print its fingerprint,
        // not a root's.
        X509_VERIFY_PARAM_set_flags(
            parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN) | UInt(X509_V_FLAG_CHECK_SS_SIGNATURE))
        if X509_verify_cert(context) == 1 { return nil }
        return String(
            cString: X509_verify_cert_error_string(Int(X509_STORE_CTX_get_error(context))))
    }
}
