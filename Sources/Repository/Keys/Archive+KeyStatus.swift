import Bundles
import Cataloging
import Cryptography
import Evidence
import Files
import Records

extension Archive {
    /// Days before a certificate's end from which on it is warned of.
    private static let warningDays: Int64 = 180
    /// The same where nobody asks about keys: of `status`.
    private static let noticeDays: Int64 = 90

    /// The seal's keys: what seals, since when and until when, and what was sealed with each.
    package func keyStatus() throws -> KeyStatus {
        let survey = try SealSurvey(of: self)
        let current = try currentCertificate()
        let revocations = try policy.revocations()
        let revoked = try policy.revokedKeys()
        let adoptions = try self.adoptions()
        var keys: [ShownKey] = []
        for file in try policy.adoptedFiles(.seal) {
            for certificate in try Certificate.reading(pem: file.bytes)
            where !keys.contains(where: { $0.fingerprint == certificate.fingerprint }) {
                let fingerprint = certificate.fingerprint
                let isCurrent = fingerprint == current.fingerprint
                keys.append(
                    ShownKey(
                        fingerprint: fingerprint, subject: certificate.subject,
                        issuer: certificate.issuer,
                        from: Instant(seconds: certificate.notBefore),
                        until: Instant(seconds: certificate.notAfter),
                        since: adoptions["policy/" + file.name],
                        revokedSince: revoked.revocation(of: fingerprint),
                        reason: revocations.last { $0.fingerprint == fingerprint }?.reason,
                        isCurrent: isCurrent,
                        token: isCurrent ? configuration.sealToken?.token : nil,
                        sealed: survey.counts[fingerprint] ?? 0))
            }
        }
        keys = keys.filter(\.isCurrent) + keys.filter { !$0.isCurrent }.reversed()
        return KeyStatus(
            keys: keys, void: survey.void.flatMap(\.findings), unreadable: survey.unreadable,
            warnings: warnings(current))
    }

    /// When each file of the policy was adopted.
    func adoptions() throws -> [String: Instant] {
        var found: [String: Instant] = [:]
        _ = try ledger.read { entry, _ in
            guard entry.draft.act == LedgerAct.policy else { return }
            for name in entry.draft.digests.keys where found[name] == nil { found[name] = entry.at }
        }
        return found
    }

    /// How a certificate that seals stands to its end.
    func state(of certificate: Certificate) -> SealCertificateState {
        let left = certificate.notAfter - world.now().seconds
        return left < 0 ? .ended : left < Self.noticeDays * 86_400 ? .ending : .good
    }

    private func warnings(_ current: Certificate) -> [Finding] {
        let left = current.notAfter - world.now().seconds
        guard left < Self.warningDays * 86_400 else { return [] }
        let until = Instant(seconds: current.notAfter).vietnamText
        guard left >= 0 else {
            return [Finding(.keyEnded, subject: "keys/seal.crt", ["until": until])]
        }
        return [
            Finding(
                .keyEnding, .warning, subject: "keys/seal.crt",
                ["until": until, "days": String(left / 86_400)])
        ]
    }
}
