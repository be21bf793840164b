import Network
package import Records

extension S3Client {
    /// Gives the bytes of a range of an object, or of one version of it, in order, as they come.
    ///
    /// When the answer breaks off it is asked for from there on; `etag` refuses an object that changed meanwhile.
    package func get(
        _ path: RelativePath, _ range: Range<Int64>, version: String? = nil, etag: String? = nil,
        _ take: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try withoutActuallyEscaping(take) { take in
            let reading = S3Reading(
                client: self, target: target(path), range: range, version: version, etag: etag)
            do { try reading.run(take) } catch let failure as S3Reading.TakerFailure {
                throw failure.cause
            }
        }
    }

    /// A whole small object; nil when there is none, a failure when it is larger than the limit.
    package func bytes(of path: RelativePath, version: String? = nil, limit: Int) throws
        -> [UInt8]?
    {
        let target = target(path)
        do {
            let response = try send(
                .get, target, Self.versioned(version), taking: .whole(limit: limit))
            guard response.head["content-length"].map({ $0 == String(response.body.count) }) ?? true
            else { throw strange(response, target) }
            return response.body
        } catch let failure as S3Failure where failure.isAbsence {
            return nil
        }
    }
}

/// A range on its way out of an object store.
private final class S3Reading {
    private let client: S3Client
    private let target: S3Client.Target
    private let version: String?
    private let etag: String?
    private let end: Int64
    private var next: Int64

    /// What the receiver of the bytes threw: no reason to ask the store again.
    struct TakerFailure: Error {
        let cause: any Error
    }

    init(
        client: S3Client, target: S3Client.Target, range: Range<Int64>, version: String?,
        etag: String?
    ) {
        self.client = client
        self.target = target
        self.version = version
        self.etag = etag
        next = range.lowerBound
        end = range.upperBound
    }

    func run(_ take: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        while next < end {
            let start = next
            do {
                try client.patiently { try ask(take) }
            } catch let failure as S3Failure where failure.mayRetry && next > start {
                // Some bytes came, so the store is there: the next try has all patience again.
                continue
            }
        }
    }

    /// Asks for what has not come yet.
    private func ask(_ take: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        let range = next..<end
        let headers: [(name: String, value: String)] = [
            ("Range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")
        ]
        let request = S3Request(
            .get, bucket: client.address.bucket, key: target.key,
            parameters: S3Client.versioned(version),
            headers: etag.map { headers + [("If-Match", $0)] } ?? headers)
        let taking = S3Taking.pieces(
            limit: range.upperBound - range.lowerBound,
            judge: { [target] head in
                guard Self.answers(head, range) else {
                    throw S3Failure(.answer, subject: target.subject, status: head.status)
                }
            },
            take: { [self] bytes in
                do { try take(bytes) } catch { throw TakerFailure(cause: error) }
                next += Int64(bytes.count)
            })
        let response = try client.once(request, target.subject, taking)
        guard next == end else { throw client.strange(response, target) }
    }

    /// Whether the answer is just the range: of a store that gives the whole object nothing is taken.
    private static func answers(_ head: S3Head, _ range: Range<Int64>) -> Bool {
        guard let given = head["content-range"] else {
            return head.status == 200 && range.lowerBound == 0
                && head["content-length"] == String(range.upperBound)
        }
        return head.status == 206
            && given.hasPrefix("bytes \(range.lowerBound)-\(range.upperBound - 1)/")
    }
}
