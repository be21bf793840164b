import Bundles
import Cataloging
import Cryptography
import Evidence
import Files
import Storage
import SystemPackage

/// A failure as every face shows it: stable code, subject, what the text fills in, and the exit status.
package struct FailureReport: Hashable, Sendable {
    package let code: String
    package let subject: String
    package let facts: [String: String]
    package let status: ExitStatus

    /// Describes any error that came out of the archive.
    package init(describing error: any Error) {
        switch error {
        case let failure as ArchiveFailure:
            self.init(
                failure.reason.rawValue, failure.subject, failure.facts,
                Self.status(of: failure.reason))
        case let failure as FileFailure:
            self.init(
                failure.code, failure.path.string,
                ["call": failure.call.rawValue, "reason": failure.errno.description], .failed)
        case let failure as FolderMisplaced:
            self.init(
                ArchiveFailure.Reason.storePlaceWrong.rawValue, failure.root.string,
                ["found": failure.place.text], .failed)
        case let failure as LedgerFailure:
            self.init(
                failure.reason.rawValue, "ledger/entries.jsonl",
                ["entry": String(failure.sequence)], .failed)
        case let failure as StorageFailure:
            self.init(failure.reason.rawValue, failure.subject, [:], .failed)
        case let failure as BundleFailure:
            self.init(failure.reason.rawValue, failure.subject, [:], .failed)
        case let failure as S3Failure:
            self.init(
                failure.reason.rawValue, failure.subject,
                ["status": String(failure.status), "code": failure.code],
                Self.status(of: failure.reason))
        case let failure as CopyStoreFailure:
            self.init(
                failure.reason.rawValue, failure.subject, ["detail": failure.detail],
                Self.status(of: failure.reason))
        case let failure as CatalogFailure:
            self.init(failure.code, "catalog.sqlite", [:], .failed)
        case let failure as TokenFailure:
            self.init(
                failure.code, failure.subject, Self.facts(of: failure), .key)
        case let failure as CryptographyFailure:
            self.init(failure.code, "keys", ["detail": failure.detail], .key)
        default:
            self.init("LT-FAILED", "", ["detail": String(describing: type(of: error))], .failed)
        }
    }

    private init(_ code: String, _ subject: String, _ facts: [String: String], _ status: ExitStatus)
    {
        self.code = code
        self.subject = subject
        self.facts = facts
        self.status = status
    }

    private static func facts(of failure: TokenFailure) -> [String: String] {
        failure.reason == .pinWrong
            ? ["tries": failure.detail, "detail": ""] : ["detail": failure.detail]
    }

    private static func status(of reason: S3Failure.Reason) -> ExitStatus {
        switch reason {
        case .keyWrong, .keyFile: .key
        // A copy that is away is caught up later.
        case .away, .busy: .incomplete
        default: .failed
        }
    }

    private static func status(of reason: CopyStoreFailure.Reason) -> ExitStatus {
        switch reason {
        case .failed: .failed
        case .noLocks: .usage
        case .away, .refused, .full, .credentials, .noBucket, .overtaken: .incomplete
        }
    }

    private static func status(of reason: ArchiveFailure.Reason) -> ExitStatus {
        switch reason {
        case .noArchive, .notNamed: .noArchive
        case .locked: .locked
        case .notEmpty, .unknownRecord, .severalRecords, .unknownVersion, .unknownDocument,
            .severalDocuments,
            .targetExists, .usage, .noAuthority, .noWitness, .configuration, .noPath,
            .unregistered,
            .notYetRegistered,
            .severalRegistered, .codeTaken, .registerField, .registerCycle, .registerUnchanged,
            .registerTooMuch, .noLedgerEntry, .exportOther, .importForm, .importNotFresh,
            .keyUnknown, .severalKeys, .ledgerKeyInUse, .unknownStore, .storeName, .storeAddress,
            .storeNotEmpty, .storeIsPrimary, .bucketCannotLead, .auditReport, .unknownIncident,
            .incidentClosed, .noticeCredentials:
            .usage
        case .storeAway, .storeForeign, .storePlaceWrong, .storeAhead, .ledgerSuspect,
            .checkpointDamaged, .catalogMissing, .catalogOther, .outputLost:
            .failed
        case .passphraseMissing, .passphraseFile, .keyMismatch, .keyMissing, .keyNotAdopted,
            .ledgerKeyWrong, .ledgerKeyLost, .revocationsLost, .pinFile, .pinFileOpen, .keyRevoked,
            .keySame,
            .keyExpired,
            .keyUnfit:
            .key
        case .fieldIsAct, .incidentDamaged: .refused
        case .damaged, .evidenceDamaged, .registerLost: .findings
        case .proofUntrusted: .untrusted
        case .interrupted: .interrupted
        case .importUnfinished, .storeIncomplete, .storeNotThere, .bucketAhead: .incomplete
        }
    }
}
