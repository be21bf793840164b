import Files
import Network
import Records
import Storage
import SystemPackage

extension Archive {
    /// The copy store in a bucket; what comes into a vault now is locked from now on.
    func bucketStore(
        _ location: StoreEntry.BucketLocation, lockDays: Int?
    ) throws -> BucketStore {
        guard let address = S3Address(location.text),
            let endpoint = S3Endpoint(location.endpoint, region: location.region)
        else { throw ArchiveFailure(.storeAddress, subject: location.text) }
        let credentials = try bucketCredentials(location)
        let client = S3Client(
            address, connection: S3Connection(endpoint, credentials: credentials),
            pace: S3Pace(sleep: { [world] in world.pause($0) }),
            check: { [world] in try world.stopIfInterrupted() })
        let until = lockDays.map {
            Instant(seconds: world.now().seconds + Int64($0) * 86_400)
        }
        return BucketStore(client, lockedUntil: until, volume: world.volume)
    }

    private func bucketCredentials(_ location: StoreEntry.BucketLocation) throws -> S3Credentials {
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
}
