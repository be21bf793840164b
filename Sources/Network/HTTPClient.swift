import CCurl

/// Asks other machines over HTTP; it blocks until the answer is there or its time is over.
package enum HTTPClient {
    /// Sends a request once: no redirects, no proxies of the environment, TLS always verified.
    package static func send(_ request: HTTPRequest) throws(NetworkFailure) -> HTTPAnswer {
        guard let handle = curl_easy_init() else {
            throw NetworkFailure(.unreachable, "curl_easy_init")
        }
        defer { curl_easy_cleanup(handle) }
        var headers: UnsafeMutablePointer<curl_slist>?
        if let type = request.body?.contentType {
            headers = curl_slist_append(nil, "Content-Type: " + type)
        }
        defer { curl_slist_free_all(headers) }
        // "Expect: 100-continue" would cost a second with servers that do not know it.
        if let more = curl_slist_append(headers, "Expect:") { headers = more }
        let inbox = Inbox(limit: request.largestAnswer)
        let code = (request.body?.bytes ?? []).withUnsafeBytes { body in
            let set = settings(of: request, handle)
            guard set == CURLE_OK else { return set }
            var steps = [
                luutru_curl_headers(handle, headers),
                luutru_curl_answer(
                    handle, Inbox.take, Unmanaged.passUnretained(inbox).toOpaque()),
            ]
            if request.body != nil {
                steps.append(
                    luutru_curl_body(handle, body.baseAddress, curl_off_t(body.count)))
            }
            if let wrong = steps.first(where: { $0 != CURLE_OK }) { return wrong }
            return withExtendedLifetime(inbox) { curl_easy_perform(handle) }
        }
        guard code == CURLE_OK else { throw failure(code, inbox) }
        return HTTPAnswer(status: Int(luutru_curl_status(handle)), body: inbox.bytes)
    }

    private static func settings(
        of request: HTTPRequest, _ handle: UnsafeMutableRawPointer
    ) -> CURLcode {
        var steps = [
            luutru_curl_text(handle, CURLOPT_URL, request.url),
            luutru_curl_text(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
            luutru_curl_number(handle, CURLOPT_FOLLOWLOCATION, 0),
            luutru_curl_text(handle, CURLOPT_PROXY, ""),
            luutru_curl_number(handle, CURLOPT_NOSIGNAL, 1),
            luutru_curl_number(handle, CURLOPT_TIMEOUT, Int(request.timeout)),
            luutru_curl_number(handle, CURLOPT_CONNECTTIMEOUT, Int(min(10, request.timeout))),
            luutru_curl_number(handle, CURLOPT_SSL_VERIFYPEER, 1),
            luutru_curl_number(handle, CURLOPT_SSL_VERIFYHOST, 2),
        ]
        if let authorities = request.authorities {
            steps.append(luutru_curl_text(handle, CURLOPT_CAINFO, authorities))
        }
        return steps.first { $0 != CURLE_OK } ?? CURLE_OK
    }

    private static func failure(_ code: CURLcode, _ inbox: Inbox) -> NetworkFailure {
        guard inbox.isFull else { return NetworkFailure(code) }
        return NetworkFailure(.tooLarge, String(cString: curl_easy_strerror(code)))
    }
}

extension NetworkFailure {
    /// What libcurl says of a request that came to no answer.
    init(_ code: CURLcode) {
        let detail = String(cString: curl_easy_strerror(code))
        switch code {
        case CURLE_OPERATION_TIMEDOUT: self.init(.timedOut, detail)
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR:
            self.init(.cut, detail)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_USE_SSL_FAILED:
            self.init(.tls, detail)
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED:
            self.init(.refused, detail)
        default: self.init(.unreachable, detail)
        }
    }
}

/// The bytes of an answer as they come, up to a limit.
final class Inbox {
    private let limit: Int
    private(set) var bytes: [UInt8] = []
    private(set) var isFull = false

    init(limit: Int) { self.limit = limit }

    static let take: luutru_curl_writer = { data, size, count, target in
        guard let data, let target else { return 0 }
        let inbox = Unmanaged<Inbox>.fromOpaque(target).takeUnretainedValue()
        let length = size * count
        guard inbox.bytes.count + length <= inbox.limit else {
            inbox.isFull = true
            return 0
        }
        inbox.bytes += UnsafeRawBufferPointer(start: data, count: length)
        return length
    }
}
