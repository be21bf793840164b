package import Records
package import SystemPackage

/// What a person asks to be changed in an archived dossier.
package struct AmendRequest: Sendable {
    /// A file that comes from outside in the place of a document's.
    package struct Supersession: Sendable {
        package let document: String
        package let file: FilePath

        package init(document: String, file: FilePath) {
            self.document = document
            self.file = file
        }
    }

    /// A derivation: files of the added folder were made from a document by a tool.
    package struct Derivation: Sendable {
        package let representation: String
        package let document: String
        package let tool: String

        package init(representation: String, document: String, tool: String) {
            self.representation = representation
            self.document = document
            self.tool = tool
        }
    }

    /// Identifier or code of the dossier.
    package let dossier: String
    /// `FIELD=VALUE`, of the document where one is named, else of the dossier.
    package var sets: [String] = []
    package var document: String?
    package var folder: FilePath?
    package var supersessions: [Supersession] = []
    package var derivation: Derivation?
    package let reason: String

    package init(dossier: String, reason: String) {
        self.dossier = dossier
        self.reason = reason
    }
}

/// One thing in which two states of a dossier differ.
package struct StateChange: Hashable, Sendable {
    /// What happened to it.
    package enum Kind: String, Sendable, CaseIterable {
        /// An element of the dossier or of a document has another value.
        case field
        /// A document came.
        case added
        /// A document's file gave way to another.
        case superseded
        /// A file was made from a document.
        case derived
    }

    package let kind: Kind
    /// Ordinal of the document; nil for the dossier itself.
    package let document: Int?
    /// The element, or the file's name.
    package let element: String
    package let before: String
    package let after: String

    package init(_ kind: Kind, document: Int?, element: String, before: String, after: String) {
        self.kind = kind
        self.document = document
        self.element = element
        self.before = before
        self.after = after
    }
}

/// What became of a request to change a dossier.
package struct AmendOutcome: Sendable {
    package let object: ObjectIdentifier
    /// The version that was made; nil after a dry run or a rejection.
    package let version: Int?
    package let changes: [StateChange]
    package let bytes: Int64
    package let sha512: Digest?
    package let findings: [Finding]
    package let isRejected: Bool
}
