/// The access key and the secret key of an account of an object store; the secret is shown nowhere.
package struct S3Credentials: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    package let accessKey: String
    let secretKey: String

    /// The most bytes of a file of credentials.
    package static let largestFile = 1024

    /// Reads two lines, the access key and the secret key; nil for anything else.
    package init?(lines bytes: [UInt8]) {
        guard bytes.count <= Self.largestFile, bytes.allSatisfy({ $0 < 0x7F }) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
            .map { $0.filter { $0 != "\r" } }
        if lines.last == "" { lines.removeLast() }
        guard lines.count == 2, lines.allSatisfy({ Self.isPlain($0) }),
            !lines[0].utf8.contains(UInt8(ascii: ":"))
        else { return nil }
        accessKey = lines[0]
        secretKey = lines[1]
    }

    package var description: String { "S3Credentials(\(accessKey))" }
    package var customMirror: Mirror { Mirror(self, children: ["accessKey": accessKey]) }

    private static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
    }
}
