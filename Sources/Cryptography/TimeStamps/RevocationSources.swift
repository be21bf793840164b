import COpenSSL

/// Where a certificate says that its issuer tells of revocations (RFC 5280 §4.2.1.13, §4.2.2.1).
package struct RevocationSources: Hashable, Sendable {
    /// Addresses of lists in the certificate's order, of any scheme; from outside, never trusted.
    package let lists: [String]
    /// Addresses of OCSP responders.
    package let responders: [String]
    /// Whether any source is named, also one that has no address.
    package let isAnyNamed: Bool

    /// Reads what stands in a certificate.
    package init(of certificate: Certificate) {
        defer { ERR_clear_error() }
        lists = Self.texts(luutru_list_addresses(certificate.pointer))
        responders = Self.texts(X509_get1_ocsp(certificate.pointer))
        let hasPoints = X509_get_ext_by_NID(certificate.pointer, NID_crl_distribution_points, -1)
        isAnyNamed = hasPoints >= 0 || !responders.isEmpty
    }

    private static func texts(_ stack: OpaquePointer?) -> [String] {
        guard let stack else { return [] }
        defer { X509_email_free(stack) }
        return (0..<max(0, luutru_texts_count(stack))).compactMap { index in
            luutru_text(stack, index).map { String(cString: $0) }
        }
    }
}
