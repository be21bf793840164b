import CCurl
import Synchronization

/// Sends signed requests (AWS Signature Version 4, by libcurl) to one object store; connections are used again.
///
/// A `Mutex` guards the handles at rest and is never held over a request: several threads may ask at once.
package final class S3Connection: Sendable {
    package let endpoint: S3Endpoint
    private let credentials: S3Credentials
    /// Addresses of libcurl's handles that no request uses now.
    private let resting = Mutex<[UInt]>([])
    private let answered = Atomic(false)
    private let isGivenUp = Atomic(false)

    package init(_ endpoint: S3Endpoint, credentials: S3Credentials) {
        self.endpoint = endpoint
        self.credentials = credentials
    }

    deinit {
        for address in resting.withLock({ $0 }) {
            curl_easy_cleanup(UnsafeMutableRawPointer(bitPattern: address))
        }
    }

    /// Whether the store has answered since it was last away: then a refused connection is worth another try.
    package var hasAnswered: Bool { answered.load(ordering: .relaxed) }

    /// Takes the store for away until it answers again.
    package func markAway() { answered.store(false, ordering: .relaxed) }

    /// Asks nothing more here: every further question would wait as long as the last one.
    package func giveUp() { isGivenUp.store(true, ordering: .relaxed) }

    /// Sends a request once; `check` is asked about once a second and may throw to end it.
    ///
    /// A `limit` of seconds ends the whole request, for what must not delay the program's end.
    package func send(
        _ request: S3Request, taking: S3Taking, limit: Int? = nil,
        check: @escaping () throws -> Void
    ) throws -> S3Response {
        guard !isGivenUp.load(ordering: .relaxed) else {
            throw NetworkFailure(.timedOut, "given up")
        }
        guard let handle = borrowed() else { throw NetworkFailure(.unreachable, "curl_easy_init") }
        defer { giveBack(handle) }
        let exchange = S3Exchange(handle, request.body, taking, check)
        let code = perform(request, exchange, handle, limit)
        exchange.close()
        if let failure = exchange.failure { throw failure }
        guard code == CURLE_OK || exchange.isErrorCut else { throw failure(code, exchange) }
        answered.store(true, ordering: .relaxed)
        return S3Response(head: exchange.head, body: exchange.bytes)
    }

    private func borrowed() -> UnsafeMutableRawPointer? {
        if let address = resting.withLock({ $0.popLast() }) {
            return UnsafeMutableRawPointer(bitPattern: address)
        }
        return curl_easy_init()
    }

    private func giveBack(_ handle: UnsafeMutableRawPointer) {
        // Forgets the secret and the callbacks, and keeps the connection.
        curl_easy_reset(handle)
        resting.withLock { $0.append(UInt(bitPattern: handle)) }
    }

    private func perform(
        _ request: S3Request, _ exchange: S3Exchange, _ handle: UnsafeMutableRawPointer,
        _ limit: Int?
    ) -> CURLcode {
        var lines: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(lines) }
        for line in request.headerLines {
            guard let longer = curl_slist_append(lines, line) else { return CURLE_OUT_OF_MEMORY }
            lines = longer
        }
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        let steps =
            settings(of: request, handle, limit) + [
                luutru_curl_headers(handle, lines),
                luutru_curl_heads(handle, S3Exchange.takeHead, context),
                luutru_curl_answer(handle, S3Exchange.take, context),
                luutru_curl_watch(handle, S3Exchange.watch, context),
                sending(request, handle, context),
            ]
        if let wrong = steps.first(where: { $0 != CURLE_OK }) { return wrong }
        return withExtendedLifetime(exchange) { curl_easy_perform(handle) }
    }

    private func sending(
        _ request: S3Request, _ handle: UnsafeMutableRawPointer, _ context: UnsafeMutableRawPointer
    ) -> CURLcode {
        switch request.method {
        case .get: return CURLE_OK
        case .head: return luutru_curl_number(handle, CURLOPT_NOBODY, 1)
        case .delete: return luutru_curl_text(handle, CURLOPT_CUSTOMREQUEST, "DELETE")
        case .put, .post:
            let code = luutru_curl_text(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
            guard code == CURLE_OK else { return code }
            return luutru_curl_upload(
                handle, curl_off_t(request.body.count), S3Exchange.give, S3Exchange.seek, context)
        }
    }

    private func settings(
        of request: S3Request, _ handle: UnsafeMutableRawPointer, _ limit: Int?
    ) -> [CURLcode] {
        var steps = [
            luutru_curl_text(handle, CURLOPT_URL, request.url(at: endpoint)),
            luutru_curl_number(handle, CURLOPT_PATH_AS_IS, 1),
            luutru_curl_text(handle, CURLOPT_AWS_SIGV4, "aws:amz:\(endpoint.region):s3"),
            luutru_curl_text(handle, CURLOPT_USERNAME, credentials.accessKey),
            luutru_curl_text(handle, CURLOPT_PASSWORD, credentials.secretKey),
            luutru_curl_text(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
            luutru_curl_number(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            luutru_curl_number(handle, CURLOPT_FOLLOWLOCATION, 0),
            luutru_curl_text(handle, CURLOPT_PROXY, ""),
            luutru_curl_number(handle, CURLOPT_NOSIGNAL, 1),
            luutru_curl_number(handle, CURLOPT_CONNECTTIMEOUT, endpoint.connectTimeout),
            luutru_curl_number(handle, CURLOPT_LOW_SPEED_LIMIT, 1),
            luutru_curl_number(
                handle, CURLOPT_LOW_SPEED_TIME,
                hasAnswered ? endpoint.idleTimeout : endpoint.firstTimeout),
            luutru_curl_number(handle, CURLOPT_TCP_KEEPALIVE, 1),
            luutru_curl_number(handle, CURLOPT_UPLOAD_BUFFERSIZE, 512 * 1024),
            luutru_curl_number(handle, CURLOPT_BUFFERSIZE, 256 * 1024),
            luutru_curl_number(handle, CURLOPT_SSL_VERIFYPEER, 1),
            luutru_curl_number(handle, CURLOPT_SSL_VERIFYHOST, 2),
        ]
        if let limit { steps.append(luutru_curl_number(handle, CURLOPT_TIMEOUT, limit)) }
        if let authorities = endpoint.authorities {
            steps.append(luutru_curl_text(handle, CURLOPT_CAINFO, authorities))
        }
        return steps
    }

    private func failure(_ code: CURLcode, _ exchange: S3Exchange) -> NetworkFailure {
        exchange.isFull
            ? NetworkFailure(.tooLarge, String(cString: curl_easy_strerror(code)))
            : NetworkFailure(code)
    }
}
