import Policies
import Readers
import Records

extension StoreEntry {
    static let key = "stores"
    private static let keys = [
        "name", "id", "at", "endpoint", "region", "credentials", "role", "medium", "place",
        "lock-days",
    ]
    /// How many stores there may be beside the primary one.
    static let most = 16

    /// Reads `stores:`; a failure names the line.
    static func reading(_ pairs: [YAMLMapping.Pair]) throws -> [StoreEntry] {
        guard let group = pairs.first(where: { $0.key == key }) else { return [] }
        let entries = try group.groups.map { try StoreEntry($0, line: group.keyPlace.line) }
        guard entries.count <= most, Set(entries.map(\.name)).count == entries.count,
            Set(entries.map(\.store)).count == entries.count
        else {
            throw Configuration.failure(
                group.keyPlace.line, "stores: 0…\(most), không trùng · distinct")
        }
        return entries
    }

    private init(_ pairs: [YAMLMapping.Pair], line: Int) throws {
        let line = pairs.first?.keyPlace.line ?? line
        for pair in pairs where !Self.keys.contains(pair.key) {
            let nearest = NearestWord.to(pair.key, among: Self.keys).map { " (≈ \($0))" } ?? ""
            throw Configuration.failure(pair.keyPlace.line, pair.key + nearest)
        }
        func value(_ key: String) -> String? {
            pairs.first { $0.key == key }.map(\.value).flatMap { $0.isEmpty ? nil : $0 }
        }
        func required<Value>(_ key: String, _ form: String, _ read: (String) -> Value?) throws
            -> Value
        {
            guard let text = value(key), let found = read(text) else {
                throw Configuration.failure(
                    pairs.first { $0.key == key }?.valuePlace.line ?? line, "\(key): \(form)")
            }
            return found
        }
        name = try required("name", "a-z0-9-, 1…40") { Self.isName($0) ? $0 : nil }
        store = try required("id", "urn:uuid:…") { ObjectIdentifier($0) }
        role = try required("role", Self.words(Role.self)) { Role(rawValue: $0) }
        medium = try required("medium", Self.words(Medium.self)) { Medium(rawValue: $0) }
        place = try required("place", "1…200") { $0.count <= 200 ? $0 : nil }
        let at = try required("at", "/…, s3://…") { $0 }
        location = try required("at", "/…, s3://bucket/prefix + endpoint, credentials") { _ in
            Location(
                at, endpoint: value("endpoint"), region: value("region"),
                credentials: value("credentials"))
        }
        lockDays = try value("lock-days").map { _ in
            try required("lock-days", "1…36500") { Int($0).flatMap { Self.locks($0) } }
        }
        if role == .vault, case .folder = location {
            throw Configuration.failure(line, "role: vault → s3://…")
        }
    }

    static func locks(_ days: Int) -> Int? { (1...36_500).contains(days) ? days : nil }

    private static func words<Word: CaseIterable & RawRepresentable>(_: Word.Type) -> String
    where Word.RawValue == String {
        Word.allCases.map(\.rawValue).joined(separator: ", ")
    }
}

extension StoreEntry.Location {
    /// Reads what people type: a folder, or `s3://bucket/prefix` with its endpoint and credentials.
    init?(_ text: String, endpoint: String?, region: String?, credentials: String?) {
        let scheme = "s3://"
        guard text.hasPrefix(scheme) else {
            guard endpoint == nil, region == nil, credentials == nil, !text.isEmpty,
                !text.contains("://")
            else { return nil }
            self = .folder(text)
            return
        }
        let parts = text.dropFirst(scheme.count).split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let endpoint, let credentials, let bucket = parts.first,
            Self.isBucket(bucket), Self.isEndpoint(endpoint)
        else { return nil }
        let prefix = parts.count > 1 ? Self.trimmed(parts[1]) : ""
        guard Self.isPrefix(prefix) else { return nil }
        self = .bucket(
            StoreEntry.BucketLocation(
                bucket: String(bucket), prefix: prefix, endpoint: endpoint,
                region: region ?? "us-east-1", credentials: credentials))
    }

    private static func isBucket(_ text: Substring) -> Bool {
        (3...63).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                    || $0 == 0x2E
            }
    }

    private static func isEndpoint(_ text: String) -> Bool {
        ["http://", "https://"].contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
            && text.utf8.count <= 500 && !text.contains("@")
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    private static func isPrefix(_ text: String) -> Bool {
        text.utf8.count <= 200
            && text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                text.isEmpty
                    || !part.isEmpty && part != "." && part != ".."
                        && part.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last == "/" { text.removeLast() }
        return String(text)
    }
}
