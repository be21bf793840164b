package import Cryptography
package import Records

/// Turns what cryptography says of a seal into the archive's findings.
package enum SealJudgement {
    /// Judges a seal over the sums at the signing time it states, bounded by its certificate's validity.
    package static func judge(
        _ der: [UInt8], over sums: [UInt8], name: String, trusting trusted: [Certificate]
    ) -> (signer: SignerFacts?, finding: Finding?) {
        switch Seal.verify(der, content: sums, trusted: trusted) {
        case .trusted(let signer): return (signer, nil)
        case .untrusted(let signer, let reason):
            return (
                signer,
                Finding(
                    .sealIssuerUnknown, subject: name,
                    ["signer": signer.subject, "fingerprint": signer.fingerprint, "detail": reason])
            )
        case .broken(let reason):
            return (nil, Finding(.sealBroken, subject: name, ["detail": reason]))
        }
    }
}
