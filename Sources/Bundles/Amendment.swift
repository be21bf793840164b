package import Records
package import SystemPackage

/// What a later state changes in a dossier; all that it does not name stays as it is (`docs/bundle.md`).
package struct Amendment {
    /// A document that is there already and gets a new description, and possibly a new file.
    package struct Change: Sendable {
        package let kind: DocumentKind
        package let ordinal: Int
        /// The whole new description.
        package let fields: DocumentFields
        /// The version whose tar holds the description so far.
        package let describedIn: Int
        /// Where the document's file so far lies, below the package's folder.
        package let path: String

        package init(
            kind: DocumentKind, ordinal: Int, fields: DocumentFields, describedIn: Int,
            path: String
        ) {
            self.kind = kind
            self.ordinal = ordinal
            self.fields = fields
            self.describedIn = describedIn
            self.path = path
        }
    }

    /// A document whose file gives way to another.
    package struct Supersession {
        package let change: Change
        /// The document with its new file.
        package let document: Document
        /// The folder that the file's path counts from.
        package let folder: FilePath

        package init(change: Change, document: Document, folder: FilePath) {
            self.change = change
            self.document = document
            self.folder = folder
        }
    }

    /// Documents that come to the dossier, with the list that describes them.
    package struct Addition {
        package let documents: any ArrangedDossier
        package let folder: FilePath
        package let received: [SourceFile]

        package init(
            documents: any ArrangedDossier, folder: FilePath, received: [SourceFile]
        ) {
            self.documents = documents
            self.folder = folder
            self.received = received
        }
    }

    /// Files made from a document by a tool, in a representation of their own.
    package struct Migration {
        /// `rep2`, `rep3`, …
        package let representation: String
        package let isNew: Bool
        package let source: Change
        /// Each derived file as a document with the source's description.
        package let files: [Document]
        package let folder: FilePath
        package let tool: String

        package init(
            representation: String, isNew: Bool, source: Change, files: [Document],
            folder: FilePath, tool: String
        ) {
            self.representation = representation
            self.isNew = isNew
            self.source = source
            self.files = files
            self.folder = folder
            self.tool = tool
        }
    }

    /// The dossier as it now is described.
    package let dossier: Dossier
    package let isDescriptionNew: Bool
    package let isArrangementNew: Bool
    package let described: [Change]
    package let superseded: [Supersession]
    package let added: Addition?
    package let migrated: Migration?
    /// The PREMIS event type of the change.
    package let event: String
    /// Why, in the words of the person who did it.
    package let reason: String

    package init(
        dossier: Dossier, isDescriptionNew: Bool, isArrangementNew: Bool, described: [Change],
        superseded: [Supersession], added: Addition?, migrated: Migration?, event: String,
        reason: String
    ) {
        self.dossier = dossier
        self.isDescriptionNew = isDescriptionNew
        self.isArrangementNew = isArrangementNew
        self.described = described
        self.superseded = superseded
        self.added = added
        self.migrated = migrated
        self.event = event
        self.reason = reason
    }

    /// Whether the first representation changes.
    var touchesDocuments: Bool { !described.isEmpty || !superseded.isEmpty || added != nil }
}
