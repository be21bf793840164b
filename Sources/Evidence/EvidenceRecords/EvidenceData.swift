package import Cryptography

/// One data object that a record is to prove, as far as the asker can hash it.
package struct EvidenceData {
    /// The digests of the data with the methods asked for; a method left out is not available.
    package let digests: (Set<DigestMethod>) throws -> [DigestMethod: [UInt8]]

    /// Data that is read once, whatever the methods are.
    package init(_ digests: @escaping (Set<DigestMethod>) throws -> [DigestMethod: [UInt8]]) {
        self.digests = digests
    }

    /// Data at hand.
    package static func bytes(_ bytes: [UInt8]) -> EvidenceData {
        EvidenceData { methods in
            Dictionary(uniqueKeysWithValues: methods.map { ($0, $0.digest(of: bytes)) })
        }
    }

    /// Data known by its digests alone.
    package static func known(_ digests: [DigestMethod: [UInt8]]) -> EvidenceData {
        EvidenceData { methods in digests.filter { methods.contains($0.key) } }
    }
}

/// How much of a data group is at hand (RFC 4998 §2.1).
package enum EvidenceCoverage: Hashable, Sendable {
    /// All of it: the record must be over this data and nothing else.
    case wholeGroup
    /// Some members of it, such as the sums of a bundle.
    case members
}

/// What a verdict trusts, all of it as values.
package struct EvidenceTrust {
    package let roots: [Certificate]
    /// Certificates that are not trusted but may lie on a path.
    package let extra: [Certificate]
    package let lists: [RevocationList]
    package let algorithms: AlgorithmPeriods

    package init(
        roots: [Certificate], extra: [Certificate] = [], lists: [RevocationList] = [],
        algorithms: AlgorithmPeriods = .current
    ) {
        self.roots = roots
        self.extra = extra
        self.lists = lists
        self.algorithms = algorithms
    }
}
