import Records

/// A file that stands in the tar, as METS names it.
struct PackagedFile {
    /// Path below the METS that names it.
    let href: String
    let size: Int64
    let sha256: Digest
    let created: Instant
    let mimeType: String
}

/// A metadata file that stands in the tar, as `mdRef` names it.
struct PackagedMetadata {
    /// The METS vocabulary's type, or `OTHER`.
    let type: StaticString
    /// The type's name where `type` is `OTHER`.
    let otherType: StaticString?
    let version: StaticString?
    let file: PackagedFile
}
