import COpenSSL

extension Certificate {
    /// Makes the certificate an archive without an authority seals with; times are seconds since 1970.
    package static func selfSigned(
        key: SealKey, agencyName: String, agencyCode: String, commonName: String, serial: [UInt8],
        notBefore: Int64, notAfter: Int64
    ) throws(CryptographyFailure) -> Certificate {
        try make(
            key: key,
            subject: [
                ("C", "VN"), ("O", agencyName), ("organizationIdentifier", agencyCode),
                ("CN", commonName),
            ], serial: serial, notBefore: notBefore, notAfter: notAfter,
            extensions: [
                (NID_basic_constraints, "critical,CA:FALSE"),
                (NID_key_usage, "critical,digitalSignature,nonRepudiation"),
            ])
    }

    /// Makes a certificate signed with its own key.
    static func make(
        key: SealKey, subject: [(String, String)], serial: [UInt8], notBefore: Int64,
        notAfter: Int64, extensions: [(Int32, String)]
    ) throws(CryptographyFailure) -> Certificate {
        guard let pointer = X509_new() else { throw CryptographyFailure(.failed) }
        let certificate = Certificate(adopting: pointer)
        guard X509_set_version(pointer, 2) == 1, setSerial(pointer, serial),
            ASN1_TIME_set(X509_getm_notBefore(pointer), time_t(notBefore)) != nil,
            ASN1_TIME_set(X509_getm_notAfter(pointer), time_t(notAfter)) != nil,
            X509_set_pubkey(pointer, key.pointer) == 1, let name = X509_get_subject_name(pointer)
        else { throw CryptographyFailure(.failed) }
        for (field, text) in subject {
            try add(field, text, to: name)
        }
        guard X509_set_issuer_name(pointer, name) == 1 else { throw CryptographyFailure(.failed) }
        let identifiers = [
            (NID_subject_key_identifier, "hash"), (NID_authority_key_identifier, "keyid:always"),
        ]
        for (identifier, value) in extensions + identifiers {
            try add(identifier, value, to: pointer)
        }
        guard X509_sign(pointer, key.pointer, EVP_sha256()) > 0 else {
            throw CryptographyFailure(.failed)
        }
        return certificate
    }

    private static func setSerial(_ certificate: OpaquePointer, _ bytes: [UInt8]) -> Bool {
        // RFC 5280 §4.1.2.2: positive and at most twenty octets.
        var serial = Array(bytes.prefix(19))
        if let first = serial.first { serial[0] = first & 0x7F | 0x40 }
        guard let number = BN_bin2bn(serial, Int32(serial.count), nil) else { return false }
        defer { BN_free(number) }
        return BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
    }

    /// Adds a part of a name, cut to the longest that X.520 allows for it.
    private static func add(
        _ field: String, _ text: String, to name: OpaquePointer
    ) throws(CryptographyFailure) {
        let bytes = Array(fitting(text).utf8)
        guard
            X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytes, Int32(bytes.count), -1, 0)
                == 1
        else { throw CryptographyFailure(.failed) }
    }

    /// As many whole letters as stand in sixty-four code points, which is how X.520 counts.
    private static func fitting(_ text: String) -> String {
        var fitting = ""
        for letter in text {
            guard fitting.unicodeScalars.count + letter.unicodeScalars.count <= 64 else { break }
            fitting.append(letter)
        }
        return fitting
    }

    private static func add(
        _ identifier: Int32, _ value: String, to certificate: OpaquePointer
    ) throws(CryptographyFailure) {
        var context = v3_ext_ctx()
        X509V3_set_ctx(&context, certificate, certificate, nil, nil, 0)
        guard let part = X509V3_EXT_conf_nid(nil, &context, identifier, value) else {
            throw CryptographyFailure(.failed)
        }
        defer { X509_EXTENSION_free(part) }
        guard X509_add_ext(certificate, part, -1) == 1 else { throw CryptographyFailure(.failed) }
    }
}
