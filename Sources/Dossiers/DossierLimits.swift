/// What a dossier's folder may hold at most (`docs/dossier-folder.md`).
package struct DossierLimits: Hashable, Sendable {
    package var documents = 200_000
    package var fileSize: Int64 = 1 << 40
    package var depth = 32
    /// Bytes of a path below the folder.
    package var path = 1024
    /// Bytes of `documents.csv`.
    package var list: Int64 = 256 << 20
    package var findings = 1000

    package init() {}
}
