import Auditing
import Cryptography
import Files
import Records
import Storage
import SystemPackage

/// How far stopped runs had read the files of a store, so that the next run reads each of their bytes once.
///
/// `<archive>/audit/<store>.parts`: a line of JSON a file, then the SHA-256 of those lines. It is no truth: without it
/// those files are read from their beginning.
final class KeptReadings {
    /// A run is stopped with some hundred files open at most.
    private static let mostBytes = 16 << 20
    private let archive: Archive
    private let path: FilePath
    private var kept: [ObjectIdentifier: [String: Entry]] = [:]
    private var isChanged = false

    private struct Entry {
        let reading: FileReading
        /// When its first byte was read, or before.
        let begun: Instant
    }

    /// Takes up what was kept of a store; what was begun with before `limit` is too old to go on with.
    init(_ store: ObjectIdentifier?, _ archive: Archive, notBefore limit: Instant) throws {
        self.archive = archive
        path = archive.layout.audits.appending(
            (store?.fileName ?? ArchiveLayout.firstStore) + ".parts")
        guard let status = try archive.world.volume.status(path), status.kind == .file else {
            return
        }
        // Whatever does not become part of this run is gone with it.
        isChanged = true
        guard let bytes = try archive.world.volume.readIfSmall(path, limit: Self.mostBytes),
            let lines = Self.provedLines(bytes)
        else { return }
        for line in lines {
            guard let (object, name, entry) = Self.entry(line), entry.begun >= limit else {
                continue
            }
            kept[object, default: [:]][name] = entry
        }
    }

    /// What was read of an object's files, by path below it.
    func readings(of object: ObjectIdentifier) -> [String: FileReading] {
        kept[object]?.mapValues(\.reading) ?? [:]
    }

    /// Takes down that an object is judged.
    func forget(_ object: ObjectIdentifier) {
        if kept.removeValue(forKey: object) != nil { isChanged = true }
    }

    /// Takes down how far a stopped run came with an object.
    func keep(_ readings: [String: FileReading], of object: ObjectIdentifier, since: Instant) {
        let earlier = kept.removeValue(forKey: object) ?? [:]
        isChanged = true
        guard !readings.isEmpty else { return }
        kept[object] = readings.reduce(into: [:]) { entries, reading in
            let same = earlier[reading.key].flatMap {
                $0.reading.identity == reading.value.identity ? $0.begun : nil
            }
            entries[reading.key] = Entry(reading: reading.value, begun: same ?? since)
        }
    }

    /// Brings it to the disk.
    func save() throws {
        guard isChanged else { return }
        isChanged = false
        let volume = archive.world.volume
        var text = ""
        for (object, entries) in kept {
            for (name, entry) in entries {
                text += Self.line(object, name, entry).canonicalText + "\n"
            }
        }
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count < Self.mostBytes / 2 else {
            guard try volume.status(path) != nil else { return }
            try volume.remove(path)
            return try volume.synchronizeFolder(path.removingLastComponent())
        }
        try volume.makeFolders(path.removingLastComponent())
        try volume.replaceDurably(bytes + Self.sum(of: bytes), as: path)
    }

    // MARK: - Form

    private static func sum(of bytes: [UInt8]) -> [UInt8] {
        Array((Hexadecimal.text(of: Hasher.digest(.sha256, of: bytes)) + "\n").utf8)
    }

    /// The lines, where they are those that were written.
    private static func provedLines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>]? {
        let count = bytes.count - sum(of: []).count
        guard count > 0, sum(of: Array(bytes[..<count])) == Array(bytes[count...]) else {
            return nil
        }
        return bytes[..<count].split(separator: 0x0A)
    }

    private static func line(
        _ object: ObjectIdentifier, _ name: String, _ entry: Entry
    ) -> JSONValue {
        var line: [String: JSONValue] = [
            "object": .string(object.text), "file": .string(name),
            "identity": .string(entry.reading.identity), "begun": .string(entry.begun.utcText),
        ]
        switch entry.reading.extent {
        case .part(let state):
            line["read"] = .number(Int64(clamping: state.length))
            line["state"] = .string(Hexadecimal.text(of: state.bytes))
        case .whole(let digest):
            line["read"] = .number(digest.size)
            line["sha512"] = .string(digest.sha512.hex)
        }
        return .object(line)
    }

    private static func entry(
        _ line: ArraySlice<UInt8>
    ) -> (object: ObjectIdentifier, name: String, entry: Entry)? {
        guard let facts = (try? JSONValue(parsing: line))?.objectValue,
            let object = facts["object"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
            let name = facts["file"]?.stringValue, let identity = facts["identity"]?.stringValue,
            let begun = facts["begun"]?.stringValue.flatMap({ Instant($0) }),
            let extent = extent(facts)
        else { return nil }
        return (
            object, name,
            Entry(reading: FileReading(identity: identity, extent: extent), begun: begun)
        )
    }

    private static func extent(_ facts: [String: JSONValue]) -> FileReading.Extent? {
        guard let read = facts["read"]?.numberValue, read >= 0 else { return nil }
        if let hex = facts["sha512"]?.stringValue {
            return Digest(.sha512, hex: hex).map {
                .whole(ContentDigest(sha512: $0, size: read))
            }
        }
        return facts["state"]?.stringValue.flatMap { Hexadecimal.bytes(of: $0) }
            .flatMap { SHA512State(length: UInt64(read), bytes: $0) }.map { .part($0) }
    }
}
