import Files
import Policies
import Readers
import Records
import SystemPackage

extension Configuration {
    /// Reads `luutru.yaml`; a failure names the line. Without the file there is no archive.
    static func read(_ layout: ArchiveLayout, in world: World) throws -> Configuration {
        guard try world.volume.status(layout.configuration) != nil else {
            throw ArchiveFailure(.noArchive, subject: layout.root.string)
        }
        guard let bytes = try world.volume.readIfSmall(layout.configuration, limit: limit) else {
            throw failure(1, "> \(limit) byte")
        }
        return try reading(bytes)
    }

    /// Reads the bytes of a configuration.
    static func reading(_ bytes: [UInt8]) throws -> Configuration {
        let mapping: YAMLMapping
        do {
            mapping = try YAMLMapping(bytes, groupsIn: StampingPolicy.keys)
        } catch {
            throw failure(error.place.line, "\(error.reason.rawValue) \(error.detail)")
        }
        return try Configuration(mapping)
    }

    private init(_ mapping: YAMLMapping) throws {
        var values: [String: String] = [:]
        for pair in mapping.pairs {
            guard Self.keys.contains(pair.key) else {
                let nearest = NearestWord.to(pair.key, among: Self.keys).map { " (≈ \($0))" } ?? ""
                throw Self.failure(pair.keyPlace.line, pair.key + nearest)
            }
            values[pair.key] = pair.value
        }
        func required(_ key: String) throws -> String {
            guard let value = values[key], !value.isEmpty else {
                throw Self.failure(1, "thiếu · missing: " + key)
            }
            return value
        }
        guard let archive = ObjectIdentifier(try required("archive")) else {
            throw Self.failure(1, "archive: urn:uuid:…")
        }
        self.init(
            archive: archive, agencyName: try required("agencyName"),
            agencyCode: try required("agencyCode"),
            fondsCode: try required("fondsCode"), fondsName: try required("fondsName"),
            store: try required("store"), sealPassphraseFile: values["sealPassphraseFile"],
            stamping: try StampingPolicy(mapping.pairs))
    }

    static func failure(_ line: Int, _ detail: String) -> ArchiveFailure {
        ArchiveFailure(
            .configuration, subject: "luutru.yaml", ["line": String(line), "detail": detail])
    }
}
