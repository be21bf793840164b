import Cryptography
package import Network
package import Records

/// The verbs of S3 for one store's keys: every answer has its limit, every failure says whether to try again.
package struct S3Client: Sendable {
    package let address: S3Address
    private let connection: S3Connection
    private let pace: S3Pace
    /// Throws when the program is asked to end; heard about once a second, also while nothing moves.
    let check: @Sendable () throws -> Void

    /// The largest answer that is not an object: a page of a listing with the longest keys.
    static let largestAnswer = 8 * 1024 * 1024

    package init(
        _ address: S3Address, connection: S3Connection, pace: S3Pace,
        check: @escaping @Sendable () throws -> Void
    ) {
        self.address = address
        self.connection = connection
        self.pace = pace
        self.check = check
    }

    /// What a request is about.
    struct Target {
        let key: [UInt8]
        let subject: String
    }

    func target(_ path: RelativePath) -> Target {
        Target(key: address.key(path), subject: address.subject(path))
    }

    var bucket: Target { Target(key: [], subject: address.text) }

    /// Sends a request, again when it may help; `isRetried` hears of every further try.
    func send(
        _ method: S3Request.Method, _ target: Target,
        _ parameters: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: S3Request.Body = .none,
        payload: String = S3Request.emptyPayload,
        taking: S3Taking = .whole(limit: largestAnswer), isRetried: () -> Void = {}
    ) throws -> S3Response {
        guard target.key.count <= S3Address.longestKey else {
            throw S3Failure(.refused, subject: target.subject, code: "KeyTooLongError")
        }
        let request = S3Request(
            method, bucket: address.bucket, key: target.key, parameters: parameters,
            headers: headers, body: body, payload: payload)
        return try patiently(isRetried) { try once(request, target.subject, taking) }
    }

    /// Does something again while it fails for passing reasons, a bounded number of times.
    ///
    /// A store that says nothing is asked once more, and then not again over this connection.
    func patiently<Value>(_ isRetried: () -> Void = {}, _ body: () throws -> Value) throws -> Value
    {
        var tries = 0
        var wasSilent = false
        while true {
            try check()
            do {
                return try body()
            } catch let failure as S3Failure
                where failure.mayRetry && tries < pace.retries
                && !(failure.isSilence && wasSilent)
            {
                tries += 1
                wasSilent = wasSilent || failure.isSilence
                isRetried()
                try pace.wait(beforeRetry: tries, asked: failure.wait, check)
            } catch let failure as S3Failure where failure.reason == .away {
                connection.markAway()
                if failure.isSilence { connection.giveUp() }
                throw failure
            }
        }
    }

    /// Sends a request a single time.
    func once(_ request: S3Request, _ subject: String, _ taking: S3Taking) throws -> S3Response {
        do {
            let response = try connection.send(request, taking: taking, check: check)
            guard response.head.isSuccess else { throw S3Failure(response, subject: subject) }
            return response
        } catch let failure as NetworkFailure {
            throw S3Failure(failure, subject: subject, hasAnswered: connection.hasAnswered)
        }
    }

    /// Sends a request a single time for a program that is about to end; nothing interrupts it but its seconds.
    func sendLast(_ method: S3Request.Method, _ target: Target, _ name: String, _ value: String)
        throws -> S3Response
    {
        let request = S3Request(
            method, bucket: address.bucket, key: target.key, parameters: [(name, value)])
        return try connection.send(
            request, taking: .whole(limit: Self.largestAnswer), limit: 2, check: {})
    }

    /// The document of an answer, whose outermost element must have one of these names.
    func document(_ response: S3Response, _ target: Target, root: String...) throws -> S3Element {
        guard let element = try? S3Element.read(response.body), root.contains(element.name) else {
            throw strange(response, target)
        }
        return element
    }

    /// The answer is none that an object store gives.
    func strange(_ response: S3Response, _ target: Target) -> S3Failure {
        S3Failure(.answer, subject: target.subject, status: response.head.status)
    }

    /// Deletes an object, or one version of it; in a versioned bucket the former lays a delete marker.
    package func delete(_ path: RelativePath, version: String? = nil) throws {
        _ = try send(.delete, target(path), Self.versioned(version))
    }

    static func versioned(_ version: String?) -> [(name: String, value: String)] {
        version.map { [("versionId", $0)] } ?? []
    }
}
