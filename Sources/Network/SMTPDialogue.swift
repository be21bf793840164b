import CCurl

/// A receiver whom a mail server refused, with what it said.
package struct RefusedReceiver: Hashable, Sendable {
    package let address: String
    /// The reply's last line, at most 200 characters.
    package let reply: String
}

/// What libcurl and a mail server say to each other (RFC 5321 §4.1), as far as it decides about a mail.
///
/// Commands of a login go by unread and are never kept.
final class SMTPDialogue {
    /// For so many seconds the answer to QUIT is waited for: it decides nothing.
    private static let farewell = 2

    private enum Command {
        case receiver(String)
        case data
        case quit
        case other
    }

    private(set) var refused: [RefusedReceiver] = []
    /// Whether the server answered for the mail after its last line.
    private(set) var isTaken = false
    /// The refusal of the last command before QUIT, if it was refused.
    private(set) var refusal: String?
    private var command = Command.other

    static let listen: luutru_curl_listener = { handle, kind, text, count, context in
        guard let text, let context else { return 0 }
        let dialogue = Unmanaged<SMTPDialogue>.fromOpaque(context).takeUnretainedValue()
        let bytes = UnsafeRawBufferPointer(start: text, count: count)
        if kind == CURLINFO_HEADER_OUT {
            dialogue.said(String(decoding: bytes, as: UTF8.self))
            if case .quit = dialogue.command, let handle {
                _ = luutru_curl_number(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, farewell)
            }
        } else if kind == CURLINFO_HEADER_IN {
            dialogue.heard(String(decoding: bytes, as: UTF8.self))
        }
        return 0
    }

    private func said(_ line: String) {
        let receiver = "RCPT TO:<"
        if line.hasPrefix(receiver) {
            command = .receiver(String(line.dropFirst(receiver.count).prefix { $0 != ">" }))
        } else if line.hasPrefix("DATA") {
            command = .data
        } else if line.hasPrefix("QUIT") {
            command = .quit
            return
        } else {
            command = .other
        }
        refusal = nil
    }

    /// Takes a line of a reply; only the last one of several counts.
    private func heard(_ line: String) {
        let units = Array(line.utf8.prefix(4))
        guard let first = units.first, units.count < 4 || units[3] != UInt8(ascii: "-") else {
            return
        }
        if case .quit = command { return }
        let isRefused = first == UInt8(ascii: "4") || first == UInt8(ascii: "5")
        let reply = String(line.filter { !$0.isNewline }.prefix(200))
        refusal = isRefused ? reply : nil
        switch command {
        case .receiver(let address) where isRefused:
            refused.append(RefusedReceiver(address: address, reply: reply))
        case .data where first == UInt8(ascii: "2"): isTaken = true
        default: return
        }
    }
}
