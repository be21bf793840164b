package import Records
package import SystemPackage

/// What became of one folder given to `package`.
package struct PackageOutcome: Sendable {
    /// A dossier that the archive now holds.
    package struct Packaged: Sendable {
        package let object: ObjectIdentifier
        package let version: Int
        package let documents: Int
        /// Length of the tar.
        package let bytes: Int64
        /// SHA-512 of the tar.
        package let sha512: Digest
    }

    /// The three ends a folder can come to.
    package enum Result: Sendable {
        case packaged(Packaged)
        /// In order; a dry run wrote nothing.
        case examined(documents: Int, bytes: Int64)
        case rejected
    }

    package let folder: FilePath
    package let result: Result
    package let findings: [Finding]

    package var isRejected: Bool {
        if case .rejected = result { true } else { false }
    }
}

/// What verification says of one bundle or dossier.
package struct VerificationReport: Sendable {
    /// The three verdicts of `docs/json.md`.
    package enum Verdict: String, Sendable {
        case valid
        case invalid
        case untrusted
    }

    package let subject: String
    package let verdict: Verdict
    package let findings: [Finding]
    /// Who sealed it, as the certificate says; nil when no seal could be read.
    package let signer: String?
    /// SHA-256 of the signer's certificate.
    package let fingerprint: String?
    package let bytes: Int64
}

/// A record that a search found.
package struct Hit: Sendable {
    package let object: ObjectIdentifier
    package let dossierCode: String
    package let dossierTitle: String
    /// Ordinal of the document; nil when the dossier itself was found.
    package let document: Int?
    package let title: String
    package let number: String
    package let issued: String
    package let organ: String
    /// The fields in which the words stand, each with the words or a piece of its text.
    package let matched: [(field: String, text: String)]
}

/// What a search asks for.
package struct SearchRequest: Sendable {
    package var words = ""
    package var from: CivilDate?
    package var to: CivilDate?
    package var organ: String?
    package var type: String?
    package var number: String?
    package var fonds: String?
    package var limit = 20
    package var isRanked = false

    package init() {}
}

/// A file handed over.
package struct Delivery: Sendable {
    package let object: ObjectIdentifier
    package let path: String
    package let bytes: Int64
    package let sha256: Digest
}

/// What an audit of one store found.
package struct StoreAuditReport: Sendable {
    /// The store's name, `chinh` for the primary one.
    package let store: String
    package internal(set) var checked = 0
    package internal(set) var bytes: Int64 = 0
    package internal(set) var damaged = 0
    package internal(set) var findings: [Finding] = []
    /// What reports of parts found and a later reading or repair has dealt with; it is among no findings.
    package internal(set) var settled = 0
    /// Whether all that was asked for was read.
    package internal(set) var isComplete = true
    /// Open incidents to which what was found belongs.
    package internal(set) var incidents: [Int64] = []
    /// What earlier parts of the run read and found; nil where it was not gone on with.
    package internal(set) var earlier: EarlierParts?

    init(store: String) { self.store = store }

    /// Of a store for which nothing of the budget was left.
    static func left(_ store: String, _ earlier: EarlierParts?) -> StoreAuditReport {
        var report = read(store, earlier)
        report.isComplete = false
        return report
    }

    /// Of a store that earlier parts of the run have read whole.
    static func read(_ store: String, _ earlier: EarlierParts?) -> StoreAuditReport {
        StoreAuditReport(store: store).going(on: earlier)
    }

    /// The same with what earlier parts of the run found.
    func going(on earlier: EarlierParts?) -> StoreAuditReport {
        var report = self
        report.earlier = earlier
        return report
    }
}

/// What an audit found.
package struct AuditReport: Sendable {
    package let stores: [StoreAuditReport]
    /// Stores that could not be read.
    package let absent: [Finding]
    /// Whether stores were asked for by their names.
    package let isNamed: Bool

    package var checked: Int { stores.map(\.checked).saturatedSum }
    package var bytes: Int64 { stores.map(\.bytes).saturatedSum }
    package var damaged: Int { stores.map(\.damaged).saturatedSum }
    package var findings: [Finding] { stores.flatMap(\.findings) + absent }
    /// What reports of parts found and a later reading or repair has dealt with.
    package var settled: Int { stores.map(\.settled).saturatedSum }
    /// Whether all that was asked for was read; a store that is away counts only where it was named.
    package var isComplete: Bool {
        (absent.isEmpty || !isNamed) && stores.allSatisfy(\.isComplete)
    }
    /// Open incidents to which what was found belongs.
    package var incidents: [Int64] { stores.flatMap(\.incidents) }
}

