import CCurl

/// A message to be handed to a mail server (RFC 5321).
package struct SMTPMessage: Sendable {
    /// `smtp://host:port` or `smtps://host:port`.
    package let server: String
    package let from: String
    package let to: [String]
    /// Headers and body, lines ended by CR LF (RFC 5322).
    package let bytes: [UInt8]
    /// Who logs in; nil where the server asks for nobody.
    package let login: (user: String, password: String)?
    /// A file of PEM certificates that TLS trusts; nil for the machine's own.
    package let authorities: String?
    package let timeout: Int

    package init(
        server: String, from: String, to: [String], bytes: [UInt8],
        login: (user: String, password: String)?, authorities: String?, timeout: Int
    ) {
        self.server = server
        self.from = from
        self.to = to
        self.bytes = bytes
        self.login = login
        self.authorities = authorities
        self.timeout = timeout
    }
}

/// Hands mail to a server; it blocks until the server took it or its time is over.
package enum SMTPClient {
    /// Sends a message once and says which receivers the server refused; a password never goes out without TLS.
    package static func send(
        _ message: SMTPMessage
    ) throws(NetworkFailure) -> [RefusedReceiver] {
        guard let handle = curl_easy_init() else {
            throw NetworkFailure(.unreachable, "curl_easy_init")
        }
        defer { curl_easy_cleanup(handle) }
        var receivers: UnsafeMutablePointer<curl_slist>?
        for address in message.to {
            receivers = curl_slist_append(receivers, "<" + address + ">")
        }
        defer { curl_slist_free_all(receivers) }
        let outbox = Outbox(message.bytes)
        var steps = settings(of: message, handle)
        steps.append(
            luutru_curl_message(
                handle, receivers, Outbox.give, Unmanaged.passUnretained(outbox).toOpaque(),
                curl_off_t(message.bytes.count)))
        // What a server says goes nowhere: standard output belongs to results.
        let inbox = Inbox(limit: 65_536)
        steps.append(
            luutru_curl_answer(handle, Inbox.take, Unmanaged.passUnretained(inbox).toOpaque()))
        let dialogue = SMTPDialogue()
        steps.append(
            luutru_curl_dialogue(
                handle, SMTPDialogue.listen, Unmanaged.passUnretained(dialogue).toOpaque()))
        if let wrong = steps.first(where: { $0 != CURLE_OK }) { throw NetworkFailure(wrong) }
        let code = withExtendedLifetime((outbox, inbox, dialogue)) { curl_easy_perform(handle) }
        // Once the server answered for the mail, nothing that comes after unsends it.
        guard code == CURLE_OK || dialogue.isTaken else {
            throw failure(code, dialogue, luutru_curl_status(handle))
        }
        return dialogue.refused
    }

    /// Why nobody got the mail: the server's own words where it refused.
    private static func failure(
        _ code: CURLcode, _ dialogue: SMTPDialogue, _ answer: Int
    ) -> NetworkFailure {
        let failure = NetworkFailure(code)
        if let refusal = dialogue.refusal, failure.reason != .timedOut, failure.reason != .tls {
            let receivers = dialogue.refused.map { $0.address + ": " + $0.reply }
            return NetworkFailure(
                .refused, receivers.isEmpty ? refusal : receivers.joined(separator: "; "))
        }
        return answer > 0
            ? NetworkFailure(failure.reason, failure.detail + ", \(answer)") : failure
    }

    private static func settings(
        of message: SMTPMessage, _ handle: UnsafeMutableRawPointer
    ) -> [CURLcode] {
        // Where the server offers TLS it is used; with a password nothing is sent without it.
        let tls = message.login == nil ? CURLUSESSL_TRY : CURLUSESSL_ALL
        var steps = [
            luutru_curl_text(handle, CURLOPT_URL, message.server),
            luutru_curl_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
            luutru_curl_text(handle, CURLOPT_PROXY, ""),
            luutru_curl_number(handle, CURLOPT_NOSIGNAL, 1),
            luutru_curl_number(handle, CURLOPT_TIMEOUT, message.timeout),
            // Else the answer to QUIT is waited for two minutes, past the other limit and, where the
            // connection is kept, out of reach of any: so it is not kept.
            luutru_curl_number(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, message.timeout),
            luutru_curl_number(handle, CURLOPT_FORBID_REUSE, 1),
            luutru_curl_number(handle, CURLOPT_CONNECTTIMEOUT, min(10, message.timeout)),
            luutru_curl_number(handle, CURLOPT_SSL_VERIFYPEER, 1),
            luutru_curl_number(handle, CURLOPT_SSL_VERIFYHOST, 2),
            luutru_curl_number(handle, CURLOPT_USE_SSL, Int(tls.rawValue)),
            luutru_curl_text(handle, CURLOPT_MAIL_FROM, "<" + message.from + ">"),
        ]
        if let authorities = message.authorities {
            steps.append(luutru_curl_text(handle, CURLOPT_CAINFO, authorities))
        }
        if let login = message.login {
            steps.append(luutru_curl_text(handle, CURLOPT_USERNAME, login.user))
            steps.append(luutru_curl_text(handle, CURLOPT_PASSWORD, login.password))
        }
        return steps
    }
}

/// The bytes of a message as the library asks for them.
private final class Outbox {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    static let give: luutru_curl_writer = { target, size, count, source in
        guard let target, let source else { return 0 }
        let outbox = Unmanaged<Outbox>.fromOpaque(source).takeUnretainedValue()
        let piece = outbox.rest.prefix(size * count)
        piece.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            UnsafeMutableRawPointer(target).copyMemory(from: start, byteCount: bytes.count)
        }
        outbox.rest = outbox.rest.dropFirst(piece.count)
        return piece.count
    }
}
