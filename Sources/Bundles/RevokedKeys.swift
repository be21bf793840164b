package import Cryptography
package import Records

/// Which certificates' seals are void, unless evidence proves that they were made before their key was revoked.
package struct RevokedKeys {
    /// The seal of one version as it was judged.
    package struct Seal {
        package let version: Int
        /// Nil where the seal could not be read.
        package let signer: SignerFacts?
        /// Whether a certificate vouches for it.
        package let isTrusted: Bool
        /// How findings name it.
        package let name: String

        package init(version: Int, signer: SignerFacts?, isTrusted: Bool, name: String) {
            self.version = version
            self.signer = signer
            self.isTrusted = isTrusted
            self.name = name
        }
    }

    /// When each certificate was revoked, by its fingerprint.
    private let since: [String: Instant]
    /// Whether a revocation cannot be read: then no seal is known to be good.
    package let isUnknown: Bool
    private let isProven: (ObjectIdentifier, Int, Instant) throws -> Bool

    /// Revocations, and what knows whether a version was there before an instant.
    package init(
        since: [String: Instant], isUnknown: Bool,
        isProven: @escaping (ObjectIdentifier, Int, Instant) throws -> Bool
    ) {
        self.since = since
        self.isUnknown = isUnknown
        self.isProven = isProven
    }

    /// No certificate is revoked.
    package static var none: RevokedKeys {
        RevokedKeys(since: [:], isUnknown: false) { _, _, _ in false }
    }

    package var isEmpty: Bool { since.isEmpty && !isUnknown }

    /// When the key of a certificate was revoked; nil while it holds.
    package func revocation(of fingerprint: String) -> Instant? { since[fingerprint] }

    /// The seals that are void and that no later good one mends, each as a finding.
    ///
    /// The sums of a later version name the tars of all before it, so a good seal over them mends theirs.
    package func findings(_ seals: [Seal], of object: ObjectIdentifier) throws -> [Finding] {
        guard !isEmpty else { return [] }
        var findings: [Finding] = []
        for seal in seals.sorted(by: { $0.version > $1.version }) {
            guard let signer = seal.signer else { continue }
            if let void = try void(seal, signer, of: object) {
                findings.insert(void, at: 0)
            } else if seal.isTrusted {
                break
            }
        }
        return findings
    }

    private func void(
        _ seal: Seal, _ signer: SignerFacts, of object: ObjectIdentifier
    ) throws -> Finding? {
        guard let instant = since[signer.fingerprint] else {
            return isUnknown ? finding(seal, signer, "?") : nil
        }
        if try isProven(object, seal.version, instant) { return nil }
        return finding(seal, signer, instant.vietnamText)
    }

    private func finding(_ seal: Seal, _ signer: SignerFacts, _ since: String) -> Finding {
        Finding(
            .sealKeyRevoked, subject: seal.name,
            [
                "fingerprint": signer.fingerprint, "since": since,
                "signed": Instant(seconds: signer.signingTime).vietnamText,
            ])
    }
}
