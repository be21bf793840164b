package import Cryptography
package import Records

/// The data group of one version in a batch: every file it added, with its digest.
package struct BatchGroup: Hashable, Sendable {
    package let object: ObjectIdentifier
    package let version: Int
    package let method: DigestMethod
    /// The files in the order of their digests, then names.
    package let files: [BatchFile]

    /// Takes the files in any order, at least one.
    package init(
        object: ObjectIdentifier, version: Int, method: DigestMethod, files: [BatchFile]
    ) {
        precondition(!files.isEmpty)
        self.method = method
        self.object = object
        self.version = version
        self.files = files.sorted { one, other in
            one.digest == other.digest
                ? one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
                : one.digest.lexicographicallyPrecedes(other.digest)
        }
    }

    /// The group as the tree takes it.
    package var leafGroup: LeafGroup { LeafGroup(files.map(\.digest), method) }

    /// Its lines in `leaves`: hex digest, object, version, file.
    package var lines: String {
        files.map { "\(Hexadecimal.text(of: $0.digest)) \(object.text) v\(version) \($0.name)\n" }
            .joined()
    }
}

/// A file of a data group.
package struct BatchFile: Hashable, Sendable {
    package let name: String
    package let digest: [UInt8]

    package init(name: String, digest: [UInt8]) {
        self.name = name
        self.digest = digest
    }
}

/// One line of `leaves`.
struct LeafLine {
    let object: ObjectIdentifier
    let version: Int
    let file: BatchFile

    /// Reads a line; nil for anything that is not written just so.
    init?(_ bytes: ArraySlice<UInt8>, _ method: DigestMethod) {
        let parts = bytes.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].count == 2 * method.byteCount,
            let digest = Hexadecimal.bytes(of: Array(parts[0])),
            let object = ObjectIdentifier(String(decoding: parts[1], as: UTF8.self)),
            parts[2].first == UInt8(ascii: "v"),
            let version = Int(String(decoding: parts[2].dropFirst(), as: UTF8.self)), version > 0,
            !parts[3].isEmpty
        else { return nil }
        self.object = object
        self.version = version
        file = BatchFile(
            name: String(decoding: parts[3], as: UTF8.self), digest: digest)
        let group = BatchGroup(object: object, version: version, method: method, files: [file])
        // Only the one spelling that we write: another would be other bytes under the same tree.
        guard Array(group.lines.utf8) == Array(bytes) + [0x0A] else { return nil }
    }
}
