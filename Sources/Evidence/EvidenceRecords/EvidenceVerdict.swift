package import Cryptography

/// What one time-stamp of a record says, and how long it holds.
package struct EvidenceStamp: Hashable, Sendable {
    package let chain: Int
    package let index: Int
    /// Seconds since 1970.
    package let time: Int64
    package let digest: DigestMethod?
    package let policy: String
    /// SHA-256 of the authority's certificate in small hexadecimal letters; nil when it is absent.
    package let signerFingerprint: String?
    package let signerName: String?
    package let algorithms: [AlgorithmUse]
    /// From when the certificates are no longer valid; nil without a path.
    package let pathEnds: Int64?
    /// Whether revocation is known to be none, by lists made at the stamp's time or later.
    package let isRevocationKnown: Bool
}

/// What a record is worth, with the facts a later policy may judge again.
package struct EvidenceVerdict: Hashable, Sendable {
    /// All that is wrong, chain by chain; empty when the proof holds.
    package let problems: [EvidenceProblem]
    package let stamps: [EvidenceStamp]

    package var indication: EvidenceIndication {
        if problems.contains(where: { $0.fault.indication == .failed }) { return .failed }
        return problems.isEmpty ? .passed : .indeterminate
    }

    /// Since when the data is proved to have been there; nil when it is not proved.
    package var provedSince: Int64? { problems.isEmpty ? stamps.first?.time : nil }

    /// Whether every stamp is by one of these authorities, such as the trial one of the archive.
    package func isStampedOnly(by fingerprints: Set<String>) -> Bool {
        !stamps.isEmpty
            && stamps.allSatisfy { stamp in
                stamp.signerFingerprint.map { fingerprints.contains($0) } ?? false
            }
    }
}

/// What renews a record (RFC 4998 §5.1).
package enum EvidenceRenewal: String, Hashable, Sendable, CaseIterable {
    /// A new token over the last one; the data is not read.
    case timeStamp = "time-stamp"
    /// A new tree with a stronger digest; all data is read again.
    case hashTree = "hash-tree"
}

extension EvidenceVerdict {
    /// When the record must be renewed at the latest, and how; nil for a record without stamps.
    ///
    /// The earliest end of the last stamp's certificates, algorithms and age, less the lead.
    package func renewal(
        by algorithms: AlgorithmPeriods, largestAge: Int64, lead: Int64
    ) -> (before: Int64, renewal: EvidenceRenewal)? {
        guard let last = stamps.last else { return nil }
        var tokenEnds = [last.time + largestAge]
        if let ends = last.pathEnds { tokenEnds.append(ends) }
        for use in last.algorithms {
            if case .at(let end) = algorithms.end(of: use) { tokenEnds.append(end) }
        }
        let tokenEnd = tokenEnds.min() ?? last.time
        if let digest = last.digest, case .at(let end) = algorithms.end(of: digest),
            end <= tokenEnd
        {
            return (end - lead, .hashTree)
        }
        return (tokenEnd - lead, .timeStamp)
    }
}
