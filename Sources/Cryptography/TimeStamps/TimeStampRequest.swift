import COpenSSL

/// What is asked of a time-stamp authority (RFC 3161 §2.4.1).
package struct TimeStampRequest: Hashable, Sendable {
    /// The digest the token is to be over.
    package let imprint: [UInt8]
    /// The digest's method; an authority that does not take SHA-512 is not one for this archive.
    package let method: DigestMethod
    /// A number nobody could foresee, which the token must repeat; without leading zeros.
    package let nonce: [UInt8]
    /// The policy asked for, dotted; nil for whatever the authority has.
    package let policy: String?
    /// What is sent as `application/timestamp-query`.
    package let der: [UInt8]

    /// Asks for a token, with the authority's certificate in it.
    package init(
        imprint: [UInt8], method: DigestMethod = .sha512, nonce: [UInt8], policy: String? = nil
    ) throws(CryptographyFailure) {
        precondition(imprint.count == method.byteCount && (1...64).contains(nonce.count))
        // A first byte of 0x40...0x7F: positive, and no leading zero that DER would drop.
        var number = nonce
        number[0] = number[0] & 0x3F | 0x40
        self.imprint = imprint
        self.method = method
        self.nonce = number
        self.policy = policy
        der = try Self.encoded(imprint, method, number, policy)
    }

    private static func encoded(
        _ imprint: [UInt8], _ method: DigestMethod, _ nonce: [UInt8], _ policy: String?
    ) throws(CryptographyFailure) -> [UInt8] {
        guard let request = TS_REQ_new() else { throw CryptographyFailure(.failed) }
        defer { TS_REQ_free(request) }
        guard TS_REQ_set_version(request, 1) == 1, TS_REQ_set_cert_req(request, 1) == 1,
            setImprint(request, imprint, method), setNonce(request, nonce)
        else { throw CryptographyFailure(.failed) }
        if let policy {
            let isSet = try ObjectText.with(policy) { TS_REQ_set_policy_id(request, $0) == 1 }
            guard isSet else { throw CryptographyFailure(.failed) }
        }
        return try DERBytes.of { i2d_TS_REQ(request, $0) }
    }

    private static func setImprint(
        _ request: OpaquePointer, _ digest: [UInt8], _ method: DigestMethod
    ) -> Bool {
        guard let imprint = TS_MSG_IMPRINT_new(), let algorithm = X509_ALGOR_new() else {
            return false
        }
        defer {
            TS_MSG_IMPRINT_free(imprint)
            X509_ALGOR_free(algorithm)
        }
        // NULL parameters: the form that authorities echo and every verifier here accepts.
        var bytes = digest
        return X509_ALGOR_set0(algorithm, OBJ_nid2obj(method.number), V_ASN1_NULL, nil) == 1
            && TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1
            && TS_MSG_IMPRINT_set_msg(imprint, &bytes, Int32(bytes.count)) == 1
            && TS_REQ_set_msg_imprint(request, imprint) == 1
    }

    private static func setNonce(_ request: OpaquePointer, _ bytes: [UInt8]) -> Bool {
        guard let number = BN_bin2bn(bytes, Int32(bytes.count), nil) else { return false }
        defer { BN_free(number) }
        guard let nonce = BN_to_ASN1_INTEGER(number, nil) else { return false }
        defer { ASN1_INTEGER_free(nonce) }
        return TS_REQ_set_nonce(request, nonce) == 1
    }
}
