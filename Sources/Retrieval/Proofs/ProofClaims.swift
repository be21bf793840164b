package import Records

/// What a proof says, in values; `report.json`, the page and the script are all written from it.
package struct ProofClaims: Hashable, Sendable {
    /// The record, as the archive knows it.
    package let object: ObjectIdentifier
    package let code: String
    package let title: String
    package let agency: String
    /// The newest version that the proof is about.
    package let version: Int
    /// When the proof was made.
    package let made: Instant
    /// With what.
    package let software: String
    /// The one document proved; nil when it is the whole dossier.
    package let document: Document?
    package let versions: [Version]
    package let checks: Checks
    package let ledger: LedgerPlace?
    /// Fingerprints of the time-stamp authorities' roots that lie in the proof.
    package let roots: [String]

    /// A document, and the METS file of its representation that names its digest.
    package struct Document: Hashable, Sendable {
        package let ordinal: Int
        package let path: String
        package let name: String
        package let title: String
        package let number: String
        package let issued: String
        package let sha256: Digest
        package let mets: String
        package let metsSHA256: Digest

        /// The document's path as its representation's METS names it.
        package var href: String {
            let folder = mets.utf8.count - (mets.utf8.split(separator: 0x2F).last?.count ?? 0)
            return String(decoding: path.utf8.dropFirst(folder), as: UTF8.self)
        }

        package init(
            ordinal: Int, path: String, name: String, title: String, number: String,
            issued: String, sha256: Digest, mets: String, metsSHA256: Digest
        ) {
            self.ordinal = ordinal
            self.path = path
            self.name = name
            self.title = title
            self.number = number
            self.issued = issued
            self.sha256 = sha256
            self.mets = mets
            self.metsSHA256 = metsSHA256
        }
    }

    /// A version with its seal and its time-stamps.
    package struct Version: Hashable, Sendable {
        package let number: Int
        package let packaged: Instant
        package let tarBytes: Int64
        package let signer: String
        package let fingerprint: String
        /// When the seal says that it was made.
        package let sealed: Instant
        /// Since when the seal's key is revoked; nil while it holds.
        package let revoked: Instant?
        /// Why the time-stamps prove its time no more; nil while they do.
        package let timeFault: TimeFault?
        package let stamps: [Stamp]

        package init(
            number: Int, packaged: Instant, tarBytes: Int64, signer: String, fingerprint: String,
            sealed: Instant, revoked: Instant?, timeFault: TimeFault?, stamps: [Stamp]
        ) {
            self.revoked = revoked
            self.timeFault = timeFault
            self.number = number
            self.packaged = packaged
            self.tarBytes = tarBytes
            self.signer = signer
            self.fingerprint = fingerprint
            self.sealed = sealed
            self.stamps = stamps
        }
    }

    /// Why a version's time-stamps prove nothing, with the word of `report.json`.
    package enum TimeFault: String, Hashable, Sendable {
        /// The last one had ended when the proof was made.
        case ended
        /// One had ended before it was renewed.
        case lapsed
    }

    /// A time-stamp of a version's evidence record, in the order of the record.
    package struct Stamp: Hashable, Sendable {
        package let at: Instant
        package let authority: String
        /// False for the archive's own trial authority.
        package let isIndependent: Bool

        package init(at: Instant, authority: String, isIndependent: Bool) {
            self.at = at
            self.authority = authority
            self.isIndependent = isIndependent
        }
    }

    /// How often the record was read whole and compared, as the ledger tells.
    package struct Checks: Hashable, Sendable {
        package let count: Int64
        package let first: Instant?
        package let last: Instant?
        package let failed: Int64

        package init(count: Int64, first: Instant?, last: Instant?, failed: Int64) {
            self.count = count
            self.first = first
            self.last = last
            self.failed = failed
        }
    }

    /// Where the packaging stands in the ledger, and the checkpoint that holds it.
    package struct LedgerPlace: Hashable, Sendable {
        package let entry: Int64
        package let size: Int64
        package let origin: String
        /// SHA-256 of the public key that signed it.
        package let key: String
        /// The checkpoint's own time-stamp; nil when it has none.
        package let stamp: Stamp?

        package init(entry: Int64, size: Int64, origin: String, key: String, stamp: Stamp?) {
            self.key = key
            self.entry = entry
            self.size = size
            self.origin = origin
            self.stamp = stamp
        }
    }

    package init(
        object: ObjectIdentifier, code: String, title: String, agency: String, version: Int,
        made: Instant, software: String, document: Document?, versions: [Version], checks: Checks,
        ledger: LedgerPlace?, roots: [String]
    ) {
        self.roots = roots
        self.object = object
        self.code = code
        self.title = title
        self.agency = agency
        self.version = version
        self.made = made
        self.software = software
        self.document = document
        self.versions = versions
        self.checks = checks
        self.ledger = ledger
    }

    package var names: ProofNames {
        ProofNames(object: object, version: version, ordinal: document?.ordinal)
    }
}
