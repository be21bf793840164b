/// A file's place below a folder: its bytes exactly as the disk has them, parts joined by `/`.
package struct RelativePath: Hashable, Sendable, Comparable {
    package let bytes: [UInt8]

    package init(_ text: String) { bytes = Array(text.utf8) }
    package init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// The path as text; bytes that are not UTF-8 show as U+FFFD.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The last part.
    package var name: String {
        String(decoding: bytes.suffix(from: (bytes.lastIndex(of: 0x2F) ?? -1) + 1), as: UTF8.self)
    }

    package static func < (one: RelativePath, other: RelativePath) -> Bool {
        one.bytes.lexicographicallyPrecedes(other.bytes)
    }
}
