package import Records

/// The names of a bundle's files and of the entries in its tar (`design.md` §4.3, TT 05/2025 Annex I).
package struct BundleLayout: Hashable, Sendable {
    package let object: ObjectIdentifier
    package let version: Int

    package init(object: ObjectIdentifier, version: Int) {
        self.object = object
        self.version = version
    }

    /// The stem of the version's files: `urn_uuid_{UUID}.v1`.
    package var stem: String { object.fileName + ".v\(version)" }
    package var tar: String { stem + ".tar" }
    package var segments: String { stem + ".segments" }
    package var sums: String { stem + ".sums" }
    package var seal: String { stem + ".sums.p7s" }

    /// An entry of the tar: everything lies under one folder named after the object.
    package func entry(_ path: String) -> RelativePath {
        RelativePath(object.fileName + "/" + path)
    }

    package static let mets = "METS.xml"
    package static let readMe = "documentation/README.txt"
    package static let description = "metadata/descriptive/EAD.xml"
    package static let arrangement = "metadata/other/arrangement.xml"
    package static let received = "metadata/other/received/"
    package static let preservation = "metadata/preservation/PREMIS.xml"
    package static let representation = "representations/rep1/"
    package static let representationMETS = "METS.xml"
    package static let data = "data/"
    package static let representationDescription = "metadata/descriptive/"
    package static let representationPreservation = "metadata/preservation/PREMIS_rep1.xml"

    /// The file name of a document's description: `EAD_doc_0000001.xml`.
    package static func descriptionName(_ kind: DocumentKind, ordinal: Int) -> String {
        "EAD_\(kind.rawValue)_\(CivilTime.padded(ordinal, 7)).xml"
    }
}
