import COpenSSL

extension TimeStampToken {
    /// Judges the token by what was trusted, as it stands at an instant up to which it must hold.
    ///
    /// The instant is the time of the next token, or now for the last one (RFC 4998 §5.3).
    package func check(
        at instant: Int64, roots: [Certificate], extra: [Certificate] = [],
        lists: [RevocationList] = []
    ) -> TimeStampCheck {
        defer { ERR_clear_error() }
        guard let signers = CMS_get0_SignerInfos(message), luutru_signers_count(signers) == 1,
            let signer = luutru_signer(signers, 0)
        else { return .failing(TimeStampProblem(.signature, "not exactly one signer")) }
        guard isSigned(by: signer) else {
            return .failing(TimeStampProblem(.signature, CryptographyFailure.drainedQueue()))
        }
        guard let certificate = signerCertificate else {
            return .failing(TimeStampProblem(.signer, "no certificate of the signer"))
        }
        guard SigningCertificate.isNamed(certificate, by: signer) else {
            return .failing(TimeStampProblem(.signer, "signing certificate not named"))
        }
        guard let use = signatureUse(signer, certificate) else {
            return .failing(TimeStampProblem(.signature, "algorithms do not fit"))
        }
        var problems: [TimeStampProblem] = []
        if luutru_is_for_time_stamps(certificate.pointer) != 1 {
            problems.append(TimeStampProblem(.usage))
        }
        let path = TokenPath(
            from: certificate, of: self, roots: roots, extra: extra, lists: lists, at: instant)
        problems += path.problems
        problems += unprotectedProblems(path)
        return TimeStampCheck(
            problems: problems, algorithms: [use] + path.algorithms, pathEnds: path.ends,
            signerFingerprint: certificate.fingerprint, signerName: certificate.subject,
            isRevocationKnown: path.isRevocationKnown)
    }

    /// The path from the authority's certificate to an anchor at the token's own time; empty when none holds.
    package func path(roots: [Certificate]) -> [Certificate] {
        defer { ERR_clear_error() }
        guard let certificate = signerCertificate else { return [] }
        let path = TokenPath(
            from: certificate, of: self, roots: roots, extra: [], lists: [], at: generationTime)
        return path.error == nil ? path.certificates : []
    }

    /// The certificate that the signature was made with, when it stands in the token.
    package var signerCertificate: Certificate? {
        defer { ERR_clear_error() }
        // libcrypto knows its signers only once it has looked for their certificates.
        _ = CMS_set1_signers_certs(message, nil, 0)
        guard let found = CMS_get0_signers(message) else { return nil }
        defer { luutru_certificates_free(found) }
        guard luutru_certificates_count(found) == 1, let pointer = luutru_certificate(found, 0),
            X509_up_ref(pointer) == 1
        else { return nil }
        return Certificate(adopting: pointer)
    }

    /// Signature and message digest; the certificate is judged by us, not by libcrypto.
    private func isSigned(by signer: OpaquePointer) -> Bool {
        let type = CMS_signed_get0_data_by_OBJ(
            signer, OBJ_nid2obj(NID_pkcs9_contentType), -3, V_ASN1_OBJECT)
        guard OBJ_obj2nid(OpaquePointer(type)) == NID_id_smime_ct_TSTInfo else { return false }
        let flags = UInt32(CMS_NO_SIGNER_CERT_VERIFY) | UInt32(CMS_BINARY)
        return CMS_verify(message, nil, nil, nil, nil, flags) == 1
    }

    /// How the token is signed; nil where the named algorithms do not belong together.
    private func signatureUse(
        _ signer: OpaquePointer, _ certificate: Certificate
    ) -> AlgorithmUse? {
        var digest: UnsafeMutablePointer<X509_ALGOR>?
        var signature: UnsafeMutablePointer<X509_ALGOR>?
        CMS_SignerInfo_get0_algs(signer, nil, nil, &digest, &signature)
        guard let digest, let signature, let key = X509_get0_pubkey(certificate.pointer) else {
            return nil
        }
        let digestNumber = OBJ_obj2nid(digest.pointee.algorithm)
        let signatureNumber = OBJ_obj2nid(signature.pointee.algorithm)
        let isPSS = signatureNumber == NID_rsassaPss
        if !isPSS, signatureNumber != NID_rsaEncryption {
            var statedDigest: Int32 = 0
            var statedKey: Int32 = 0
            guard OBJ_find_sigid_algs(signatureNumber, &statedDigest, &statedKey) == 1,
                statedDigest == digestNumber, statedKey == EVP_PKEY_get_base_id(key)
            else { return nil }
        }
        return AlgorithmUse(
            digest: AlgorithmUse.name(ofDigest: digestNumber),
            key: AlgorithmUse.name(ofKey: key, isPSS: isPSS), bits: Int(EVP_PKEY_get_bits(key)))
    }

    /// Bytes outside the signature that are not what they must be (RFC 5652 §5.1, §5.3).
    private func unprotectedProblems(_ path: TokenPath) -> [TimeStampProblem] {
        guard let fields = UnsignedFields(der), let certificate = path.certificates.first else {
            return [TimeStampProblem(.unprotected, "malformed")]
        }
        if let fault = fields.tokenFault(signer: certificate) {
            return [TimeStampProblem(.unprotected, fault)]
        }
        // libcrypto reads more than DER, and a renewal is over DER. Some authorities do not sort
        // their sets; that alone is let pass.
        guard let again = try? DERBytes.of({ i2d_CMS_ContentInfo(message, $0) }),
            again == der || DERWalk.values(of: again) == DERWalk.values(of: der)
        else {
            return [TimeStampProblem(.unprotected, "not DER")]
        }
        guard path.error == nil else { return [] }
        let known = Set(path.certificates.map(\.der))
        for other in certificates where !known.contains(other.der) {
            guard path.vouches(for: other) else {
                return [TimeStampProblem(.unprotected, "a certificate that nobody vouches for")]
            }
        }
        return []
    }
}
