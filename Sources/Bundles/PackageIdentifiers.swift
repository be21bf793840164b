import Cryptography
import Records

/// XML identifiers in a bundle, derived from the object and what they name: same dossier and id, same bytes.
struct PackageIdentifiers {
    private let object: ObjectIdentifier

    init(_ object: ObjectIdentifier) { self.object = object }

    /// `uuid-{UUID}` of a section or division.
    func section(_ role: String) -> String { "uuid-" + uuid(role) }

    /// `ID-{UUID}` of a file.
    func file(_ path: String) -> String { "ID-" + uuid("file " + path) }

    /// A version 8 UUID (RFC 9562) from the SHA-256 of the object's identifier and the role.
    private func uuid(_ role: String) -> String {
        var bytes = Array(
            Hasher.digest(.sha256, of: Array((object.text + "\n" + role).utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return ObjectIdentifier.grouped(bytes)
    }
}
