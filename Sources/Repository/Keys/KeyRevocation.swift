import Records

/// A file of `policy/` that says since when the key of a certificate is not to be trusted.
struct KeyRevocation: Hashable {
    /// What a key is for.
    enum Use: String {
        case seal
        case ledger
    }

    let use: Use
    /// SHA-256 of the certificate, or of the ledger's public key, in small hexadecimal letters.
    let fingerprint: String
    let since: Instant
    let reason: String

    static let format = "luutru-revocation 1"

    init(use: Use, fingerprint: String, since: Instant, reason: String) {
        self.use = use
        self.fingerprint = fingerprint
        self.since = since
        self.reason = reason
    }

    /// Reads the file; nil for anything that is no revocation.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes),
            value["format"]?.stringValue == Self.format,
            let use = value["use"]?.stringValue.flatMap({ Use(rawValue: $0) }),
            let fingerprint = value["fingerprint"]?.stringValue, fingerprint.utf8.count == 64,
            let since = value["since"]?.stringValue.flatMap({ Instant($0) }),
            let reason = value["reason"]?.stringValue
        else { return nil }
        self.init(use: use, fingerprint: fingerprint, since: since, reason: reason)
    }

    var bytes: [UInt8] {
        let value: JSONValue = [
            "format": .string(Self.format), "use": .string(use.rawValue),
            "fingerprint": .string(fingerprint),
            "since": .string(since.utcText), "reason": .string(reason),
        ]
        return Array(value.readableText.utf8)
    }
}
