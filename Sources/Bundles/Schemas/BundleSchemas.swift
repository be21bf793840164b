import XML

/// The schemas that every bundle carries and that verification uses; they describe our profile only.
enum BundleSchemas {
    /// What a schema is for.
    enum Kind: Hashable, CaseIterable {
        case mets, premis, dossier, document, picture, recording, arrangement

        /// A validator for files of this kind.
        func validator() throws -> SchemaValidator {
            try SchemaValidator(BundleSchemas.text(of: self))
        }
    }

    /// Name and text of each, in the order of the tar.
    static let all: [(name: String, text: String)] = [
        ("EAD.xsd", DossierSchema.text), ("EAD_doc.xsd", DocumentSchema.text),
        ("EAD_media.xsd", RecordingSchema.text), ("EAD_pic.xsd", PictureSchema.text),
        ("METS.xsd", METSSchema.text), ("PREMIS.xsd", PREMISSchema.text),
        ("arrangement.xsd", ArrangementSchema.text),
    ]

    private static func text(of kind: Kind) -> String {
        switch kind {
        case .mets: METSSchema.text
        case .premis: PREMISSchema.text
        case .dossier: DossierSchema.text
        case .document: DocumentSchema.text
        case .picture: PictureSchema.text
        case .recording: RecordingSchema.text
        case .arrangement: ArrangementSchema.text
        }
    }
}
