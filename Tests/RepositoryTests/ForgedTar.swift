import Cryptography
import Foundation
import Records

/// A stored tar whose content is changed together with every digest of it in the same tar.
struct ForgedTar {
    private var bytes: [UInt8]
    private var places: [(name: String, range: Range<Int>)] = []

    init(_ url: URL) throws {
        bytes = try [UInt8](Data(contentsOf: url))
        var offset = 0
        while offset + 512 <= bytes.count, bytes[offset] != 0 {
            let size = Int(text(offset + 124..<offset + 135), radix: 8) ?? 0
            let name = text(offset..<offset + 100).prefix { $0 != "\0" }
            let prefix = text(offset + 345..<offset + 500).prefix { $0 != "\0" }
            let start = offset + 512
            places.append(
                (prefix.isEmpty ? String(name) : prefix + "/" + name, start..<start + size))
            offset = start + (size + 511) / 512 * 512
        }
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Puts a text of the same length in the place of another, in the entries whose name ends so.
    mutating func replace(_ old: String, by new: String, in ending: String) -> Int {
        precondition(old.utf8.count == new.utf8.count)
        var count = 0
        for place in places where place.name.hasSuffix(ending) {
            count += replace(Array(old.utf8), by: Array(new.utf8), in: place.range)
        }
        return count
    }

    private mutating func replace(_ old: [UInt8], by new: [UInt8], in range: Range<Int>) -> Int {
        var data = Data(bytes[range])
        var count = 0
        var start = data.startIndex
        while let found = data.firstRange(of: Data(old), in: start..<data.endIndex) {
            data.replaceSubrange(found, with: new)
            start = found.upperBound
            count += 1
        }
        bytes.replaceSubrange(range, with: data)
        return count
    }

    /// Mends the digests in PREMIS and in METS, from the leaves up.
    mutating func mendDigests(after change: (inout ForgedTar) -> Void) {
        var before = places.map { digest($0.range) }
        change(&self)
        for _ in 0..<4 {
            let after = places.map { digest($0.range) }
            let changed = zip(before, after).filter { $0 != $1 }
            before = after
            for (old, new) in changed {
                for place in places where place.name.hasSuffix(".xml") {
                    _ = replace(Array(old.utf8), by: Array(new.utf8), in: place.range)
                    _ = replace(
                        Array(old.uppercased().utf8), by: Array(new.uppercased().utf8),
                        in: place.range)
                }
            }
        }
    }

    private func digest(_ range: Range<Int>) -> String {
        let hasher = Hasher(.sha256)
        hasher.update(Array(bytes[range]))
        return Hexadecimal.text(of: hasher.finalizeAndReset())
    }

    func write(to url: URL) throws { try Data(bytes).write(to: url) }
}
