/// What a document is, which decides its description: `EAD_doc`, `EAD_pic` or `EAD_media` (TT 05/2025 Annex I).
package enum DocumentKind: String, CaseIterable, Sendable {
    case text = "doc"
    case picture = "pic"
    case recording = "media"
}

/// Every element that describes a document of any kind: the union of the SIP's and the AIP's lists.
package enum DocumentField: String, CaseIterable, Sendable {
    case arcFileCode, docId, docCode, docOrdinal, maintenance, typeName, codeNumber, codeNotation,
        issuedDate, organName
    case subject, language, numberOfPage, inforSign, keyword, mode, confidenceLevel, autograph,
        format, process
    case riskRecovery, riskRecoveryStatus, description
    case typePic, archivesNumber, eventName, imageTitle, photographer, photoPlace, photoTime,
        colour, filmSize
    case docAttached
    case typeMedia, movieTitle, recorder, recordPlace, recordDate, playTime, quality
}

extension DocumentField {
    /// Its place among the cases.
    package var position: Int { Int(unsafeBitCast(self, to: UInt8.self)) }
}

extension DocumentKind {
    /// The elements of this kind's description in an AIP, in the circular's order (TT 05/2025 Annex I).
    package var elements: [DocumentField] {
        switch self {
        case .text:
            [
                .arcFileCode, .mode, .language, .keyword, .numberOfPage, .format, .inforSign,
                .confidenceLevel,
                .description, .docCode, .docOrdinal, .typeName, .codeNumber, .codeNotation,
                .issuedDate, .organName,
                .subject, .autograph, .process,
            ]
        case .picture:
            [
                .docCode, .maintenance, .typePic, .archivesNumber, .inforSign, .eventName,
                .imageTitle, .photographer,
                .photoPlace, .photoTime, .colour, .filmSize, .docAttached, .mode, .format,
                .riskRecovery,
                .riskRecoveryStatus, .description,
            ]
        case .recording:
            [
                .docCode, .maintenance, .typeMedia, .archivesNumber, .inforSign, .eventName,
                .movieTitle, .recorder,
                .recordPlace, .recordDate, .language, .playTime, .docAttached, .mode, .quality,
                .format, .riskRecovery,
                .riskRecoveryStatus, .description,
            ]
        }
    }
}

/// A document (`tài liệu`) of a dossier: its description in canonical form and the file that is its content.
package struct Document: Sendable {
    package let kind: DocumentKind
    package let fields: DocumentFields
    /// Where the file lies below the dossier's folder.
    package let file: RelativePath
    package let size: Int64
    /// Last change of the file's content when it was examined.
    package let modified: Instant
    package let format: FormatIdentification
    /// Tells, at the moment of reading, whether the file is still the one that was examined.
    package let stamp: FileStamp

    package init(
        kind: DocumentKind, fields: DocumentFields, file: RelativePath, size: Int64,
        modified: Instant,
        format: FormatIdentification, stamp: FileStamp
    ) {
        self.kind = kind
        self.fields = fields
        self.file = file
        self.size = size
        self.modified = modified
        self.format = format
        self.stamp = stamp
    }

    /// Position in the dossier, counted from 1.
    package var ordinal: Int { Int(fields[.docOrdinal, default: ""]) ?? 0 }
}

/// What the file system said of a file when it was examined; any difference later means that it changed.
package struct FileStamp: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64
    /// Nanoseconds since 1970 of the last change of anything about the file.
    package let changed: Int64

    package init(device: UInt64, inode: UInt64, changed: Int64) {
        self.device = device
        self.inode = inode
        self.changed = changed
    }
}

/// What format a file is, and how far that is certain (PREMIS 3.0 `format`).
package struct FormatIdentification: Hashable, Sendable {
    /// How far the identification reaches.
    package enum Basis: String, Sendable {
        /// The bytes carry the format's signature.
        case signature
        /// Only the name says so.
        case name
        case unknown
    }

    /// `Portable Document Format`, as PRONOM names it; `unknown` when nothing is known.
    package let name: String
    package let version: String?
    /// PRONOM's identifier, only when certain.
    package let puid: String?
    package let mimeType: String
    package let basis: Basis

    /// What is said of a file of which nothing is known.
    package static let unknown = FormatIdentification(
        name: "unknown", version: nil, puid: nil, mimeType: "application/octet-stream",
        basis: .unknown)

    package init(name: String, version: String?, puid: String?, mimeType: String, basis: Basis) {
        self.name = name
        self.version = version
        self.puid = puid
        self.mimeType = mimeType
        self.basis = basis
    }
}

/// A dossier with its documents in order, ready to be packaged; documents are read one at a time.
package protocol ArrangedDossier {
    var dossier: Dossier { get }
    var documentCount: Int { get }
    /// Gives each document in its order.
    func forEachDocument(_ body: (Document) throws -> Void) throws
}
