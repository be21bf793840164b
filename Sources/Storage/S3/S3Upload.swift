import Cryptography
package import Files
import Foundation
import Network
package import Records

/// How a large object is cut into parts.
package struct S3Parts: Hashable, Sendable {
    /// An object of at most so many bytes is put in one piece.
    package let largestPiece: Int64

    /// S3 takes 10,000 parts; a few are left for stores that count otherwise.
    static let mostParts: Int64 = 9_000
    private static let unit: Int64 = 1 << 20

    package init(largestPiece: Int64 = 64 << 20) { self.largestPiece = largestPiece }

    /// The size of every part but the last.
    func partSize(of size: Int64) -> Int64 {
        let least = (size + Self.mostParts - 1) / Self.mostParts
        return max(largestPiece, (least + Self.unit - 1) / Self.unit * Self.unit)
    }
}

/// A range of a file on its way into an object store: read once for its digests, then once to be sent.
struct S3Upload {
    let client: S3Client
    let source: any ReadableFile
    let start: Int64
    let size: Int64
    let target: S3Client.Target
    let terms: S3Terms
    private let buffer = WorkBuffer(count: 1 << 20)
    private let whole: Hasher?
    private let expected: Digest?

    init(
        _ client: S3Client, _ source: any ReadableFile, at start: Int64, size: Int64,
        _ target: S3Client.Target, expecting expected: Digest?, _ terms: S3Terms
    ) {
        self.client = client
        self.source = source
        self.start = start
        self.size = size
        self.target = target
        self.expected = expected
        self.terms = terms
        whole = expected == nil ? nil : Hasher(.sha512)
    }

    /// Sends all of it in one request.
    func putWhole() throws -> S3Stored {
        let digest = try sha256(0, size)
        try prove()
        return try client.put(
            body(0, size), size: size, sha256: digest, target, terms, sha512: expected)
    }

    /// Sends it in parts; the object appears with the last request, or nothing of it stays.
    func putParts(of partSize: Int64) throws -> S3Stored {
        let begun = try begin()
        do {
            var parts: [Part] = []
            var offset: Int64 = 0
            while offset < size {
                let count = min(partSize, size - offset)
                parts.append(try put(part: parts.count + 1, of: begun, offset, count))
                offset += count
            }
            try prove()
            return try complete(begun, parts)
        } catch {
            // What this cannot remove is found and removed when a later run begins.
            _ = try? client.sendLast(.delete, target, "uploadId", begun)
            throw error
        }
    }

    private struct Part {
        let etag: String
        let sha256: [UInt8]
    }

    private func begin() throws -> String {
        let headers: [(name: String, value: String)] = [
            ("Content-Type", "application/octet-stream"), ("x-amz-checksum-algorithm", "SHA256"),
        ]
        let response = try client.send(
            .post, target, [("uploads", "")], headers: headers + terms.lockHeaders)
        let answer = try client.document(response, target, root: "InitiateMultipartUploadResult")
        guard let name = answer["UploadId"], S3Client.isPlain(name) else {
            throw client.strange(response, target)
        }
        return name
    }

    private func put(part number: Int, of upload: String, _ offset: Int64, _ count: Int64) throws
        -> Part
    {
        let digest = try sha256(offset, count)
        let response = try client.send(
            .put, target, [("partNumber", String(number)), ("uploadId", upload)],
            headers: S3Client.content(digest), body: body(offset, count),
            payload: Hexadecimal.text(of: digest))
        guard let etag = response.head["etag"].map({ $0.filter { $0 != "\"" } }),
            S3Client.isPlain(etag)
        else { throw client.strange(response, target) }
        return Part(etag: etag, sha256: digest)
    }

    private func complete(_ upload: String, _ parts: [Part]) throws -> S3Stored {
        var isRetried = false
        do {
            let version = try client.patiently({ isRetried = true }) {
                try completeOnce(upload, Array(Self.document(of: parts).utf8))
            }
            return S3Stored(size: size, version: version, sha512: expected)
        } catch let failure as S3Failure where isRetried && failure.isSettled {
            // Of several parts the store keeps a checksum of their checksums.
            let digest = Hasher.digest(.sha256, of: parts.flatMap(\.sha256))
            let checksum = Data(digest).base64EncodedString() + "-\(parts.count)"
            return try client.own(target, size: size, checksum: checksum, expected, failure)
        }
    }

    private func completeOnce(_ upload: String, _ body: [UInt8]) throws -> String? {
        let request = S3Request(
            .post, bucket: client.address.bucket, key: target.key,
            parameters: [("uploadId", upload)],
            headers: [("Content-Type", "application/xml")]
                + (terms.isFirst ? [S3Terms.condition] : []),
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
            "<Part><PartNumber>\(index + 1)</PartNumber><ETag>&quot;\(part.etag)&quot;</ETag>"
                + "<ChecksumSHA256>\(Data(part.sha256).base64EncodedString())</ChecksumSHA256></Part>"
        }
        return "<CompleteMultipartUpload xmlns=\"\(S3Client.namespace)\">" + list.joined()
            + "</CompleteMultipartUpload>"
    }

    /// SHA-256 of a piece; its bytes go into the digest of the whole too.
    private func sha256(_ offset: Int64, _ count: Int64) throws -> [UInt8] {
        let hasher = Hasher(.sha256)
        var done: Int64 = 0
        while done < count {
            try client.check()
            let room = buffer.prefix(Int(min(Int64(buffer.bytes.count), count - done)))
            let got = try read(room, offset + done)
            let piece = UnsafeRawBufferPointer(rebasing: room[..<got])
            hasher.update(piece)
            whole?.update(piece)
            done += Int64(got)
        }
        return hasher.finalizeAndReset()
    }

    private func prove() throws {
        guard let expected, let whole else { return }
        guard let found = Digest(.sha512, bytes: whole.finalizeAndReset()) else {
            preconditionFailure("SHA-512 gives 64 bytes")
        }
        guard found == expected else {
            throw FileCopy.SourceFailure.different(found: found, size: size)
        }
    }

    private func body(_ offset: Int64, _ count: Int64) -> S3Request.Body {
        .pieces(count) { room, place in try read(room, offset + place) }
    }

    /// Reads some of the source, which must not have become shorter.
    private func read(_ room: UnsafeMutableRawBufferPointer, _ offset: Int64) throws -> Int {
        do {
            let count = try source.fill(room, at: start + offset)
            guard count == room.count else { throw S3Failure(.checksum, subject: target.subject) }
            return count
        } catch let failure as FileFailure {
            throw FileCopy.SourceFailure.unreadable(failure)
        }
    }
}

extension S3Client {
    static let namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

    /// Puts a range of an open file, of which never more than a piece is held in memory.
    ///
    /// With a digest to expect, nothing appears in the store when the file is no longer that; it is a `FileCopy.SourceFailure`.
    package func put(
        _ source: any ReadableFile, at start: Int64 = 0, size: Int64, as path: RelativePath,
        expecting expected: Digest?, _ terms: S3Terms = S3Terms(), parts: S3Parts = S3Parts()
    ) throws -> S3Stored {
        let upload = S3Upload(
            self, source, at: start, size: size, target(path), expecting: expected, terms)
        guard size > parts.largestPiece else { return try upload.putWhole() }
        return try upload.putParts(of: parts.partSize(of: size))
    }
}
