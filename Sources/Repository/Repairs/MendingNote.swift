import Cataloging
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// What was put right at one place of a store before an entry tells of it, so that nobody takes it for a passing fault.
///
/// `<archive>/audit/<store>[.<object>].mending`: a line of JSON for each file, brought to the disk before the file's
/// rename. It is no truth: without it only the memory of a run that was cut short is lost.
struct MendingNote {
    /// One file that was put right, or is in the next moment.
    struct Line {
        let damage: FileDamage
        var transferred: Int64 = 0
        /// The store that gave right bytes.
        var source: String?
    }

    private static let ending = ".mending"
    /// Of a store some hundred thousand details at most are put right in a run.
    private static let mostBytes = 256 << 20
    private let archive: Archive
    private let path: FilePath

    init(_ archive: Archive, in store: ObjectIdentifier?, of object: ObjectIdentifier?) {
        self.archive = archive
        // The primary store goes by its own identifier: another one may lead tomorrow.
        let name = (store ?? archive.card.store).fileName + (object.map { "." + $0.fileName } ?? "")
        path = archive.layout.audits.appending(name + Self.ending)
    }

    /// What was put right after all of this was noted; each file once.
    func lines(since noted: [OpenDamage]) throws -> [Line] {
        let volume = archive.world.volume
        guard try volume.status(path)?.kind == .file,
            let bytes = try volume.readIfSmall(path, limit: Self.mostBytes)
        else { return [] }
        let last = noted.map(\.sequence).max() ?? -1
        var places: [String: Int] = [:]
        var lines: [Line] = []
        for text in bytes.split(separator: 0x0A) {
            // A line that was cut short is none.
            guard let value = try? JSONValue(parsing: text),
                let entries = value["entries"]?.numberValue, entries > last,
                let line = Line(value)
            else { continue }
            if let place = places[line.damage.path] {
                lines[place] = line
            } else {
                places[line.damage.path] = lines.count
                lines.append(line)
            }
        }
        return lines
    }

    /// Notes a file before it is put right (invariant D1).
    func add(_ line: Line) throws {
        let volume = archive.world.volume
        let folder = path.removingLastComponent()
        try volume.makeFolders(folder)
        let standing = try volume.status(path)
        // Something else in its place, or what nobody would read, costs the memory alone.
        guard standing.map({ $0.kind == .file && $0.size < Self.mostBytes / 2 }) ?? true else {
            return
        }
        let file = try volume.openForAppending(path, permissions: .everybodyReads)
        // The break before a line ends one that a crash cut short.
        let bytes: [UInt8] =
            [0x0A] + line.json(entries: archive.head.count).canonicalBytes + [0x0A]
        try file.append(bytes, at: file.status().size)
        try file.synchronize()
        try file.close()
        if standing == nil { try volume.synchronizeFolder(folder) }
    }

    /// Forgets what an entry tells of now.
    func remove() throws {
        let volume = archive.world.volume
        guard let standing = try volume.status(path), standing.kind != .folder else { return }
        try volume.remove(path)
        try volume.synchronizeFolder(path.removingLastComponent())
    }

    /// Forgets what was noted at other places than these: a later reading dealt with it.
    static func removeStale(besides notes: [MendingNote], of archive: Archive) throws {
        let volume = archive.world.volume
        let folder = archive.layout.audits
        guard try volume.status(folder)?.kind == .folder else { return }
        let known = Set(notes.map(\.path))
        for entry in try volume.list(folder) where entry.name.string.hasSuffix(ending) {
            let file = folder.appending(entry.name)
            if entry.kind == .file, !known.contains(file) { try volume.remove(file) }
        }
    }
}

extension MendingNote.Line {
    fileprivate init?(_ value: JSONValue) {
        guard let path = value["path"]?.stringValue,
            let kind = value["kind"]?.stringValue.flatMap({ DamageKind(rawValue: $0) })
        else { return nil }
        var damage = FileDamage(
            path, kind,
            segments: (value["segments"]?.arrayValue ?? []).compactMap { $0.numberValue },
            segmentCount: value["segmentCount"]?.numberValue ?? 0)
        damage.isMendable = true
        damage.isMendedBefore = true
        self.init(
            damage: damage, transferred: max(0, value["transferred"]?.numberValue ?? 0),
            source: value["source"]?.stringValue)
    }

    fileprivate func json(entries: Int64) -> JSONValue {
        [
            "entries": .number(entries), "path": .string(damage.path),
            "kind": .string(damage.kind.rawValue),
            "segments": .array(damage.segments.map { .number($0) }),
            "segmentCount": .number(damage.segmentCount), "transferred": .number(transferred),
            "source": source.map { .string($0) } ?? .null,
        ]
    }
}

extension RepairItem {
    /// Takes in what was put right before, by a run that was cut short or by a sync.
    mutating func take(_ lines: [MendingNote.Line]) {
        let known = Set(damages.map(\.path))
        for line in lines where !known.contains(line.damage.path) {
            damages.append(line.damage)
            transferred = transferred.saturatingSum(line.transferred)
            source = source ?? line.source
            if ending == .sound { ending = .repaired }
        }
    }
}
