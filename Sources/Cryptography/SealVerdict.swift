/// Who signed, as certificate and signature say.
package struct SignerFacts: Hashable, Sendable {
    package let subject: String
    package let issuer: String
    /// SHA-256 of the certificate in small hexadecimal letters.
    package let fingerprint: String
    /// What the signature states, in seconds since 1970; not proved by anybody else.
    package let signingTime: Int64
    package let notBefore: Int64
    package let notAfter: Int64
}

/// What a seal is worth.
package enum SealVerdict: Hashable, Sendable {
    /// The seal is not one over this content.
    case broken(String)
    /// The seal is one over this content; nothing given says to trust its signer.
    case untrusted(SignerFacts, String)
    case trusted(SignerFacts)
}
