/// What stands in a SignedData outside the signature's protection (RFC 5652 §5.1, §5.3).
struct UnsignedFields {
    let version: UInt8
    let signerVersion: UInt8
    /// The algorithms named for the message, without the set around them.
    let digestAlgorithms: ArraySlice<UInt8>
    /// The algorithm named for the signer.
    let digestAlgorithm: ArraySlice<UInt8>
    /// How the signer is named: issuer and serial number, or key identifier.
    let signerIdentifier: ArraySlice<UInt8>
    let hasRevocationLists: Bool
    /// Whether there is revocation information that is no list, such as an OCSP answer.
    let hasOtherRevocation: Bool
    let hasUnsignedAttributes: Bool

    /// Walks the DER of a ContentInfo that libcrypto has read; nil when it has another shape.
    init?(_ der: [UInt8]) {
        var content = DERWalk(der[...])
        guard var info = content.enter(0x30), info.skip(), var explicit = info.enter(0xA0),
            var signed = explicit.enter(0x30), let version = signed.enter(0x02)?.rest,
            let digestAlgorithms = signed.enter(0x31)?.rest, signed.skip()
        else { return nil }
        if signed.tag == 0xA0, !signed.skip() { return nil }
        hasRevocationLists = signed.tag == 0xA1
        var revocation = DERWalk([])
        if hasRevocationLists {
            guard let lists = signed.enter(0xA1) else { return nil }
            revocation = lists
        }
        var hasOther = false
        while let tag = revocation.tag {
            hasOther = hasOther || tag == 0xA1
            guard revocation.skip() else { return nil }
        }
        hasOtherRevocation = hasOther
        guard var signers = signed.enter(0x31), var signer = signers.enter(0x30),
            signers.rest.isEmpty,
            let signerVersion = signer.enter(0x02)?.rest, let identifier = signer.whole(),
            let digestAlgorithm = signer.whole(), version.count == 1, signerVersion.count == 1
        else { return nil }
        // Signed attributes, then the signature's algorithm and value.
        if signer.tag == 0xA0, !signer.skip() { return nil }
        guard signer.skip(), signer.skip() else { return nil }
        self.version = version[version.startIndex]
        self.signerVersion = signerVersion[signerVersion.startIndex]
        self.digestAlgorithms = digestAlgorithms
        self.digestAlgorithm = digestAlgorithm
        signerIdentifier = identifier
        hasUnsignedAttributes = !signer.rest.isEmpty
    }

    /// Why these fields are not those of a seal by this certificate; nil when they are.
    func fault(signer certificate: Certificate) -> String? {
        // 1 where the signer is named by issuer and serial number, 3 by key identifier.
        let isNamed = signerIdentifier.first == 0x30
        let expected: UInt8 = isNamed ? 1 : 3
        if version != expected || signerVersion != expected { return "version numbers" }
        if digestAlgorithms != digestAlgorithm { return "digest algorithms" }
        // libcrypto takes names that differ in the case of letters for the same.
        if isNamed, signerIdentifier != certificate.issuerAndSerialNumber[...] {
            return "signer identifier"
        }
        if hasRevocationLists { return "revocation lists" }
        if hasUnsignedAttributes { return "unsigned attributes" }
        return nil
    }

    /// Why these are not the fields of a token; revocation lists may stand in it (RFC 5652 §5.1).
    func tokenFault(signer certificate: Certificate) -> String? {
        let isNamed = signerIdentifier.first == 0x30
        // The content is no data: 3. With an OCSP answer it should be 5, but some authorities
        // put the answer in and leave the number as it was.
        if version != 3, !(version == 5 && hasOtherRevocation) { return "version number" }
        if signerVersion != (isNamed ? 1 : 3) { return "signer's version number" }
        if digestAlgorithms != digestAlgorithm { return "digest algorithms" }
        if isNamed, signerIdentifier != certificate.issuerAndSerialNumber[...] {
            return "signer identifier"
        }
        // Unsigned attributes say nothing that is judged: authorities keep certificates there.
        return nil
    }
}
