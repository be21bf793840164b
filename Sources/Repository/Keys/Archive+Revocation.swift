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
        let since = try revocationInstant(text)
        let revocation = KeyRevocation(
            use: .seal, fingerprint: certificate.fingerprint, since: since, reason: reason)
        try requireEarlier(revocation)
        let file = try enter(revocation)
        try renewKeySheet()
        return KeyRevoked(
            isOfSeal: true, fingerprint: certificate.fingerprint, since: since, file: file,
            sheet: layout.keySheet,
            void: try SealSurvey(of: self).void.flatMap(\.findings))
    }

    /// An instant that is not to come.
    func revocationInstant(_ text: String) throws -> Instant {
        guard let since = Instant(text), since <= world.now() else {
            throw ArchiveFailure(
                .usage, subject: "--since",
                ["detail": "--since 2026-11-22T08:00:00+07:00, không ở tương lai · not in future"])
        }
        return since
    }

    /// A revocation stands for ever: one that says less than another changes nothing and is refused.
    func requireEarlier(_ revocation: KeyRevocation) throws {
        let held = try policy.revocations().filter { $0.fingerprint == revocation.fingerprint }
        if let first = held.map(\.since).min(), first <= revocation.since {
            throw ArchiveFailure(
                .usage, subject: revocation.fingerprint,
                ["detail": "đã thu hồi từ · revoked since " + first.vietnamText])
        }
    }

    /// Keeps the file, then the entry that makes it hold; gives its name.
    func enter(_ revocation: KeyRevocation) throws -> String {
        let kept = try policy.keep(revocation.bytes, as: .revocation)
        try record(
            draft(
                LedgerAct.policy, "policy assignment",
                digests: ["policy/" + kept.name: kept.digest],
                facts: [
                    "use": .string(revocation.use.rawValue),
                    "revoked": .string(revocation.fingerprint),
                    "since": .string(revocation.since.utcText),
                ]))
        return kept.name
    }

    /// An adopted certificate by the beginning of its fingerprint; unnamed, the only one that there ever was.
    private func certificate(beginning prefix: String?) throws -> Certificate {
        guard let prefix else {
            let known = Set(try TrustAnchors.of(policy).map(\.fingerprint))
            let current = try currentCertificate()
            // Which of several is stolen is never guessed.
            guard known.count < 2 else {
                throw ArchiveFailure(
                    .severalKeys, subject: "--fingerprint",
                    ["count": String(known.count), "fingerprint": current.fingerprint])
            }
            return current
        }
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
