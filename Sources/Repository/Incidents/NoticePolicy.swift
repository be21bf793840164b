import Readers
import Records

/// Who is told of incidents (`docs/operations.md`): a program, a mail server, or both.
package struct NoticePolicy: Hashable, Sendable {
    static let commandKey = "notify"
    static let mailKey = "notify-mail"
    static let keys: Set<String> = [commandKey, mailKey]

    /// Where the mail goes.
    struct Mail: Hashable, Sendable {
        /// `smtp://host:port` or `smtps://host:port`.
        let server: String
        let from: String
        let to: [String]
        /// A file of two lines, account and password; relative to the archive or absolute.
        let credentials: String?
        /// A PEM file with the server's roots, where the machine's own do not do.
        let roots: String?
        let timeout: Int
    }

    /// A program that gets the notice as JSON on its standard input.
    var command: String?
    /// After so many seconds the program is ended.
    var timeout = 30
    var mail: Mail?

    var isEmpty: Bool { command == nil && mail == nil }

    init() {}

    /// Reads `notify:` and `notify-mail:`; a failure names the line.
    init(_ pairs: [YAMLMapping.Pair]) throws {
        if let group = try Self.group(Self.commandKey, pairs) { try readCommand(group) }
        if let group = try Self.group(Self.mailKey, pairs) { mail = try Self.mail(group) }
    }

    private static func group(
        _ key: String, _ pairs: [YAMLMapping.Pair]
    ) throws -> YAMLMapping.Pair? {
        guard let group = pairs.first(where: { $0.key == key }) else { return nil }
        guard group.groups.count == 1 else {
            throw Configuration.failure(group.keyPlace.line, "\(key): …")
        }
        return group
    }

    private mutating func readCommand(_ group: YAMLMapping.Pair) throws {
        for pair in group.groups[0] {
            switch pair.key {
            case "command" where pair.value.hasPrefix("/"): command = pair.value
            case "timeout": timeout = try Self.seconds(pair)
            default:
                throw Configuration.failure(
                    pair.keyPlace.line, "\(pair.key)? command: /…, timeout: 1…3600")
            }
        }
        guard command != nil else {
            throw Configuration.failure(group.keyPlace.line, "thiếu · missing: command")
        }
    }

    private static func mail(_ group: YAMLMapping.Pair) throws -> Mail {
        let pairs = group.groups[0]
        let known = ["server", "from", "to", "credentials", "roots", "timeout"]
        for pair in pairs where !known.contains(pair.key) {
            throw Configuration.failure(
                pair.keyPlace.line, "\(pair.key)? " + known.joined(separator: ", "))
        }
        func pair(_ key: String) throws -> YAMLMapping.Pair {
            guard let pair = pairs.first(where: { $0.key == key }) else {
                throw Configuration.failure(group.keyPlace.line, "thiếu · missing: " + key)
            }
            return pair
        }
        let (server, from, to) = (try pair("server"), try pair("from"), try pair("to"))
        guard isServer(server.value) else {
            throw Configuration.failure(server.valuePlace.line, "server: smtp(s)://host:port")
        }
        guard isAddress(from.value) else {
            throw Configuration.failure(from.valuePlace.line, "from: ten@coquan.vn")
        }
        let addresses = to.parts.map(\.text)
        guard (1...20).contains(addresses.count), addresses.allSatisfy({ isAddress($0) }) else {
            throw Configuration.failure(to.valuePlace.line, "to: 1…20 × ten@coquan.vn")
        }
        func text(_ key: String) -> String? { pairs.first { $0.key == key }?.value }
        return Mail(
            server: server.value, from: from.value, to: addresses,
            credentials: text("credentials"), roots: text("roots"),
            timeout: try pairs.first { $0.key == "timeout" }.map { try seconds($0) } ?? 30)
    }

    private static func seconds(_ pair: YAMLMapping.Pair) throws -> Int {
        guard let seconds = Int(pair.value), (1...3600).contains(seconds) else {
            throw Configuration.failure(pair.valuePlace.line, "timeout: 1…3600")
        }
        return seconds
    }

    /// A scheme, a host and a port, and nothing else: no name, password or path.
    private static func isServer(_ text: String) -> Bool {
        guard let scheme = ["smtp://", "smtps://"].first(where: { text.hasPrefix($0) }) else {
            return false
        }
        let parts = text.dropFirst(scheme.count).split(
            separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...253).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy({ isOfWord($0) || $0 == UInt8(ascii: ".") })
        else { return false }
        return parts.count == 1 || Int(parts[1]).map { (1...65_535).contains($0) } ?? false
    }

    /// A plain address that cannot break a header or a command.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.utf8.split(
            separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254 else { return false }
        return parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { isOfWord($0) || ".+_".utf8.contains($0) }
        }
    }

    private static func isOfWord(_ unit: UInt8) -> Bool {
        switch unit {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
