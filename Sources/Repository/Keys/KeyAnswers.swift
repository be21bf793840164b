package import Records
package import SystemPackage

/// A certificate that seals, or sealed, with what is known of it.
package struct ShownKey: Sendable {
    package let fingerprint: String
    package let subject: String
    package let issuer: String
    package let from: Instant
    package let until: Instant
    /// When an entry adopted it.
    package let since: Instant?
    /// Since when its key is revoked; nil while it holds.
    package let revokedSince: Instant?
    package let reason: String?
    /// Whether it seals now.
    package let isCurrent: Bool
    /// Label of the token that holds the key; nil for a key in a file.
    package let token: String?
    /// Versions whose seal names it.
    package let sealed: Int64
}

/// How the certificate that seals stands to its end.
package enum SealCertificateState: String, Sendable {
    case good
    case ending
    case ended
}

/// The keys of the seal, and what is the matter with them.
package struct KeyStatus: Sendable {
    /// The one that seals first, then the others from the newest.
    package let keys: [ShownKey]
    /// Void seals that no later version mends.
    package let void: [Finding]
    /// Versions whose seal could not be read.
    package let unreadable: Int64
    /// What a person should soon do.
    package let warnings: [Finding]

    /// Whether every seal holds and more can be made.
    package var isGood: Bool { void.isEmpty && !warnings.containsErrors }
}

/// What a revocation did.
package struct KeyRevoked: Sendable {
    /// False for a key of the ledger, which no seal depends on.
    package let isOfSeal: Bool
    package let fingerprint: String
    package let since: Instant
    /// The file in `policy/`.
    package let file: String
    /// The key sheet, which marks the key now.
    package let sheet: FilePath
    /// Void seals that no later version mends.
    package let void: [Finding]
}

/// What became of a dossier that was to be sealed again.
package struct ResealOutcome: Sendable {
    package let object: ObjectIdentifier
    /// The version that was made; nil when the dossier is damaged.
    package let version: Int?
    package let findings: [Finding]
}
