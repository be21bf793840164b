import Bundles
package import Cryptography
package import Evidence
import Records

/// What seals and evidence records themselves say, for those who write a proof and those who check it.
package enum ProofFacts {
    /// The time-stamps of a record in their order.
    package static func stamps(
        of record: EvidenceRecord, own: Set<String> = []
    ) throws -> [ProofClaims.Stamp] {
        try record.stamps.map { place in
            stamp(of: try TimeStampToken(der: place.stamp.timeStamp), own: own)
        }
    }

    /// What one token says; `own` are fingerprints of the archive's own authority.
    package static func stamp(
        of token: TimeStampToken, own: Set<String> = []
    ) -> ProofClaims.Stamp {
        let isOwn = token.signerCertificate.map { own.contains($0.fingerprint) } ?? false
        return ProofClaims.Stamp(
            at: Instant(seconds: token.generationTime),
            authority: token.signerCertificate?.subject ?? "",
            isIndependent: token.policy != TrialAuthority.policy && !isOwn)
    }

    /// Whether a report tells of stamps what tokens say.
    ///
    /// The archive knows its own authority better than a token tells, so only praise without ground is a lie.
    static func areTold(_ told: [ProofClaims.Stamp], by found: [ProofClaims.Stamp]) -> Bool {
        told.map(\.at) == found.map(\.at) && told.map(\.authority) == found.map(\.authority)
            && zip(told, found).allSatisfy { $1.isIndependent || !$0.isIndependent }
    }

    /// The record's own files: the record, its tokens, and the chains before each chain but the first.
    package static func files(
        of record: EvidenceRecord, version: Int, _ names: ProofNames
    ) -> [ProofFile] {
        let tokens = record.stamps.map {
            ProofFile(names.token(version, $0.chain + 1, $0.index + 1), $0.stamp.timeStamp)
        }
        let chains = (1..<max(1, record.chains.count)).map {
            ProofFile(
                names.chains(version, before: $0 + 1), record.earlierChains(before: $0))
        }
        return [ProofFile(names.evidence(version), record.der)] + tokens + chains
    }
}
