import Cryptography
import Network
package import Records

/// Whether a bucket keeps what was there before.
package enum S3Versioning: String, Sendable {
    case enabled = "Enabled"
    case suspended = "Suspended"
    case off = ""
}

extension S3Client {
    /// Whether the bucket keeps versions; the first question to a store, since it needs no object.
    package func versioning() throws -> S3Versioning {
        let response = try send(.get, bucket, [("versioning", "")])
        let answer = try document(response, bucket, root: "VersioningConfiguration")
        guard let versioning = S3Versioning(rawValue: answer["Status"] ?? "") else {
            throw strange(response, bucket)
        }
        return versioning
    }

    /// Whether versions in the bucket can be locked.
    package func hasObjectLock() throws -> Bool {
        do {
            let response = try send(.get, bucket, [("object-lock", "")])
            return try document(response, bucket, root: "ObjectLockConfiguration")[
                "ObjectLockEnabled"] == "Enabled"
        } catch let failure as S3Failure where failure.code == Self.noLocks {
            return false
        }
    }

    private static let noLocks = "ObjectLockConfigurationNotFoundError"
    private static let noLock = "NoSuchObjectLockConfiguration"

    /// The lock of a version, or of the latest; nil when it has none.
    package func lock(of path: RelativePath, version: String?) throws -> S3Lock? {
        let target = target(path)
        do {
            let response = try send(
                .get, target, [("retention", "")] + Self.versioned(version))
            let answer = try document(response, target, root: "Retention")
            guard let mode = answer["Mode"] else { return nil }
            guard let mode = S3Lock.Mode(rawValue: mode),
                let until = answer["RetainUntilDate"].flatMap({ Instant($0) })
            else { throw strange(response, target) }
            return S3Lock(mode: mode, until: until)
        } catch let failure as S3Failure where [Self.noLock, Self.noLocks].contains(failure.code) {
            // SeaweedFS says of a version without a lock that the bucket has none.
            return nil
        }
    }

    /// Locks a version until a later time; a store refuses to shorten a lock of the second kind.
    package func prolong(_ path: RelativePath, version: String?, to lock: S3Lock) throws {
        let text =
            "<Retention xmlns=\"\(Self.namespace)\"><Mode>\(lock.mode.rawValue)</Mode>"
            + "<RetainUntilDate>\(lock.until.utcSecondsText)</RetainUntilDate></Retention>"
        let body = Array(text.utf8)
        let digest = Hasher.digest(.sha256, of: body)
        _ = try send(
            .put, target(path), [("retention", "")] + Self.versioned(version),
            headers: Self.content(digest) + [("x-amz-sdk-checksum-algorithm", "SHA256")],
            body: .bytes(body), payload: Hexadecimal.text(of: digest))
    }
}
