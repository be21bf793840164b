import COpenSSL

/// A time-stamp authority inside the archive, for trials: its word is the archive's own.
///
/// Everything that shows its tokens must say that they are not independent.
package struct TrialAuthority {
    /// The policy of its tokens, from the arc of examples (RFC 3161 asks for one).
    package static let policy = "2.999.1"

    package let key: SealKey
    package let certificate: Certificate

    /// Takes a key and its certificate from the archive's folder of keys.
    package init(key: SealKey, certificate: Certificate) {
        self.key = key
        self.certificate = certificate
    }

    /// Makes the authority's key and a certificate for time-stamps alone; times in seconds.
    package static func make(
        agencyName: String, agencyCode: String, commonName: String, serial: [UInt8],
        kind: SealKey.Kind = .p256, notBefore: Int64, notAfter: Int64
    ) throws(CryptographyFailure) -> TrialAuthority {
        let key = try SealKey.generate(kind)
        let certificate = try Certificate.make(
            key: key,
            subject: [
                ("C", "VN"), ("O", agencyName), ("organizationIdentifier", agencyCode),
                ("CN", commonName),
            ], serial: serial, notBefore: notBefore, notAfter: notAfter,
            extensions: [
                (NID_basic_constraints, "critical,CA:FALSE"),
                (NID_key_usage, "critical,digitalSignature,nonRepudiation"),
                (NID_ext_key_usage, "critical,timeStamping"),
            ])
        return TrialAuthority(key: key, certificate: certificate)
    }

    /// Answers a request at a time; the serial number must be one never used before.
    package func answer(
        to request: [UInt8], now: Int64, serial: [UInt8]
    ) throws(CryptographyFailure) -> [UInt8] {
        defer { ERR_clear_error() }
        guard let context = TS_RESP_CTX_new() else { throw CryptographyFailure(.failed) }
        defer { TS_RESP_CTX_free(context) }
        try prepare(context)
        let instant = StampInstant(time: now, serial: serial)
        let pointer = Unmanaged.passUnretained(instant).toOpaque()
        TS_RESP_CTX_set_time_cb(context, StampInstant.tellTime, pointer)
        TS_RESP_CTX_set_serial_cb(context, StampInstant.tellSerial, pointer)
        let bio = try MemoryBIO(request)
        let response = withExtendedLifetime(instant) {
            TS_RESP_create_response(context, bio.pointer)
        }
        guard let response else { throw CryptographyFailure(.failed) }
        defer { TS_RESP_free(response) }
        let der = try DERBytes.of { i2d_TS_RESP(response, $0) }
        guard let info = TS_RESP_get_tst_info(response) else { return der }
        let statement = try DERBytes.of { i2d_TS_TST_INFO(info, $0) }
        return try granted(der, over: statement, now)
    }

    /// The answer with the statement signed again: libcrypto's own signature states the time of the
    /// machine's clock, which is not the authority's.
    private func granted(
        _ answer: [UInt8], over statement: [UInt8], _ now: Int64
    ) throws(CryptographyFailure) -> [UInt8] {
        var outer = DERWalk(answer[...])
        guard var parts = outer.enter(0x30), let status = parts.whole(),
            let first = try? TimeStampToken(der: Array(parts.rest))
        else { throw CryptographyFailure(.failed) }
        let token = try signed(statement, now, withCertificate: !first.certificates.isEmpty)
        return DERWalk.value(0x30, status + token)
    }

    /// A SignedData around a TSTInfo (RFC 3161 §2.4.2) with the certificate named (RFC 5816).
    private func signed(
        _ statement: [UInt8], _ now: Int64, withCertificate: Bool
    ) throws(CryptographyFailure) -> [UInt8] {
        var flags = UInt32(CMS_BINARY) | UInt32(CMS_CADES) | UInt32(CMS_NOSMIMECAP)
        flags |= UInt32(CMS_PARTIAL)
        if !withCertificate { flags |= UInt32(CMS_NOCERTS) }
        guard let message = CMS_sign(nil, nil, nil, nil, flags) else {
            throw CryptographyFailure(.failed)
        }
        defer { CMS_ContentInfo_free(message) }
        guard CMS_set1_eContentType(message, OBJ_nid2obj(NID_id_smime_ct_TSTInfo)) == 1,
            let signer = CMS_add1_signer(
                message, certificate.pointer, key.pointer, EVP_sha512(), flags),
            let time = ASN1_TIME_set(nil, time_t(now))
        else { throw CryptographyFailure(.failed) }
        defer { ASN1_STRING_free(time) }
        let bio = try MemoryBIO(statement)
        guard
            CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, time.pointee.type, time, -1)
                == 1, CMS_final(message, bio.pointer, nil, flags) == 1
        else { throw CryptographyFailure(.failed) }
        return try DERBytes.of { i2d_CMS_ContentInfo(message, $0) }
    }

    private func prepare(_ context: OpaquePointer) throws(CryptographyFailure) {
        let hasPolicy = try ObjectText.with(Self.policy) {
            TS_RESP_CTX_set_def_policy(context, $0) == 1
        }
        guard hasPolicy, TS_RESP_CTX_set_signer_cert(context, certificate.pointer) == 1,
            TS_RESP_CTX_set_signer_key(context, key.pointer) == 1,
            TS_RESP_CTX_set_signer_digest(context, EVP_sha512()) == 1,
            TS_RESP_CTX_set_ess_cert_id_digest(context, EVP_sha256()) == 1,
            TS_RESP_CTX_set_accuracy(context, 1, 0, 0) == 1
        else { throw CryptographyFailure(.failed) }
        for method in DigestMethod.allCases where method.byteCount >= 32 {
            guard TS_RESP_CTX_add_md(context, method.method) == 1 else {
                throw CryptographyFailure(.failed)
            }
        }
    }
}

/// What the authority's callbacks are told: the time and the number of one token.
private final class StampInstant {
    let time: Int64
    let serial: [UInt8]

    init(time: Int64, serial: [UInt8]) {
        self.time = time
        self.serial = serial
    }

    static let tellTime: TS_time_cb = { _, context, seconds, microseconds in
        guard let context, let seconds, let microseconds else { return 0 }
        let instant = Unmanaged<StampInstant>.fromOpaque(context).takeUnretainedValue()
        seconds.pointee = Int(instant.time)
        microseconds.pointee = 0
        return 1
    }

    static let tellSerial: TS_serial_cb = { _, context in
        guard let context else { return nil }
        let bytes = Unmanaged<StampInstant>.fromOpaque(context).takeUnretainedValue().serial
        // Positive and at most 160 bits (RFC 3161 §2.4.2).
        var serial = Array(bytes.prefix(20))
        if let first = serial.first { serial[0] = first & 0x3F | 0x40 }
        guard let number = BN_bin2bn(serial, Int32(serial.count), nil) else { return nil }
        defer { BN_free(number) }
        return BN_to_ASN1_INTEGER(number, nil)
    }
}
