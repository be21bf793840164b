import Cryptography
package import Records

/// A store beside the primary one, as `stores:` in `luutru.yaml` names it.
package struct StoreEntry: Hashable, Sendable {
    /// What the store is for.
    package enum Role: String, Sendable, CaseIterable {
        /// A copy that is brought up to date and may be promoted.
        case copy
        /// A copy that nobody can overwrite before a time.
        case vault
    }

    /// What it lies on (ISO 14721 calls it the medium of archival storage).
    package enum Medium: String, Sendable, CaseIterable {
        case disk, object, tape, removable
    }

    /// Where it is.
    package enum Location: Hashable, Sendable {
        /// A folder, relative to the archive or absolute.
        case folder(String)
        /// `s3://bucket/prefix` behind an endpoint, with the file of its credentials.
        case bucket(BucketLocation)

        /// What people type.
        package var text: String {
            switch self {
            case .folder(let path): path
            case .bucket(let bucket): bucket.text
            }
        }

        /// Whether both are in one bucket, and one of them lies in the other.
        func sharesBucket(with other: Location) -> Bool {
            guard case .bucket(let one) = self, case .bucket(let two) = other,
                one.endpoint == two.endpoint
            else { return false }
            let places = [one, two].map { Array(($0.text + "/").utf8) }
            return places[0].starts(with: places[1]) || places[1].starts(with: places[0])
        }
    }

    /// A place in an object store.
    package struct BucketLocation: Hashable, Sendable {
        package let bucket: String
        /// Without slashes at its ends; may be empty.
        package let prefix: String
        package let endpoint: String
        package let region: String
        /// A file with two lines, relative to the archive or absolute.
        package let credentials: String

        package var text: String { "s3://" + bucket + (prefix.isEmpty ? "" : "/" + prefix) }
    }

    package let name: String
    package let store: ObjectIdentifier
    package let location: Location
    package let role: Role
    package let medium: Medium
    /// Where it stands, in the archivist's words.
    package let place: String
    /// Days for which a vault locks what it takes.
    package let lockDays: Int?

    /// The lines of `luutru.yaml` that name it.
    var lines: [String] {
        var lines = [
            "  - name: " + Configuration.quoted(name),
            "    id: " + Configuration.quoted(store.text),
            "    at: " + Configuration.quoted(location.text),
        ]
        if case .bucket(let bucket) = location {
            lines.append("    endpoint: " + Configuration.quoted(bucket.endpoint))
            lines.append("    region: " + Configuration.quoted(bucket.region))
            lines.append("    credentials: " + Configuration.quoted(bucket.credentials))
        }
        lines.append("    role: \(role.rawValue)")
        lines.append("    medium: \(medium.rawValue)")
        lines.append("    place: " + Configuration.quoted(place))
        if let lockDays { lines.append("    lock-days: \(lockDays)") }
        return lines
    }

    /// Whether a text can be a store's name: it stands in file names and on the command line.
    static func isName(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && text != ArchiveLayout.firstStore
            && text.utf8.first.map { isLetter($0) } == true
            && text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
}
