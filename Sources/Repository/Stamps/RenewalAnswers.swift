import Cryptography
import Evidence
package import Records

/// What is asked of a renewal.
package struct RenewalRequest: Hashable, Sendable {
    /// Only tells what is due.
    package let isDryRun: Bool
    /// Renews before anything is due.
    package let isForced: Bool
    /// Reads every bundle again and makes new trees, though their digest does not end.
    package let isHashTree: Bool

    package init(isDryRun: Bool = false, isForced: Bool = false, isHashTree: Bool = false) {
        self.isDryRun = isDryRun
        self.isForced = isForced
        self.isHashTree = isHashTree
    }
}

/// What became of a renewal.
package struct RenewalOutcome: Sendable {
    /// Batches whose time has come.
    package let due: [Int64]
    /// The renewal's number; nil when nothing was stamped.
    package let renewal: Int64?
    /// `time-stamp` or `hash-tree`.
    package let kind: String
    /// The digest of its tree; empty when nothing was stamped.
    package let digest: String
    /// How many batches its token covers.
    package let batches: Int64
    /// How many versions a hash-tree renewal covers.
    package let versions: Int64
    package let at: Instant?
    package let authority: String
    package let isIndependent: Bool
    package let findings: [Finding]

    /// Nothing was stamped.
    init(due: [Int64], findings: [Finding]) {
        self.init(
            due: due, renewal: nil, kind: "", digest: "", batches: 0, versions: 0, at: nil,
            authority: "", isIndependent: false, findings: findings)
    }

    /// A renewal as its entry tells of it.
    init(
        due: [Int64], entry: LedgerEntry, batches: Int64, at stamp: CheckedStamp,
        findings: [Finding]
    ) {
        let facts = entry.draft.facts
        let isIndependent = facts["independent"] == true
        let own =
            isIndependent
            ? [] : [Finding(.stampNotIndependent, .information, subject: stamp.authority.name)]
        self.init(
            due: due, renewal: facts["renewal"]?.numberValue,
            kind: facts["kind"]?.stringValue ?? "",
            digest: facts["digest"]?.stringValue ?? "", batches: batches,
            versions: facts["versions"]?.numberValue ?? 0,
            at: Instant(seconds: stamp.token.generationTime),
            authority: facts["authority"]?.stringValue ?? "", isIndependent: isIndependent,
            findings: findings + own)
    }

    private init(
        due: [Int64], renewal: Int64?, kind: String, digest: String, batches: Int64,
        versions: Int64, at: Instant?, authority: String, isIndependent: Bool, findings: [Finding]
    ) {
        self.due = due
        self.renewal = renewal
        self.kind = kind
        self.digest = digest
        self.batches = batches
        self.versions = versions
        self.at = at
        self.authority = authority
        self.isIndependent = isIndependent
        self.findings = findings
    }

    /// Whether every bundle was read and hashed again.
    package var isHashTree: Bool { kind == EvidenceRenewal.hashTree.rawValue }

    /// Whether a token was got.
    package var isDone: Bool { renewal != nil }

    /// The same with more findings before its own.
    func with(_ more: [Finding]) -> RenewalOutcome {
        RenewalOutcome(
            due: due, renewal: renewal, kind: kind, digest: digest, batches: batches,
            versions: versions, at: at, authority: authority, isIndependent: isIndependent,
            findings: more + findings)
    }
}
