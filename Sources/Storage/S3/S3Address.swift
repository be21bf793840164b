import Records

/// Where a store lies in an object store: a bucket, and a prefix before every key.
package struct S3Address: Hashable, Sendable {
    package let bucket: String
    /// Without a slash at either end; empty when the store has the bucket to itself.
    package let prefix: String

    /// The longest key that S3 knows, in bytes.
    static let longestKey = 1024

    /// Reads `s3://bucket` or `s3://bucket/prefix`; nil when it is neither.
    package init?(_ text: String) {
        guard text.hasPrefix("s3://") else { return nil }
        var rest = text.dropFirst(5)
        while rest.hasSuffix("/") { rest.removeLast() }
        let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
        guard let bucket = parts.first, Self.isBucket(bucket),
            parts.dropFirst().allSatisfy({ Self.isPart($0) }), rest.utf8.count <= 500
        else { return nil }
        self.bucket = String(bucket)
        prefix = parts.dropFirst().joined(separator: "/")
    }

    /// The text that reads as this address.
    package var text: String { prefix.isEmpty ? "s3://" + bucket : "s3://\(bucket)/\(prefix)" }

    /// What every key of the store begins with.
    var keyPrefix: [UInt8] { prefix.isEmpty ? [] : Array(prefix.utf8) + [UInt8(ascii: "/")] }

    func key(_ path: RelativePath) -> [UInt8] { keyPrefix + path.bytes }

    func subject(_ path: RelativePath) -> String { text + "/" + path.text }

    private static func isBucket(_ name: Substring) -> Bool {
        (3...63).contains(name.utf8.count) && !name.hasPrefix(".") && !name.contains("..")
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
                    || $0 == 0x2E
            }
    }

    private static func isPart(_ name: Substring) -> Bool {
        !name.isEmpty && name != "." && name != ".."
            && name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}
