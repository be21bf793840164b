import Files
import Network
import Records
import Storage
import SystemPackage

/// Where stores are: in a folder, or in a bucket, which is asked with the credentials that its line names.
extension ArchiveLayout {
    /// The store behind an address; what comes into a vault now is locked from now on.
    func copyStore(
        _ location: StoreEntry.Location, lockDays: Int?, over connections: BucketConnections,
        in world: World
    ) throws -> any CopyStore {
        switch location {
        case .folder(let path):
            DirectoryStore(root: place(ofCopy: path), volume: world.volume)
        case .bucket(let bucket):
            try bucketStore(bucket, lockDays: lockDays, over: connections, in: world)
        }
    }

    private func bucketStore(
        _ location: StoreEntry.BucketLocation, lockDays: Int?,
        over connections: BucketConnections, in world: World
    ) throws -> BucketStore {
        guard let address = S3Address(location.text),
            let endpoint = S3Endpoint(
                location.endpoint, region: location.region, firstTimeout: world.firstAnswer)
        else { throw ArchiveFailure(.storeAddress, subject: location.text) }
        let credentials = try bucketCredentials(location, in: world)
        let client = S3Client(
            address,
            connection: connections.connection(to: address.bucket, at: endpoint, credentials),
            pace: S3Pace(sleep: { [world] in world.pause($0) }),
            check: { [world] in try world.stopIfInterrupted() })
        let until = lockDays.map {
            Instant(seconds: world.now().seconds + Int64($0) * 86_400)
        }
        return BucketStore(client, lockedUntil: until, volume: world.volume)
    }

    private func bucketCredentials(
        _ location: StoreEntry.BucketLocation, in world: World
    ) throws -> S3Credentials {
        let file = place(ofCopy: location.credentials)
        do {
            return try S3Credentials.read(file, volume: world.volume)
        } catch let failure as FileFailure {
            throw CopyStoreFailure(
                .credentials, subject: file.string, failure.errno.description)
        } catch is S3Failure {
            throw CopyStoreFailure(.credentials, subject: file.string)
        }
    }

    /// Whether a failure of a disk is one of a copy's, so that the archive itself is none the worse.
    func isOfCopy(_ failure: FileFailure, _ entry: StoreEntry) -> Bool {
        switch entry.location {
        case .folder(let path): failure.path.starts(with: place(ofCopy: path))
        case .bucket(let bucket): failure.path.starts(with: FilePath(bucket.text))
        }
    }
}
