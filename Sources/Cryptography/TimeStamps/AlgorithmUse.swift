import COpenSSL

/// One use of algorithms that a proof hangs on: a digest signed with a key of a size.
package struct AlgorithmUse: Hashable, Sendable {
    /// The digest, as `DigestMethod` spells it; libcrypto's name for others.
    package let digest: String
    /// `rsa`, `rsa-pss`, `ecdsa`, or libcrypto's name for others.
    package let key: String
    package let bits: Int

    package init(digest: String, key: String, bits: Int) {
        self.digest = digest
        self.key = key
        self.bits = bits
    }

    /// How a certificate was signed with its issuer's key.
    init?(certificate: Certificate, issuer: Certificate) {
        var digest: Int32 = 0
        var algorithm: Int32 = 0
        guard X509_get_signature_info(certificate.pointer, &digest, &algorithm, nil, nil) == 1,
            let key = X509_get0_pubkey(issuer.pointer)
        else { return nil }
        self.init(
            digest: Self.name(ofDigest: digest),
            key: Self.name(ofKey: key, isPSS: algorithm == NID_rsassaPss),
            bits: Int(EVP_PKEY_get_bits(key)))
    }

    /// What libcrypto calls a signature, made with a key; nil where its name does not say the digest.
    init?(signature: Int32, key: OpaquePointer) {
        var digest: Int32 = 0
        var kind: Int32 = 0
        guard OBJ_find_sigid_algs(signature, &digest, &kind) == 1, digest != NID_undef else {
            return nil
        }
        self.init(
            digest: Self.name(ofDigest: digest), key: Self.name(ofKey: key, isPSS: false),
            bits: Int(EVP_PKEY_get_bits(key)))
    }

    static func name(ofDigest number: Int32) -> String {
        DigestMethod(number: number)?.rawValue ?? shortName(number)
    }

    static func name(ofKey key: OpaquePointer, isPSS: Bool) -> String {
        if EVP_PKEY_is_a(key, "RSA-PSS") == 1 { return "rsa-pss" }
        if EVP_PKEY_is_a(key, "RSA") == 1 { return isPSS ? "rsa-pss" : "rsa" }
        if EVP_PKEY_is_a(key, "EC") == 1 { return "ecdsa" }
        return shortName(EVP_PKEY_get_base_id(key))
    }

    private static func shortName(_ number: Int32) -> String {
        OBJ_nid2sn(number).map { String(cString: $0).lowercased() } ?? "unknown"
    }
}
