import Bundles
import Cryptography
package import Evidence
import Records

/// What seals and evidence records themselves say, for those who write a proof and those who check it.
package enum ProofFacts {
    /// The time-stamps of a record in their order.
    package static func stamps(
        of record: EvidenceRecord, own: Set<String> = []
    ) throws -> [ProofClaims.Stamp] {
        try record.stamps.map { place in
            let token = try TimeStampToken(der: place.stamp.timeStamp)
            let isOwn = token.signerCertificate.map { own.contains($0.fingerprint) } ?? false
            return ProofClaims.Stamp(
                at: Instant(seconds: token.generationTime),
                authority: token.signerCertificate?.subject ?? "",
                isIndependent: token.policy != TrialAuthority.policy && !isOwn)
        }
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
