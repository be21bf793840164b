import Files
import Storage
import SystemPackage

/// What lies in a store belongs to it: the repair of another archive would move a store inside its own away.
extension Archive {
    /// Refuses a place inside a store, an OCFL root or another archive.
    func requireOutsideOthers(_ location: StoreEntry.Location) throws {
        let isInside: Bool
        switch location {
        case .folder(let path):
            isInside = try isInsideAnother(place(ofCopy: path).lexicallyNormalized())
        case .bucket(let bucket): isInside = try isInsideAnother(bucket)
        }
        guard !isInside else { throw ArchiveFailure(.storeNotEmpty, subject: location.text) }
    }

    private func isInsideAnother(_ place: FilePath) throws -> Bool {
        // Of the archive itself `stores/` may be used, so its own configuration above is no hindrance.
        let own = try world.volume.status(layout.configuration)
        var folder = place
        while folder.lastComponent != nil {
            folder = folder.removingLastComponent()
            for name in ["store.json", StorageRoot.declarationName] {
                if try world.volume.status(folder.appending(name)) != nil { return true }
            }
            let configuration = folder.appending(ArchiveLayout.configurationName)
            if let found = try world.volume.status(configuration), found != own { return true }
        }
        return false
    }

    /// The same by the keys of every shorter prefix, each of which may be the prefix of a store.
    private func isInsideAnother(_ location: StoreEntry.BucketLocation) throws -> Bool {
        var parts = location.prefix.split(separator: "/")
        while !parts.isEmpty {
            parts.removeLast()
            let above = StoreEntry.BucketLocation(
                bucket: location.bucket, prefix: parts.joined(separator: "/"),
                endpoint: location.endpoint, region: location.region,
                credentials: location.credentials)
            do {
                let store = try copyStore(.bucket(above), lockDays: nil)
                if try store.size(of: "store.json") != nil { return true }
            } catch let failure as CopyStoreFailure where failure.reason == .refused {
                // Keys that see their own prefix alone write nowhere else either.
                continue
            }
        }
        return false
    }
}
