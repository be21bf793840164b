import Cryptography
import Foundation
import Network
package import Records

/// On which terms an object is put.
package struct S3Terms: Hashable, Sendable {
    /// Whether it is refused when there is already one of the name.
    package let isFirst: Bool
    /// The ETag of the only state that it may replace; nil where any may be replaced.
    package let replaced: String?
    package let lock: S3Lock?

    package init(isFirst: Bool = false, lock: S3Lock? = nil) {
        self.isFirst = isFirst
        replaced = nil
        self.lock = lock
    }

    /// Terms of what comes in the place of what was seen there, and of nothing else; nil when nothing was seen.
    package init(replacing facts: S3Facts?, lock: S3Lock?) {
        isFirst = facts == nil
        replaced = facts?.etag
        self.lock = lock
    }

    /// What is refused when another was quicker.
    var conditions: [(name: String, value: String)] {
        if isFirst { return [("If-None-Match", "*")] }
        guard let replaced else { return [] }
        return [("If-Match", replaced)]
    }

    var lockHeaders: [(name: String, value: String)] { lock?.headers ?? [] }
    var headers: [(name: String, value: String)] { lockHeaders + conditions }
}

/// What an object store says of what was put.
package struct S3Stored: Hashable, Sendable {
    package let size: Int64
    /// Nil in a bucket without versions.
    package let version: String?
    /// SHA-512 of what was sent, where it was to be proved.
    package let sha512: Digest?
}

extension S3Client {
    /// Puts bytes at hand; the store compares their SHA-256.
    package func put(_ bytes: [UInt8], as path: RelativePath, _ terms: S3Terms = S3Terms()) throws
        -> S3Stored
    {
        try put(
            .bytes(bytes), size: Int64(bytes.count), sha256: Hasher.digest(.sha256, of: bytes),
            target(path), terms, sha512: nil)
    }

    /// Puts a body in one request.
    func put(
        _ body: S3Request.Body, size: Int64, sha256: [UInt8], _ target: Target, _ terms: S3Terms,
        sha512: Digest?
    ) throws -> S3Stored {
        var isRetried = false
        do {
            let response = try send(
                .put, target, headers: Self.content(sha256) + terms.headers, body: body,
                payload: Hexadecimal.text(of: sha256), isRetried: { isRetried = true })
            return S3Stored(size: size, version: try version(response, target), sha512: sha512)
        } catch let failure as S3Failure where isRetried && failure.isSettled {
            return try own(
                target, size: size, checksum: Data(sha256).base64EncodedString(), sha512, failure)
        }
    }

    /// What an earlier try had put though its answer was lost: the object whose checksum is that of the bytes sent.
    func own(
        _ target: Target, size: Int64, checksum: String, _ sha512: Digest?, _ failure: S3Failure
    ) throws -> S3Stored {
        let response = try send(.head, target, headers: Self.checksums)
        guard response.head["x-amz-checksum-sha256"] == checksum,
            response.head["content-length"] == String(size)
        else { throw failure }
        return S3Stored(size: size, version: try version(response, target), sha512: sha512)
    }

    /// Copies an object to another name; only what the store will not copy at once passes through here.
    func copy(_ path: RelativePath, _ facts: S3Facts, to name: RelativePath, parts: S3Parts) throws
    {
        guard facts.size <= Self.largestCopy else {
            guard let reader = try S3ObjectReader(self, path) else { return }
            _ = try put(
                reader, size: facts.size, as: name, expecting: nil, S3Terms(isFirst: true),
                parts: parts)
            return
        }
        let target = target(name)
        let response = try send(
            .put, target, headers: [("x-amz-copy-source", copySource(self.target(path)))])
        let answer = try document(response, target, root: "CopyObjectResult", "Error")
        guard answer.name != "Error" else { throw S3Failure(response, subject: target.subject) }
    }

    /// S3 copies no larger object in one request.
    private static let largestCopy: Int64 = 5 << 30

    func copySource(_ target: Target) -> String {
        "/" + address.bucket + "/" + PercentEncoding.encoded(target.key, keepsSlash: true)
    }

    /// The headers of bytes whose SHA-256 the store is to compare.
    static func content(_ sha256: [UInt8]) -> [(name: String, value: String)] {
        [
            ("Content-Type", "application/octet-stream"),
            ("x-amz-checksum-sha256", Data(sha256).base64EncodedString()),
        ]
    }
}

extension S3Failure {
    /// Whether a request that was sent twice may have failed because the first one did its work.
    var isSettled: Bool { reason == .missing || reason == .condition }
}
