import Cryptography
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
            mapping = try YAMLMapping(bytes, groupsIn: groups)
        } catch {
            throw failure(error.place.line, "\(error.reason.rawValue) \(error.detail)")
        }
        return try Configuration(mapping)
    }

    private init(_ mapping: YAMLMapping) throws {
        var values: [String: String] = [:]
        var lines: [String: Int] = [:]
        for pair in mapping.pairs {
            guard Self.keys.contains(pair.key) else {
                let nearest = NearestWord.to(pair.key, among: Self.keys).map { " (≈ \($0))" } ?? ""
                throw Self.failure(pair.keyPlace.line, pair.key + nearest)
            }
            values[pair.key] = pair.value
            lines[pair.key] = pair.keyPlace.line
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
        sealToken = try Self.token(values, lines)
        witness = try WitnessPolicy(mapping.pairs)
        stores = try StoreEntry.reading(mapping.pairs)
        auditPolicy = try AuditPolicy.reading(mapping.pairs)
        notices = try NoticePolicy(mapping.pairs)
        repairsItself = try Self.isAutomatic(values["repair"], line: lines["repair"] ?? 1)
        if let read = try CopyPolicy.reading(mapping.pairs) {
            copyPolicy = read.policy
            primaryHolding = read.primary
        }
    }

    /// `auto` or, as without it, `ask`.
    private static func isAutomatic(_ value: String?, line: Int) throws -> Bool {
        guard let value else { return false }
        guard ["auto", "ask"].contains(value) else {
            throw failure(line, "repair: auto | ask")
        }
        return value == "auto"
    }

    /// The key on a token; its three parts stand exactly where `sealKey` says `pkcs11`.
    private static func token(
        _ values: [String: String], _ lines: [String: Int]
    ) throws -> TokenKeyName? {
        let parts = ["sealModule", "sealToken", "sealKeyLabel"]
        switch values["sealKey"] {
        case nil, "software":
            if let part = parts.first(where: { values[$0] != nil }) {
                throw failure(lines[part] ?? 1, "\(part): sealKey: pkcs11?")
            }
            return nil
        case "pkcs11":
            let line = lines["sealKey"] ?? 1
            if let part = parts.first(where: { values[$0] == nil }) {
                throw failure(line, "thiếu · missing: " + part)
            }
            let texts = parts.map { values[$0] ?? "" }
            guard let token = TokenKeyName(module: texts[0], token: texts[1], key: texts[2]) else {
                throw failure(
                    lines["sealModule"] ?? line, "sealModule: /…; sealToken, sealKeyLabel: 1…1000")
            }
            return token
        case let other?:
            throw failure(lines["sealKey"] ?? 1, "sealKey: \(other)? software, pkcs11")
        }
    }

    static func failure(_ line: Int, _ detail: String) -> ArchiveFailure {
        ArchiveFailure(
            .configuration, subject: "luutru.yaml", ["line": String(line), "detail": detail])
    }
}
