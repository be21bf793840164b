import Bundles
import Cryptography
import Records

/// What seals are judged by: certificates that vouch, and keys that were revoked.
struct SealTrust {
    let certificates: [Certificate]
    let revoked: RevokedKeys

    init(_ certificates: [Certificate], revoked: RevokedKeys = .none) {
        self.certificates = certificates
        self.revoked = revoked
    }

    /// What the ledger of a store adopted.
    static func of(_ policy: PolicyStore) throws -> SealTrust {
        SealTrust(try TrustAnchors.of(policy), revoked: try policy.revokedKeys())
    }
}

extension PolicyStore {
    /// The keys that adopted files revoke; a file that is lost or no longer what was adopted makes every seal doubtful.
    func revokedKeys() throws -> RevokedKeys {
        let files = try adopted(.revocation)
        let revocations = files.compactMap { KeyRevocation($0) }
        let isWhole = try revocations.count == adoptedCount(.revocation)
        let time = SealTime(store: layout, volume: volume) {
            try adopted(.stampRoots).flatMap { try Certificate.reading(pem: $0) }
        }
        return RevokedKeys(
            since: Dictionary(
                revocations.filter { $0.use == .seal }.map { ($0.fingerprint, $0.since) },
                uniquingKeysWith: { min($0, $1) }),
            isUnknown: !isWhole,
            isProven: { try time.provenBefore($0, version: $1, $2) })
    }
}
