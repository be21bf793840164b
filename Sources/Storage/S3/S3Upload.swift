import Cryptography
package import Files
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
    private let progress: (Int) throws -> Void

    init(
        _ client: S3Client, _ source: any ReadableFile, at start: Int64, size: Int64,
        _ target: S3Client.Target, expecting expected: Digest?, _ terms: S3Terms,
        progress: @escaping (Int) throws -> Void
    ) {
        self.progress = progress
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
        let upload = try S3Multipart(client, target, terms, checksums: true)
        do {
            var parts: [S3Multipart.Part] = []
            var offset: Int64 = 0
            while offset < size {
                let count = min(partSize, size - offset)
                let digest = try sha256(offset, count)
                try parts.append(
                    upload.put(parts.count + 1, body(offset, count), sha256: digest))
                offset += count
            }
            try prove()
            return try upload.complete(parts, size: size, sha512: expected)
        } catch {
            upload.end()
            throw error
        }
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
            try progress(got)
        }
        return hasher.finalizeAndReset()
    }

    private func prove() throws {
        guard let expected, let whole else { return }
        let found = Digest(sha512: whole.finalizeAndReset())
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
        expecting expected: Digest?, _ terms: S3Terms = S3Terms(), parts: S3Parts = S3Parts(),
        progress: @escaping (Int) throws -> Void = { _ in }
    ) throws -> S3Stored {
        let upload = S3Upload(
            self, source, at: start, size: size, target(path), expecting: expected, terms,
            progress: progress)
        guard size > parts.largestPiece else { return try upload.putWhole() }
        return try upload.putParts(of: parts.partSize(of: size))
    }

    /// Adds bytes at the end of an object of a known size: a large one is joined in the store, a small one sent again.
    ///
    /// It is refused when the object was changed meanwhile: nothing that somebody else added is lost.
    package func append(
        _ bytes: [UInt8], to path: RelativePath, at size: Int64, lock: S3Lock?
    ) throws -> S3Stored {
        try replaceEnd(of: path, holding: size, after: size, with: bytes, lock: lock)
    }

    /// The first bytes of an object as parts of a new one; they pass through here, a piece after another.
    ///
    /// A copy of a range needs a header whose name continues another's, and libcurl 7.88 signs those two in the wrong order.
    private func sendAgain(
        _ path: RelativePath, first count: Int64, of facts: S3Facts?, in upload: S3Multipart
    ) throws -> [S3Multipart.Part] {
        var parts: [S3Multipart.Part] = []
        var start: Int64 = 0
        while start < count {
            // A last piece that were too small for a part goes with the one before.
            let left = count - start
            let length = left < 2 * Self.smallestPart ? left : Self.smallestPart
            var piece: [UInt8] = []
            let range = start..<(start + length)
            try get(path, range, version: facts?.version, etag: facts?.etag) { piece += $0 }
            let digest = Hasher.digest(.sha256, of: piece)
            parts.append(try upload.put(parts.count + 1, .bytes(piece), sha256: digest))
            start += length
        }
        return parts
    }

    /// The same where what stands behind a place of the object gives way to the bytes.
    func replaceEnd(
        of path: RelativePath, holding size: Int64, after place: Int64, with bytes: [UInt8],
        lock: S3Lock?
    ) throws -> S3Stored {
        let target = target(path)
        let facts = try facts(of: path)
        guard facts?.size ?? 0 == size else {
            throw S3Failure(.condition, subject: target.subject)
        }
        let terms = S3Terms(replacing: facts, lock: lock)
        guard place >= Self.smallestPart else {
            var whole: [UInt8] = []
            if let facts, place > 0 {
                try get(path, 0..<place, version: facts.version, etag: facts.etag) { whole += $0 }
            }
            return try put(whole + bytes, as: path, terms)
        }
        let upload = try S3Multipart(self, target, terms, checksums: false)
        do {
            var parts =
                place == size
                ? [try upload.copyOwn(1)]
                : try sendAgain(path, first: place, of: facts, in: upload)
            if !bytes.isEmpty {
                let digest = Hasher.digest(.sha256, of: bytes)
                parts.append(
                    try upload.put(parts.count + 1, .bytes(bytes), sha256: digest))
            }
            // Not every store heeds conditions.
            guard try self.facts(of: path)?.size == size else {
                throw S3Failure(.condition, subject: target.subject)
            }
            return try upload.complete(parts, size: place + Int64(bytes.count), sha512: nil)
        } catch {
            upload.end()
            throw error
        }
    }

    /// Every part but the last has at least so many bytes.
    private static let smallestPart: Int64 = 5 << 20
}
