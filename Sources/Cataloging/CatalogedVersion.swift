package import Records

/// One version of a dossier as the store holds it (`docs/design.md` §4.3).
package struct CatalogedVersion: Hashable, Sendable {
    package let object: ObjectIdentifier
    package let version: Int
    package let dossier: Dossier
    package let documentCount: Int
    package let pageCount: Int?
    /// Bytes of the documents' files together.
    package let payloadBytes: Int64
    package let tarName: String
    package let tarBytes: Int64
    package let tarSHA512: Digest
    /// SHA-512 of the OCFL inventory that has this version as its head.
    package let inventorySHA512: Digest
    package let packagedAt: Instant
    /// Who packaged it: an account identifier, never a name.
    package let agent: String
    /// Where the OCFL object stands below the store's folder.
    package let objectPath: String

    package init(
        object: ObjectIdentifier, version: Int, dossier: Dossier, documentCount: Int,
        pageCount: Int?,
        payloadBytes: Int64, tarName: String, tarBytes: Int64, tarSHA512: Digest,
        inventorySHA512: Digest,
        packagedAt: Instant, agent: String, objectPath: String
    ) {
        self.object = object
        self.version = version
        self.dossier = dossier
        self.documentCount = documentCount
        self.pageCount = pageCount
        self.payloadBytes = payloadBytes
        self.tarName = tarName
        self.tarBytes = tarBytes
        self.tarSHA512 = tarSHA512
        self.inventorySHA512 = inventorySHA512
        self.packagedAt = packagedAt
        self.agent = agent
        self.objectPath = objectPath
    }
}
