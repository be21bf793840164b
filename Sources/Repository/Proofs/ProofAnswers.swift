package import Records
import Retrieval
package import SystemPackage

/// What a proof is asked for.
package struct ProofQuestion: Sendable {
    package let record: String
    /// Ordinal, code or name of the one document; nil for the whole dossier.
    package let document: String?
    /// The newest version proved; nil for the last.
    package let version: Int?
    package let target: FilePath

    package init(record: String, document: String?, version: Int?, target: FilePath) {
        self.record = record
        self.document = document
        self.version = version
        self.target = target
    }
}

/// A proof that was written.
package struct ProofAnswer: Sendable {
    package let summary: ProofSummary
    package let path: String
    package let bytes: Int64
    package let sha256: Digest
    /// What the proof lacks, such as a time-stamp.
    package let findings: [Finding]

    /// Whether its proof of time has ended, so that whoever checks it will not trust it.
    package var isTimeOver: Bool {
        findings.contains {
            [.recordExpiredLast, .evidenceLapsed, .batchDamaged].contains($0.code)
        }
    }
}

/// What a proof says, in short.
package struct ProofSummary: Sendable {
    /// A version, and since when a time-stamp proves it.
    package struct Version: Sendable {
        package let number: Int
        /// When it was first stamped; nil while it waits.
        package let stampedAt: Instant?
        /// The same while that still is proved.
        package let provedSince: Instant?
        package let authority: String?
        package let isIndependent: Bool?
    }

    package let object: ObjectIdentifier
    package let version: Int
    /// The one document proved.
    package let document: (ordinal: Int, name: String)?
    package let versions: [Version]
    /// The entry that made the newest version, and the size of the ledger it is proved in.
    package let entry: Int64?
    package let size: Int64?

    init(_ claims: ProofClaims) {
        object = claims.object
        version = claims.version
        document = claims.document.map { ($0.ordinal, $0.name) }
        versions = claims.versions.map {
            Version(
                number: $0.number, stampedAt: $0.stamps.first?.at,
                provedSince: $0.timeFault == nil ? $0.stamps.first?.at : nil,
                authority: $0.stamps.first?.authority,
                isIndependent: $0.stamps.first?.isIndependent)
        }
        entry = claims.ledger?.entry
        size = claims.ledger?.size
    }
}
