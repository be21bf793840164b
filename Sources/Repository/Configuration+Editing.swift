import Cryptography
import Policies
import Records

extension Configuration {
    /// The same file with some keys' lines changed, added or (nil) left out; other lines stay as they are.
    static func edited(_ old: [UInt8], _ wanted: [String: String?]) -> [UInt8] {
        var seen: Set<String> = []
        var lines = ConfigurationLines(old)
        var edited: [[UInt8]] = []
        for line in lines.lines {
            guard let key = wanted.keys.first(where: { line.starts(with: Array(($0 + ":").utf8)) })
            else {
                edited.append(line)
                continue
            }
            seen.insert(key)
            if let value = wanted[key].flatMap({ $0 }) {
                edited.append(Array(scalar(key, value).utf8))
            }
        }
        lines.lines = edited
        for (key, value) in wanted.sorted(by: { $0.key < $1.key }) where !seen.contains(key) {
            if let value { lines.add([scalar(key, value)]) }
        }
        return lines.bytes
    }

    /// The same file with other stores: their lines come and go in the block of `stores:`, all others stay as they are.
    ///
    /// What cannot be edited line by line is not read back as what was wanted; whoever calls looks.
    static func edited(_ old: [UInt8], from before: [StoreEntry], to stores: [StoreEntry])
        -> [UInt8]
    {
        var lines = ConfigurationLines(old)
        guard !stores.isEmpty else {
            lines.removeBlock(StoreEntry.key)
            return lines.bytes
        }
        for (index, entry) in before.enumerated().reversed() where !stores.contains(entry) {
            lines.removeItem(index, of: StoreEntry.key)
        }
        for entry in stores where !before.contains(entry) {
            lines.addItem(entry.lines, to: StoreEntry.key)
        }
        return lines.bytes
    }

    /// The same file where `copies:` says that the primary store lies elsewhere; without `copies:` nothing says it.
    static func edited(_ old: [UInt8], primary: CopyPolicy.Holding) -> [UInt8] {
        var lines = ConfigurationLines(old)
        lines.put("medium", primary.medium, in: CopyPolicy.key)
        lines.put("place", JSONValue.string(primary.place).canonicalText, in: CopyPolicy.key)
        return lines.bytes
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
