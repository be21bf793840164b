import Files
import Records
import Storage
import SystemPackage

extension Configuration {
    /// Refuses a line of `stores:` that is the primary store once more: one copy would count as two.
    func requireStoresApart(from primary: StoreCard?, _ layout: ArchiveLayout) throws {
        let root = Archive.storeRoot(self, layout).lexicallyNormalized()
        for entry in stores {
            var isPrimary = entry.store == primary?.store
            if case .folder(let path) = entry.location {
                isPrimary = isPrimary || layout.place(ofCopy: path).lexicallyNormalized() == root
            }
            guard !isPrimary else {
                throw ArchiveFailure(
                    .storeIsPrimary, subject: entry.name, ["at": entry.location.text])
            }
        }
    }
}
