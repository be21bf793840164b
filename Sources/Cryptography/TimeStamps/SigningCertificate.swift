import COpenSSL

/// The signed attribute that says which certificate signed (RFC 2634 §5.4, RFC 5035 §4).
enum SigningCertificate {
    /// Whether the first certificate named is this one; others that are named are its path.
    static func isNamed(_ certificate: Certificate, by signer: OpaquePointer) -> Bool {
        let first = attribute(signer, NID_id_smime_aa_signingCertificate)
        let second = attribute(signer, NID_id_smime_aa_signingCertificateV2)
        guard first != nil || second != nil else { return false }
        return (first.map { names($0, certificate, .sha1) } ?? true)
            && (second.map { names($0, certificate, .sha256) } ?? true)
    }

    private static func attribute(_ signer: OpaquePointer, _ identifier: Int32) -> [UInt8]? {
        luutru_signed_structure(signer, identifier).map { TokenFacts.bytes($0) }
    }

    /// `SEQUENCE { certs SEQUENCE OF { hashAlgorithm?, certHash, issuerSerial? }, policies? }`
    private static func names(
        _ attribute: [UInt8], _ certificate: Certificate, _ usual: DigestMethod
    ) -> Bool {
        var walk = DERWalk(attribute[...])
        guard var content = walk.enter(0x30), var names = content.enter(0x30),
            var name = names.enter(0x30)
        else { return false }
        var method = usual
        if usual == .sha256, name.tag == 0x30 {
            guard let stated = name.enter(0x30).flatMap({ digest(of: $0) }) else { return false }
            method = stated
        }
        guard let hash = name.enter(0x04)?.rest,
            hash.elementsEqual(method.digest(of: certificate.der))
        else { return false }
        guard !name.rest.isEmpty else { return true }
        return name.enter(0x30).map { isIssuerAndSerial($0, certificate) } ?? false
    }

    private static func digest(of identifier: DERWalk) -> DigestMethod? {
        var walk = identifier
        guard let object = walk.whole() else { return nil }
        let pointer = DERBytes.read(
            Array(object), { d2i_ASN1_OBJECT(nil, $0, $1) }, free: { ASN1_OBJECT_free($0) })
        guard let pointer else { return nil }
        defer { ASN1_OBJECT_free(pointer) }
        return DigestMethod(objectIdentifier: ObjectText.dotted(pointer))
    }

    /// `{ issuer GeneralNames, serialNumber INTEGER }` in the very bytes of the certificate.
    private static func isIssuerAndSerial(_ walk: DERWalk, _ certificate: Certificate) -> Bool {
        var walk = walk
        guard var names = walk.enter(0x30), let issuer = names.enter(0xA4)?.rest,
            let serial = walk.whole()
        else { return false }
        return DERWalk.sequence(issuer + serial) == certificate.issuerAndSerialNumber
    }
}
