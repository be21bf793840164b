import Evidence
import Files
import Records
import SystemPackage

/// What a run has read so far, beside the archive, so that a run that was killed is told and not repeated.
///
/// `<archive>/audit/<store>.run`: a line of JSON, then an identifier a line. It is no truth: without it only
/// the memory of a killed run is lost.
final class AuditProgress {
    /// Lines after which the file is brought to the disk.
    private static let mostUnsynchronized = 64
    /// Objects in one entry's details.
    static let mostListed = 50_000
    /// The line that stands for what lies beside the dossiers.
    private static let besideLine = "beside"
    private let archive: Archive
    private let store: ObjectIdentifier?
    private let path: FilePath
    private var file: (any OpenFile)?
    private var size: Int64 = 0
    private var unsynchronized = 0

    init(_ store: ObjectIdentifier?, _ archive: Archive) {
        self.archive = archive
        self.store = store
        let name = store?.fileName ?? ArchiveLayout.firstStore
        path = archive.layout.audits.appending(name + ".run")
    }

    /// Enters what runs that were killed had read; what is left of a store that is out of service goes.
    static func settleAll(_ archive: Archive) throws {
        try AuditProgress(nil, archive).settle()
        let stores = archive.configuration.stores.map(\.store)
        for store in stores { try AuditProgress(store, archive).settle() }
        let volume = archive.world.volume
        let folder = archive.layout.audits
        guard try volume.status(folder)?.kind == .folder else { return }
        let known = Set(stores.map(\.fileName) + [ArchiveLayout.firstStore])
        for entry in try volume.list(folder) where entry.kind == .file {
            let store = String(entry.name.string.prefix { $0 != "." })
            if store.hasPrefix("urn_uuid_"), !known.contains(store) {
                try volume.remove(folder.appending(entry.name))
            }
        }
    }

    /// Enters what a run that was killed had read.
    private func settle() throws {
        let volume = archive.world.volume
        guard !archive.areEntriesSuspect, try volume.status(path)?.kind == .file else { return }
        let bytes = try volume.readAll(path, limit: Int(Int32.max))
        // A line that was cut short is none.
        let end = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let lines = bytes[..<end].split(separator: 0x0A)
        if let header = lines.first.flatMap({ try? JSONValue(parsing: $0) })?.objectValue,
            header["begin"]?.numberValue.map({ $0 >= 0 && $0 < archive.head.count }) == true
        {
            let names = lines.dropFirst().map { String(decoding: $0, as: UTF8.self) }
            try enter(
                header, names.compactMap { ObjectIdentifier($0) },
                isBesideRead: names.contains(Self.besideLine))
        }
        try remove()
    }

    private func enter(
        _ header: [String: JSONValue], _ objects: [ObjectIdentifier], isBesideRead: Bool
    ) throws {
        var facts: [String: JSONValue] = [:]
        for key in ["begin", "deep", "first", "group", "scope", "started"] {
            facts[key] = header[key]
        }
        facts["checked"] = .number(Int64(objects.count))
        facts["complete"] = false
        facts["killed"] = true
        facts["beside"] = .boolean(isBesideRead)
        if let store { facts["copy"] = .string(store.text) }
        try Self.enter(objects, archive) { detail, _ in
            archive.draft(
                LedgerAct.audit, "fixity check", outcome: .warning, details: detail, facts: facts)
        }
    }

    /// Enters what a run read, in as many entries as its length takes.
    static func enter(
        _ objects: [ObjectIdentifier], _ archive: Archive,
        _ draft: (_ details: Digest?, _ isLast: Bool) throws -> LedgerDraft
    ) throws {
        var rest = objects[...]
        var chance = Chance(archive.world)
        repeat {
            let part = rest.prefix(mostListed)
            rest = rest.dropFirst(part.count)
            let detail =
                try part.isEmpty
                ? nil
                : archive.details.keep(
                    ["objects": .array(part.map { .string($0.text) })], salt: &chance)
            try archive.record(draft(detail, rest.isEmpty))
        } while !rest.isEmpty
    }

    func begin(
        run: Int64, first: Int64, group: Int64, scope: String, isDeep: Bool, started: Instant
    ) throws {
        let volume = archive.world.volume
        try volume.makeFolders(path.removingLastComponent())
        if try volume.status(path) != nil { try volume.remove(path) }
        var header: [String: JSONValue] = [
            "begin": .number(run), "first": .number(first), "group": .number(group),
            "scope": .string(scope), "started": .string(started.utcText),
        ]
        if isDeep { header["deep"] = true }
        let file = try volume.create(path, permissions: .everybodyReads)
        self.file = file
        try write(JSONValue.object(header).canonicalText + "\n")
        try file.synchronize()
        try volume.synchronizeFolder(path.removingLastComponent())
    }

    func note(_ object: ObjectIdentifier) throws {
        try write(object.text + "\n")
        unsynchronized += 1
        guard unsynchronized >= Self.mostUnsynchronized else { return }
        unsynchronized = 0
        try file?.synchronize()
    }

    func noteBeside() throws { try write(Self.besideLine + "\n") }

    private func write(_ text: String) throws {
        let bytes = Array(text.utf8)
        try file?.append(bytes, at: size)
        size += Int64(bytes.count)
    }

    func remove() throws {
        try file?.close()
        file = nil
        let volume = archive.world.volume
        guard try volume.status(path) != nil else { return }
        try volume.remove(path)
        try volume.synchronizeFolder(path.removingLastComponent())
    }
}
