/// A file's place below a folder: its bytes exactly as the disk has them, parts joined by `/`.
package struct RelativePath: Hashable, Sendable, Comparable {
    package let bytes: [UInt8]

    package init(_ text: String) { bytes = Array(text.utf8) }
    /// The path of bytes that are an array already, which are not copied.
    package init(bytes: [UInt8]) { self.bytes = bytes }
    package init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// The path as text; bytes that are not UTF-8 show as U+FFFD.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The last part.
    package var name: String {
        String(decoding: bytes.suffix(from: (bytes.lastIndex(of: 0x2F) ?? -1) + 1), as: UTF8.self)
    }

    /// Whether these bytes stand in the path at a place; compared eight at a time.
    package func begins(with units: [UInt8], at start: Int = 0) -> Bool {
        guard start >= 0, units.count <= bytes.count - start else { return false }
        return bytes.withUnsafeBytes { path in
            units.withUnsafeBytes { units in
                var place = 0
                while units.count - place >= 8 {
                    let there = path.loadUnaligned(fromByteOffset: start + place, as: UInt64.self)
                    let wanted = units.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                    if there != wanted { return false }
                    place += 8
                }
                while place < units.count {
                    if path[start + place] != units[place] { return false }
                    place += 1
                }
                return true
            }
        }
    }

    package static func < (one: RelativePath, other: RelativePath) -> Bool {
        one.bytes.lexicographicallyPrecedes(other.bytes)
    }
}
