package import Records

/// A file that a tool made from a document, in a representation of its own.
package struct CatalogedRendition: Hashable, Sendable {
    package let path: RelativePath
    /// `rep2`, `rep3`, …
    package let representation: String
    /// Archival code of the document it was made from.
    package let code: String
    package let originalName: String
    /// The version whose tar holds the file.
    package let tarVersion: Int
    package let offset: Int64
    package let size: Int64
    package let sha256: Digest
    package let mimeType: String
    package let puid: String?

    package init(
        path: RelativePath, representation: String, code: String, originalName: String,
        tarVersion: Int, offset: Int64, size: Int64, sha256: Digest, mimeType: String,
        puid: String?
    ) {
        self.path = path
        self.representation = representation
        self.code = code
        self.originalName = originalName
        self.tarVersion = tarVersion
        self.offset = offset
        self.size = size
        self.sha256 = sha256
        self.mimeType = mimeType
        self.puid = puid
    }
}
