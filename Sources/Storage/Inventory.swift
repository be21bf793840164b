import Cryptography
package import Records

/// An OCFL 1.1 inventory (`inventory.json`) as luutru writes it: sha512, content folder `content`.
package struct Inventory: Hashable, Sendable {
    /// One version: when, by whom, and which logical files have which digest.
    package struct Version: Hashable, Sendable {
        package let created: Instant
        package let message: String
        package let user: String
        package let address: String
        /// Digest of each logical file, by its name.
        package let state: [String: Digest]
    }

    package let object: ObjectIdentifier
    /// Digest of each content file, by its path below the object: `v1/content/<name>`.
    package let manifest: [String: Digest]
    /// The versions in order, `v1` first.
    package let versions: [Version]

    package static let type = "https://ocfl.io/1.1/spec/#inventory"

    package init(object: ObjectIdentifier, manifest: [String: Digest], versions: [Version]) {
        self.object = object
        self.manifest = manifest
        self.versions = versions
    }

    package var head: String { "v\(versions.count)" }

    /// The file's bytes.
    package var bytes: [UInt8] {
        var members: [String: JSONValue] = [:]
        for (index, version) in versions.enumerated() {
            members["v\(index + 1)"] = [
                "created": .string(version.created.utcSecondsText),
                "message": .string(version.message),
                "state": Self.byDigest(version.state),
                "user": ["address": .string(version.address), "name": .string(version.user)],
            ]
        }
        let value: JSONValue = [
            "digestAlgorithm": "sha512", "head": .string(head), "id": .string(object.text),
            "manifest": Self.byDigest(manifest), "type": .string(Self.type),
            "versions": .object(members),
        ]
        return Array(value.readableText.utf8)
    }

    /// `{"<digest>": ["<path>", …]}` with paths in byte order.
    private static func byDigest(_ files: [String: Digest]) -> JSONValue {
        var groups: [String: [String]] = [:]
        for (path, digest) in files { groups[digest.hex, default: []].append(path) }
        return .object(
            groups.mapValues { paths in
                .array(
                    paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { .string($0) })
            })
    }

    /// Reads an inventory of the form luutru writes; nil for anything else.
    package init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes), value["type"]?.stringValue == Self.type,
            value["digestAlgorithm"]?.stringValue == "sha512",
            let object = value["id"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let manifest = Self.files(value["manifest"]),
            let versions = value["versions"]?.objectValue,
            !versions.isEmpty, value["head"]?.stringValue == "v\(versions.count)"
        else { return nil }
        var list: [Version] = []
        for number in 1...versions.count {
            guard let version = versions["v\(number)"], let state = Self.files(version["state"]),
                let created = version["created"]?.stringValue.flatMap({ Instant($0) })
            else { return nil }
            list.append(
                Version(
                    created: created, message: version["message"]?.stringValue ?? "",
                    user: version["user"]?["name"]?.stringValue ?? "",
                    address: version["user"]?["address"]?.stringValue ?? "", state: state))
        }
        self.init(object: object, manifest: manifest, versions: list)
    }

    private static func files(_ value: JSONValue?) -> [String: Digest]? {
        guard let groups = value?.objectValue else { return nil }
        var files: [String: Digest] = [:]
        for (hex, paths) in groups {
            guard let digest = Digest(.sha512, hex: hex), let list = paths.arrayValue else {
                return nil
            }
            for path in list {
                guard let text = path.stringValue, files.updateValue(digest, forKey: text) == nil
                else { return nil }
            }
        }
        return files
    }

    /// SHA-512 of the file's bytes, which its sidecar repeats.
    package static func digest(of bytes: [UInt8]) -> Digest {
        Digest(sha512: Hasher.digest(.sha512, of: bytes))
    }

    /// The sidecar's bytes.
    package static func sidecar(for digest: Digest) -> [UInt8] {
        Array("\(digest.hex) inventory.json\n".utf8)
    }
}
