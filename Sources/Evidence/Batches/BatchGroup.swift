import Cryptography
package import Records

/// The data group of one version in a batch: every file it added, with its SHA-512.
package struct BatchGroup: Hashable, Sendable {
    package let object: ObjectIdentifier
    package let version: Int
    /// The files in the order of their digests, then names.
    package let files: [BatchFile]

    /// Takes the files in any order, at least one.
    package init(object: ObjectIdentifier, version: Int, files: [BatchFile]) {
        precondition(!files.isEmpty)
        self.object = object
        self.version = version
        self.files = files.sorted { one, other in
            one.sha512 == other.sha512
                ? one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
                : one.sha512.lexicographicallyPrecedes(other.sha512)
        }
    }

    /// The group as the tree takes it.
    package var leafGroup: LeafGroup { LeafGroup(files.map(\.sha512), .sha512) }

    /// Its lines in `leaves`: hex digest, object, version, file.
    var lines: String {
        files.map { "\(Hexadecimal.text(of: $0.sha512)) \(object.text) v\(version) \($0.name)\n" }
            .joined()
    }
}

/// A file of a data group.
package struct BatchFile: Hashable, Sendable {
    package let name: String
    package let sha512: [UInt8]

    package init(name: String, sha512: [UInt8]) {
        self.name = name
        self.sha512 = sha512
    }
}

/// One line of `leaves`.
struct LeafLine {
    let object: ObjectIdentifier
    let version: Int
    let file: BatchFile

    /// Reads a line; nil for anything that is not written just so.
    init?(_ bytes: ArraySlice<UInt8>) {
        let parts = bytes.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].count == 128,
            let digest = Digest(.sha512, hex: String(decoding: parts[0], as: UTF8.self)),
            let object = ObjectIdentifier(String(decoding: parts[1], as: UTF8.self)),
            parts[2].first == UInt8(ascii: "v"),
            let version = Int(String(decoding: parts[2].dropFirst(), as: UTF8.self)), version > 0,
            !parts[3].isEmpty
        else { return nil }
        self.object = object
        self.version = version
        file = BatchFile(
            name: String(decoding: parts[3], as: UTF8.self), sha512: digest.bytes)
        let group = BatchGroup(object: object, version: version, files: [file])
        // Only the one spelling that we write: another would be other bytes under the same tree.
        guard Array(group.lines.utf8) == Array(bytes) + [0x0A] else { return nil }
    }
}
