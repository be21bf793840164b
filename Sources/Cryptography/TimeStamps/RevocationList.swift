import COpenSSL

/// A certificate revocation list (RFC 5280 §5).
package final class RevocationList {
    /// The largest list read.
    private static let largest = 8 << 20
    let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) { self.pointer = pointer }

    deinit { X509_CRL_free(pointer) }

    /// Reads one list in DER with nothing behind it.
    package static func reading(der: [UInt8]) throws(CryptographyFailure) -> RevocationList {
        defer { ERR_clear_error() }
        let pointer =
            der.count <= largest
            ? DERBytes.read(der, { d2i_X509_CRL(nil, $0, $1) }, free: { X509_CRL_free($0) }) : nil
        guard let pointer else { throw CryptographyFailure(.notACertificate) }
        return RevocationList(adopting: pointer)
    }

    /// The list as DER.
    package var der: [UInt8] { (try? DERBytes.of { i2d_X509_CRL(pointer, $0) }) ?? [] }

    /// When the list was made, in seconds since 1970.
    package var thisUpdate: Int64 {
        Certificate.seconds(X509_CRL_get0_lastUpdate(pointer)) ?? .max
    }

    /// What a list of the issuer says of a certificate.
    enum Standing: Hashable {
        /// The list is not this issuer's, or not about all of its certificates.
        case silent
        case good
        /// Since when, and why when the list says so (RFC 5280 §5.3.1).
        case revoked(since: Int64, reason: Int32?)
    }

    /// Judges one certificate by this list; the list's signature is checked with the issuer's key.
    func standing(of certificate: Certificate, issuer: Certificate) -> Standing {
        guard
            X509_NAME_cmp(X509_CRL_get_issuer(pointer), X509_get_subject_name(issuer.pointer)) == 0,
            let key = X509_get0_pubkey(issuer.pointer), X509_CRL_verify(pointer, key) == 1
        else { return .silent }
        let scope = luutru_list_scope(pointer)
        // An indirect list names other issuers' certificates, so its numbers say nothing here.
        if scope == 2 { return .silent }
        var entry: OpaquePointer?
        switch X509_CRL_get0_by_cert(pointer, &entry, certificate.pointer) {
        case 1:
            guard let entry else { return .silent }
            let since = Certificate.seconds(X509_REVOKED_get0_revocationDate(entry)) ?? .min
            let reason = luutru_revocation_reason(entry)
            return .revoked(since: since, reason: reason < 0 ? nil : reason)
        case 2: return .good  // Taken off a list on purpose: removeFromCRL.
        default: return scope == 0 ? .good : .silent
        }
    }
}
