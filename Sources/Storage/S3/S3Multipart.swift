import Cryptography
import Foundation
import Network
import Records

/// An upload in parts that an object store keeps until it is completed or ended.
struct S3Multipart {
    let client: S3Client
    let target: S3Client.Target
    private let terms: S3Terms
    private let name: String

    /// A part that the store has, as the last request names it.
    struct Part {
        let etag: String
        /// Nil where the store made the part of an object it has.
        let sha256: [UInt8]?
    }

    /// Begins one; with `checksums` the object will have a checksum of those of its parts.
    init(
        _ client: S3Client, _ target: S3Client.Target, _ terms: S3Terms, checksums: Bool
    ) throws {
        let algorithm = [(name: "x-amz-checksum-algorithm", value: "SHA256")]
        let response = try client.send(
            .post, target, [("uploads", "")],
            headers: [("Content-Type", "application/octet-stream")]
                + (checksums ? algorithm : []) + terms.lockHeaders)
        let answer = try client.document(response, target, root: "InitiateMultipartUploadResult")
        guard let name = answer["UploadId"], S3Client.isPlain(name) else {
            throw client.strange(response, target)
        }
        self.client = client
        self.target = target
        self.terms = terms
        self.name = name
    }

    /// Ends it; what this cannot remove is found and removed when a later run begins.
    func end() { _ = try? client.sendLast(.delete, target, "uploadId", name) }

    private func parameters(_ number: Int) -> [(name: String, value: String)] {
        [("partNumber", String(number)), ("uploadId", name)]
    }

    /// Sends the bytes of a part.
    func put(_ number: Int, _ body: S3Request.Body, sha256: [UInt8]) throws -> Part {
        let response = try client.send(
            .put, target, parameters(number), headers: S3Client.content(sha256), body: body,
            payload: Hexadecimal.text(of: sha256))
        return Part(
            etag: try plain(response.head["etag"], response), sha256: sha256)
    }

    /// Makes a part of the object that stands under the same key now; no byte passes through here.
    func copyOwn(_ number: Int) throws -> Part {
        let response = try client.send(
            .put, target, parameters(number),
            headers: [("x-amz-copy-source", client.copySource(target))])
        let answer = try client.document(response, target, root: "CopyPartResult", "Error")
        guard answer.name != "Error" else { throw S3Failure(response, subject: target.subject) }
        return Part(etag: try plain(answer["ETag"], response), sha256: nil)
    }

    private func plain(_ etag: String?, _ response: S3Response) throws -> String {
        guard let etag = etag?.filter({ $0 != "\"" }), S3Client.isPlain(etag) else {
            throw client.strange(response, target)
        }
        return etag
    }

    /// Makes the object appear.
    func complete(_ parts: [Part], size: Int64, sha512: Digest?) throws -> S3Stored {
        let body = Array(Self.document(of: parts).utf8)
        var isRetried = false
        do {
            let version = try client.patiently({ isRetried = true }) { try completeOnce(body) }
            return S3Stored(size: size, version: version, sha512: sha512)
        } catch let failure as S3Failure where isRetried && failure.isSettled {
            let digests = parts.compactMap(\.sha256)
            guard digests.count == parts.count else { throw failure }
            // Of several parts the store keeps a checksum of their checksums.
            let digest = Hasher.digest(.sha256, of: digests.flatMap { $0 })
            let checksum = Data(digest).base64EncodedString() + "-\(parts.count)"
            return try client.own(target, size: size, checksum: checksum, sha512, failure)
        }
    }

    private func completeOnce(_ body: [UInt8]) throws -> String? {
        let request = S3Request(
            .post, bucket: client.address.bucket, key: target.key,
            parameters: [("uploadId", name)],
            headers: [("Content-Type", "application/xml")]
                + terms.conditions,
            body: .bytes(body), payload: Hexadecimal.text(of: Hasher.digest(.sha256, of: body)))
        let response = try client.once(
            request, target.subject, .whole(limit: S3Client.largestAnswer))
        let answer = try client.document(
            response, target, root: "CompleteMultipartUploadResult", "Error")
        // S3 may send 200 first and find out of an error afterwards: then the document says so.
        guard answer.name != "Error" else { throw S3Failure(response, subject: target.subject) }
        return try client.version(response, target)
    }

    private static func document(of parts: [Part]) -> String {
        let list = parts.enumerated().map { index, part in
            let checksum = part.sha256.map {
                "<ChecksumSHA256>\(Data($0).base64EncodedString())</ChecksumSHA256>"
            }
            return
                "<Part><PartNumber>\(index + 1)</PartNumber><ETag>&quot;\(part.etag)&quot;</ETag>"
                + (checksum ?? "") + "</Part>"
        }
        return "<CompleteMultipartUpload xmlns=\"\(S3Client.namespace)\">" + list.joined()
            + "</CompleteMultipartUpload>"
    }
}
