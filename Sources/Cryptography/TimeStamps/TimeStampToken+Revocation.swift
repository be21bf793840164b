extension TimeStampToken {
    /// The token with revocation information in its SignedData, where TR-ESOR's Basis-ERS wants it.
    ///
    /// Only before the token is first hashed: every renewal is over its bytes. Lists and answers
    /// (RFC 5940) are DER; the signature does not cover them and stays as it is.
    package func embedding(
        lists: [[UInt8]], answers: [[UInt8]]
    ) throws(TimeStampProblem) -> TimeStampToken {
        guard let parts = SignedParts(der) else { throw TimeStampProblem(.malformed) }
        var choices = Set(parts.revocation)
        choices.formUnion(lists)
        choices.formUnion(answers.map { Self.otherRevocation($0) })
        guard !choices.isEmpty else { return self }
        // DER of a SET OF: in the order of the encodings (X.690 §11.6).
        let sorted = choices.sorted { $0.lexicographicallyPrecedes($1) }
        let hasOther = sorted.contains { $0.first == 0xA1 }
        let signed: [UInt8] =
            DERWalk.value(0x02, hasOther ? [5] : parts.version)
            + parts.beforeRevocation + DERWalk.value(0xA1, sorted.joined())
            + parts.signers
        let content = DERWalk.value(0xA0, DERWalk.value(0x30, signed))
        return try TimeStampToken(der: DERWalk.value(0x30, parts.type + content))
    }

    /// The lists and OCSP answers that stand in the token, as far as they can be read.
    package var revocationStatements: [any RevocationStatement] {
        revocationLists + responses
    }

    private var responses: [OCSPResponse] {
        SignedParts(der)?.revocation.compactMap { choice in
            var walk = DERWalk(choice[...])
            guard var other = walk.enter(0xA1),
                other.whole().map({ Array($0) }) == Self.responseIdentifier
            else { return nil }
            return try? OCSPResponse.reading(der: Array(other.rest))
        } ?? []
    }

    /// How many lists, answers and others there are.
    static func revocationCount(_ der: [UInt8]) -> Int { SignedParts(der)?.revocation.count ?? 0 }

    /// Whether it holds revocation information that is no list, which programs for PKCS #7 cannot read.
    package var hasOtherRevocation: Bool { UnsignedFields(der)?.hasOtherRevocation ?? false }

    /// id-ri-ocsp-response, 1.3.6.1.5.5.7.16.2 (RFC 5940 §2.1).
    private static let responseIdentifier: [UInt8] = [
        0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x10, 0x02,
    ]

    /// OtherRevocationInfoFormat with an OCSP answer (RFC 5940 §2.1).
    private static func otherRevocation(_ answer: [UInt8]) -> [UInt8] {
        return DERWalk.value(0xA1, responseIdentifier + answer)
    }
}

/// The parts of a SignedData around its revocation information (RFC 5652 §5.1).
private struct SignedParts {
    let type: [UInt8]
    let version: [UInt8]
    /// Digest algorithms, content and certificates.
    let beforeRevocation: [UInt8]
    let revocation: [[UInt8]]
    let signers: [UInt8]

    init?(_ der: [UInt8]) {
        var content = DERWalk(der[...])
        guard var info = content.enter(0x30), let type = info.whole(),
            var explicit = info.enter(0xA0), var signed = explicit.enter(0x30),
            let version = signed.enter(0x02)?.rest
        else { return nil }
        var before: [UInt8] = []
        for _ in 0..<2 {
            guard let part = signed.whole() else { return nil }
            before += part
        }
        if signed.tag == 0xA0, let certificates = signed.whole() { before += certificates }
        var revocation: [[UInt8]] = []
        if var choices = signed.tag == 0xA1 ? signed.enter(0xA1) : nil {
            while let choice = choices.whole() { revocation.append(Array(choice)) }
        }
        guard signed.tag == 0x31 else { return nil }
        self.type = Array(type)
        self.version = Array(version)
        beforeRevocation = before
        self.revocation = revocation
        signers = Array(signed.rest)
    }
}