/// How the archive stands.
package struct StatusReport: Sendable {
    package let archive: ObjectIdentifier
    package let agencyName: String
    package let agencyCode: String
    package let dossiers: Int64
    package let documents: Int64
    package let bytes: Int64
    package let ledgerEntries: Int64
    /// Entries of the ledger that the catalog does not have yet, so that what it tells may be incomplete.
    package let catalogBehind: Int64
    /// Entries under the last checkpoint; nil when nothing was signed yet.
    package let ledgerSigned: Int64?
    package let lastAudit: Instant?
    package let lastAuditDamaged: Int64?
    /// The end of the certificate that seals, and how near it is; nil where that cannot be known.
    package let certificateExpires: Instant?
    package let certificateState: SealCertificateState?
    /// Whether the key that seals now is revoked, so that nothing can be packaged.
    package let isSealKeyRevoked: Bool
    /// Dossiers with void seals that no later version mends.
    package let voidSeals: Int64
    package let freeBytes: Int64
    /// Whether the last audit found anything wrong, in a dossier or beside them.
    package let hasLastAuditFailed: Bool
    /// Dossiers with damage in any store that nothing has mended yet.
    package let damagedDossiers: Int
    /// Dossiers of stores, and stores beside their dossiers, with such damage.
    package let openDamage: Int
    /// Names of stores that were away when such damage was to be mended, and hold it.
    package let damageAwaits: [String]
    /// Whether the ledger is not the one that the catalog knew.
    package let isLedgerSuspect: Bool
    /// Signed checkpoints of keys and store that were damaged, by name; none is told where the ledger is suspect.
    package let wrongCheckpoints: [String]
    /// Folders of the primary store in whose place a link or something else stands, each with what it is: nothing can be written.
    package let wrongPlaces: [String]
    /// When the last entry was made, where this machine's clock stands before it: nothing can be entered until then.
    package let lastEntryAhead: Instant?
    package let evidence: EvidenceStanding
    /// Batches that were renewed only after their proof had ended.
    package let lapsedBatches: Int64
    /// When the checkpoint was last shown outside, and whether everybody was reached; nil where nobody is named.
    package let witness: WitnessStanding?
    /// Incidents that nobody closed.
    package let openIncidents: Int64
    /// Those that must be reported now.
    package let overdueReports: Int64
    /// Stores beside the primary one, and those that are ready now.
    package let stores: Int
    package let storesReady: Int
    /// Those that know more than this archive or another ledger, and other disks under their paths.
    package let storesWrong: Int
    /// Dossiers short of the policy of copies; nil where none is asked for.
    package let copies: CopyCounts?
}

/// How the showing of checkpoints stands.
package struct WitnessStanding: Hashable, Sendable {
    /// The last time; nil when it was never done.
    package let at: Instant?
    package let hasFailed: Bool
    /// Whether somebody outside knew another ledger.
    package let isContradicted: Bool
    /// Whether anybody but the archive's own authority is named to see it.
    package let isOutside: Bool

    /// When it was last shown to anybody outside; nil when that was never done.
    package var shownOutsideAt: Instant? { isOutside ? at : nil }
}

/// A dossier in a list.
package struct ListedDossier: Sendable {
    package let object: ObjectIdentifier
    package let version: Int
    package let code: String
    package let title: String
    package let fonds: String
    package let documents: Int
    package let packagedAt: Instant
}

/// A dossier shown whole.
package struct ShownDossier: Sendable {
    /// A document in it.
    package struct Listed: Sendable {
        package let ordinal: Int
        package let kind: DocumentKind
        package let fields: [(String, String)]
        package let title: String
        package let number: String
        package let issued: String
        package let name: String
        package let path: String
        package let size: Int64
        package let sha256: Digest
        package let format: FormatIdentification
    }

    /// Where its paper was put.
    package struct Place: Sendable {
        package let location: String
        package let reason: String
        package let at: Instant
    }

    /// An act on it.
    package struct Act: Sendable {
        package let at: Instant
        package let act: String
        package let event: String
        package let outcome: String
        package let agent: String
        package let version: Int?
        /// Why it was done, in the person's words.
        package let reason: String?
    }

    /// A file made from a document by a tool.
    package struct Rendition: Sendable {
        package let representation: String
        package let code: String
        package let name: String
        package let path: String
        package let size: Int64
        package let sha256: Digest
        package let mimeType: String
    }

    /// One of the dossier's versions.
    package struct State: Sendable {
        package let version: Int
        package let at: Instant
        package let title: String
        package let tarBytes: Int64
    }

    package let object: ObjectIdentifier
    package let version: Int
    package let fields: [(String, String)]
    package let arrangement: [(String, String)]
    package internal(set) var documents: [Listed]
    package let renditions: [Rendition]
    package let versions: [State]
    package let tarName: String
    package let tarBytes: Int64
    package let tarSHA512: Digest
    package let packagedAt: Instant
    /// Where the paper is since an act moved it; nil when only the description says so.
    package let place: Place?
    /// Links that hold, from it and to it.
    package let links: [ShownLink]
    package let acts: [Act]
}
