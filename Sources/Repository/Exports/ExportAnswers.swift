package import Records
package import SystemPackage

/// What an export is asked for.
package struct ExportRequest: Sendable {
    /// Which dossiers leave.
    package enum Scope: Sendable {
        case everything
        case fonds(String)
        /// Identifiers or codes, as they were typed.
        case records([String])
    }

    /// The three forms of an export (`docs/export.md`).
    package enum Form: String, Sendable, CaseIterable {
        /// An OCFL storage root: the bundles as they are kept.
        case ocfl
        /// Each dossier unpacked into a folder.
        case folders
        /// Each dossier as the ZIP of TT 05/2025.
        case zip
    }

    package let scope: Scope
    package let form: Form
    package let target: FilePath

    package init(scope: Scope, form: Form, target: FilePath) {
        self.scope = scope
        self.form = form
        self.target = target
    }
}

/// What an export holds, and what could not leave.
package struct ExportReport: Sendable {
    package let archive: ObjectIdentifier
    package let target: FilePath
    package let form: ExportRequest.Form
    package let counts: ExportCounts
    /// SHA-512 of `manifest-sha512.txt`, which names every other file.
    package let manifest: Digest
    /// Files that an earlier run had made; they were read back.
    package let keptFiles: Int64
    /// Dossiers that are not in the export.
    package let missing: [ObjectIdentifier]
    package let findings: [Finding]
    /// Whether a dossier got a later version meanwhile, so that the same command must run again.
    package let isOvertaken: Bool
}

/// The counts of `export.json`.
package struct ExportCounts: Hashable, Sendable {
    package var dossiers: Int64 = 0
    /// Files that the manifest names, without `export.json`.
    package var files: Int64 = 0
    /// Bytes of these files.
    package var bytes: Int64 = 0
    package var details: Int64 = 0
    package var policy: Int64 = 0
    package var entries: Int64 = 0
}

/// What an import took in.
package struct ImportReport: Sendable {
    package let archive: ObjectIdentifier
    /// Whether the archive became the one that was exported, with its ledger.
    package let isWhole: Bool
    /// Whether anything was taken in.
    package let isDone: Bool
    package let dossiers: Int64
    package let bytes: Int64
    package let entries: Int64
    package let refused: [ObjectIdentifier]
    /// SHA-256 of the certificates in which trust was put.
    package let fingerprints: [String]
    package let findings: [Finding]
    /// Whether the only thing wrong is that seals could not be trusted.
    package let isOnlyUntrusted: Bool
}
