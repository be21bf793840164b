import COpenSSL

/// The path from an authority's certificate to an anchor, judged at both ends of a token's service.
struct TokenPath {
    let certificates: [Certificate]
    /// libcrypto's number of what is wrong at the token's own time; nil when the path holds.
    let error: Int32?
    let problems: [TimeStampProblem]
    let isRevocationKnown: Bool
    private let anchors: [Certificate]

    /// Walks at the token's time and at the later instant; revocation as RFC 3161 §4 says.
    init(
        from certificate: Certificate, of token: TimeStampToken, roots: [Certificate],
        extra: [Certificate], lists: [RevocationList], at instant: Int64
    ) {
        let untrusted = Self.stack(token.certificates + extra)
        defer { luutru_certificates_free_all(untrusted) }
        let times = [token.generationTime, max(instant, token.generationTime)]
        let walks = times.map { time in
            // Algorithms are judged by the dated policy, so libcrypto has no say in them here.
            CertificatePath.walk(
                from: certificate.pointer, untrusted: untrusted, trusted: roots, at: time, level: 0)
        }
        let path = walks[0].certificates.isEmpty ? [certificate] : walks[0].certificates
        var problems: [TimeStampProblem] = []
        for (walk, time) in zip(walks, times) {
            guard let error = walk.error, problems.isEmpty else { continue }
            problems.append(Self.problem(error, time))
        }
        let standing = Self.revocation(
            path, lists + token.revocationStatements, made: token.generationTime, proved: times[1])
        if let problem = standing.problem { problems.append(problem) }
        certificates = path
        error = walks[0].error
        self.problems = problems
        isRevocationKnown = standing.isKnown
        anchors = roots
    }

    /// How the certificates of the path were signed; an anchor's own signature proves nothing.
    var algorithms: [AlgorithmUse] {
        zip(certificates, certificates.dropFirst()).compactMap {
            AlgorithmUse(certificate: $0, issuer: $1)
        }
    }

    /// From when the path is no longer valid: libcrypto takes `notAfter` itself for too late.
    var ends: Int64? { error == nil ? certificates.map(\.notAfter).min() : nil }

    /// Whether a certificate of the path or an anchor signed this one, or it is an anchor itself.
    func vouches(for other: Certificate) -> Bool {
        if anchors.contains(where: { $0.der == other.der }) { return true }
        // libcrypto ignores bits beyond the end of a signature.
        guard other.hasWholeSignature else { return false }
        return (certificates + anchors).contains { issuer in
            guard let key = X509_get0_pubkey(issuer.pointer) else { return false }
            return X509_verify(other.pointer, key) == 1
        }
    }

    private static func stack(_ certificates: [Certificate]) -> OpaquePointer? {
        guard let stack = luutru_certificates_new() else { return nil }
        for certificate in certificates where X509_up_ref(certificate.pointer) == 1 {
            if luutru_certificates_add(stack, certificate.pointer) < 1 {
                X509_free(certificate.pointer)
            }
        }
        return stack
    }

    private static func problem(_ error: Int32, _ time: Int64) -> TimeStampProblem {
        let text = String(cString: X509_verify_cert_error_string(Int(error)))
        let isTime = [X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID].contains(error)
        return TimeStampProblem(isTime ? .expired : .untrusted, "\(text) at \(time)")
    }

    /// Every certificate but the anchor, by all lists and answers; the worst word counts.
    private static func revocation(
        _ path: [Certificate], _ statements: [any RevocationStatement], made: Int64, proved: Int64
    ) -> (problem: TimeStampProblem?, isKnown: Bool) {
        var isKnown = path.count > 1
        for (certificate, issuer) in zip(path, path.dropFirst()) {
            var isCovered = false
            for statement in statements {
                guard let word = statement.word(on: certificate, issuer: issuer) else { continue }
                switch word.standing {
                case .good: isCovered = isCovered || word.thisUpdate >= made
                case .revoked(let since, let reason):
                    isCovered = true
                    // A token that a later proof had seen before the revocation stays good; so
                    // does one made before a revocation that was not for a lost key.
                    if proved < since { continue }
                    let isHarmless = [0, 3, 4, 5].contains(reason ?? -1)
                    if made < since, isHarmless { continue }
                    return (TimeStampProblem(.revoked, "\(certificate.subject) \(since)"), true)
                }
            }
            isKnown = isKnown && isCovered
        }
        return (nil, isKnown)
    }
}
