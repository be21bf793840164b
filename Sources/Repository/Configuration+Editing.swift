import Cryptography
import Records

extension Configuration {
    /// The same file with some keys' lines changed, added or (nil) left out; other lines stay as they are.
    static func edited(_ old: [UInt8], _ wanted: [String: String?]) -> [UInt8] {
        var seen: Set<String> = []
        var lines: [String] = []
        let text = String(decoding: old, as: UTF8.self)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let key = wanted.keys.first(where: { line.hasPrefix($0 + ":") }) else {
                lines.append(String(line))
                continue
            }
            seen.insert(key)
            if let value = wanted[key].flatMap({ $0 }) { lines.append(scalar(key, value)) }
        }
        while lines.last == "" { lines.removeLast() }
        for (key, value) in wanted.sorted(by: { $0.key < $1.key }) where !seen.contains(key) {
            if let value { lines.append(scalar(key, value)) }
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// The same file with other stores; the block of `stores:` goes to its end, all other lines stay as they are.
    static func edited(_ old: [UInt8], stores: [StoreEntry]) -> [UInt8] {
        var lines: [String] = []
        var isInBlock = false
        let text = String(decoding: old, as: UTF8.self)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isNested = line.first.map { $0 == " " || $0 == "-" || $0 == "\t" } ?? true
            if line.hasPrefix(StoreEntry.key + ":") {
                isInBlock = true
            } else if isInBlock, !isNested {
                isInBlock = false
            }
            if !isInBlock { lines.append(String(line)) }
        }
        while lines.last == "" { lines.removeLast() }
        if !stores.isEmpty { lines.append(StoreEntry.key + ":") }
        lines += stores.flatMap(\.lines)
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// What the file says of where the seal's key lies; nil for keys that are left out.
    var sealTexts: [String: String?] {
        [
            "sealPassphraseFile": sealPassphraseFile, "sealKey": sealToken.map { _ in "pkcs11" },
            "sealModule": sealToken?.module, "sealToken": sealToken?.token,
            "sealKeyLabel": sealToken?.key,
        ]
    }

    private static func scalar(_ key: String, _ value: String) -> String {
        "\(key): \(JSONValue.string(value).canonicalText)"
    }
}
