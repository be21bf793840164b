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

    /// Where this version puts a file of its own that the first version has under the given path (`docs/bundle.md`).
    package func own(_ path: String) -> String {
        guard version > 1 else { return path }
        let name = path.split(separator: "/").last.map { String($0) } ?? path
        let stem = name.prefix { $0 != "." }
        return path.dropLast(name.utf8.count) + stem + "_v\(version)" + name.dropFirst(stem.count)
    }

    /// Where this version puts the files it brings, below a folder of such files.
    package func ownFolder(_ folder: String) -> String {
        version > 1 ? folder + "v\(version)/" : folder
    }

    /// The layout of another version of the same object.
    package func at(_ version: Int) -> BundleLayout {
        BundleLayout(object: object, version: version)
    }

    /// `representations/rep1/`, the folder of a representation.
    package static func representation(_ name: String) -> String { "representations/\(name)/" }

    /// PREMIS of a representation, below its folder.
    package static func preservation(of representation: String) -> String {
        "metadata/preservation/PREMIS_\(representation).xml"
    }

    /// More versions than any dossier has; a name that says more is no bundle's.
    package static let mostVersions = 9_999
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

    /// Whether an entry is the METS of the package or of a representation, which every version may write anew.
    static func isMETS(_ entry: RelativePath) -> Bool {
        let parts = entry.text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.last == "METS.xml"
            && (parts.count == 2 || parts.count == 4 && parts[1] == "representations")
    }

    /// The file name of a document's description: `EAD_doc_0000001.xml`.
    package static func descriptionName(_ kind: DocumentKind, ordinal: Int) -> String {
        "EAD_\(kind.rawValue)_\(CivilTime.padded(ordinal, 7)).xml"
    }
}
