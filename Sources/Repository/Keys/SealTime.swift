import Files
import Records
import Storage

/// Whether a version of a dossier is proved to have been there before an instant.
struct SealTime {
    let store: StoreLayout
    let volume: any Volume

    /// Evidence that proves it; without time-stamps nothing does, and what a seal says of its hour proves nothing.
    func provenBefore(_ object: ObjectIdentifier, version: Int, _ instant: Instant) throws -> Bool {
        false
    }
}
