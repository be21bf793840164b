import Bundles
import Cryptography
import Records

extension Archive {
    /// Declares a key not to be trusted since an instant: its seals are void unless evidence proves them older.
    package func revokeSealKey(
        _ fingerprint: String?, since text: String, because reason: String
    ) throws -> KeyRevoked {
        let reason = try oneLine(reason, 1000, "--reason")
        let certificate = try certificate(beginning: fingerprint)
        guard let since = Instant(text), since <= world.now() else {
            throw ArchiveFailure(
                .usage, subject: "--since",
                ["detail": "--since 2026-11-22T08:00:00+07:00, không ở tương lai · not in future"])
        }
        let revocation = KeyRevocation(
            fingerprint: certificate.fingerprint, since: since, reason: reason)
        // A revocation stands for ever: one that says less than another changes nothing.
        if let held = try policy.revokedKeys().revocation(of: certificate.fingerprint),
            held <= since
        {
            throw ArchiveFailure(
                .usage, subject: certificate.fingerprint,
                ["detail": "đã thu hồi từ · revoked since " + held.vietnamText])
        }
        let kept = try policy.keep(revocation.bytes, as: .revocation)
        try record(
            draft(
                LedgerAct.policy, "policy assignment",
                digests: ["policy/" + kept.name: kept.digest],
                facts: [
                    "use": "seal", "revoked": .string(certificate.fingerprint),
                    "since": .string(since.utcText),
                ]))
        return KeyRevoked(
            fingerprint: certificate.fingerprint, since: since, file: kept.name,
            void: try SealSurvey(of: self).void.flatMap(\.findings))
    }

    /// An adopted certificate by the beginning of its fingerprint, else the one that seals.
    private func certificate(beginning prefix: String?) throws -> Certificate {
        guard let prefix else { return try currentCertificate() }
        let letters = prefix.lowercased().filter { $0 != ":" && $0 != " " }
        let found = try TrustAnchors.of(policy).filter { $0.fingerprint.hasPrefix(letters) }
        guard letters.utf8.count >= 8, let first = found.first,
            found.allSatisfy({ $0.fingerprint == first.fingerprint })
        else { throw ArchiveFailure(.keyUnknown, subject: prefix) }
        return first
    }
}

extension PolicyStore {
    /// Every revocation in the order of adoption; what cannot be read is left to `revokedKeys`.
    func revocations() throws -> [KeyRevocation] {
        try adopted(.revocation).compactMap { KeyRevocation($0) }
    }
}
