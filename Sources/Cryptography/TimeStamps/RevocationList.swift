import COpenSSL

/// A certificate revocation list (RFC 5280 §5).
package final class RevocationList {
    /// The largest list read.
    package static let largest = 8 << 20
    /// The most lists in one file.
    private static let most = 20
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

    /// Reads a file of one list in DER, or of lists in PEM; none, or a damaged one anywhere, is a failure.
    package static func reading(
        file bytes: [UInt8]
    ) throws(CryptographyFailure) -> [RevocationList] {
        if bytes.first == 0x30 { return [try reading(der: bytes)] }
        guard bytes.count <= 2 * largest else { throw CryptographyFailure(.notACertificate) }
        let bio = try MemoryBIO(bytes)
        ERR_clear_error()
        var lists: [RevocationList] = []
        while let pointer = PEM_read_bio_X509_CRL(
            bio.pointer, nil, { Passphrase.answer($0, $1, $2, $3) }, nil)
        {
            lists.append(RevocationList(adopting: pointer))
        }
        // Any other end means that a list is there and cannot be read.
        let isAtEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE
        guard isAtEnd, (1...most).contains(lists.count) else {
            throw CryptographyFailure(.notACertificate)
        }
        ERR_clear_error()
        return lists
    }

    /// The list as DER.
    package var der: [UInt8] { (try? DERBytes.of { i2d_X509_CRL(pointer, $0) }) ?? [] }

    /// When the list was made, in seconds since 1970.
    package var thisUpdate: Int64 {
        Certificate.seconds(X509_CRL_get0_lastUpdate(pointer)) ?? .max
    }

    /// How the list is signed with its issuer's key; nil for RSA-PSS, whose digest libcrypto does not tell of lists.
    private func algorithm(_ key: OpaquePointer) -> AlgorithmUse? {
        AlgorithmUse(signature: X509_CRL_get_signature_nid(pointer), key: key)
    }
}

extension RevocationList: RevocationStatement {
    /// What the list says of a certificate; its signature is checked with the issuer's key.
    package func word(on certificate: Certificate, issuer: Certificate) -> RevocationWord? {
        guard
            X509_NAME_cmp(X509_CRL_get_issuer(pointer), X509_get_subject_name(issuer.pointer)) == 0,
            X509_get_key_usage(issuer.pointer) & UInt32(KU_CRL_SIGN) != 0,
            let key = X509_get0_pubkey(issuer.pointer), X509_CRL_verify(pointer, key) == 1,
            let standing = standing(of: certificate)
        else { return nil }
        return RevocationWord(
            standing: standing, thisUpdate: thisUpdate,
            nextUpdate: Certificate.seconds(X509_CRL_get0_nextUpdate(pointer)),
            algorithm: algorithm(key))
    }

    private func standing(of certificate: Certificate) -> RevocationWord.Standing? {
        let scope = luutru_list_scope(pointer, certificate.pointer)
        // An indirect list names other issuers' certificates, so its numbers say nothing here.
        if scope == 2 { return nil }
        var entry: OpaquePointer?
        switch X509_CRL_get0_by_cert(pointer, &entry, certificate.pointer) {
        case 1:
            guard let entry else { return nil }
            let since = Certificate.seconds(X509_REVOKED_get0_revocationDate(entry)) ?? .min
            let reason = luutru_revocation_reason(entry)
            return .revoked(since: since, reason: reason < 0 ? nil : reason)
        case 2: return .good  // Taken off a list on purpose: removeFromCRL.
        default: return scope == 0 ? .good : nil
        }
    }
}
