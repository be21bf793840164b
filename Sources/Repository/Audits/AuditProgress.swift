import Evidence
import Files
import Records
import SystemPackage

/// What a run has read so far, beside the archive, so that a run that was killed is told and not repeated.
///
/// `<archive>/audit/<store>.run`: a line of JSON, then an identifier a line. It is no truth: without it only
/// the memory of a killed run is lost.
final class AuditProgress {
    /// Identifiers after which the file is brought to the disk.
    private static let mostUnsynchronized = 64
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

    /// Enters what a run that was killed had read.
    func settle() throws {
        let volume = archive.world.volume
        guard try volume.status(path)?.kind == .file else { return }
        let bytes = try volume.readAll(path, limit: Int(Int32.max))
        let lines = bytes.split(separator: 0x0A)
        if let header = lines.first.flatMap({ try? JSONValue(parsing: $0) }),
            let facts = header.objectValue
        {
            // A line that was cut short is none.
            let whole = bytes.last == 0x0A ? lines[1...] : lines[1...].dropLast()
            try enter(
                facts, whole.compactMap { ObjectIdentifier(String(decoding: $0, as: UTF8.self)) })
        }
        try remove()
    }

    private func enter(_ header: [String: JSONValue], _ objects: [ObjectIdentifier]) throws {
        var chance = Chance(archive.world)
        let detail =
            try objects.isEmpty
            ? nil
            : archive.details.keep(
                ["objects": .array(objects.map { .string($0.text) })], salt: &chance)
        var facts = header
        facts["checked"] = .number(Int64(objects.count))
        facts["complete"] = false
        facts["killed"] = true
        if let store { facts["copy"] = .string(store.text) }
        try archive.record(
            archive.draft(
                LedgerAct.audit, "fixity check", outcome: .warning, details: detail, facts: facts))
    }

    func begin(run: Int64, first: Int64, scope: String, started: Instant) throws {
        let volume = archive.world.volume
        try volume.makeFolders(path.removingLastComponent())
        if try volume.status(path) != nil { try volume.remove(path) }
        let header: JSONValue = [
            "begin": .number(run), "first": .number(first), "scope": .string(scope),
            "started": .string(started.utcText),
        ]
        let file = try volume.create(path, permissions: .everybodyReads)
        self.file = file
        try write(header.canonicalText + "\n")
        try file.synchronize()
        try volume.synchronizeFolder(path.removingLastComponent())
    }

    func note(_ object: ObjectIdentifier, bytes: Int64) throws {
        try write(object.text + "\n")
        unsynchronized += 1
        guard unsynchronized >= Self.mostUnsynchronized else { return }
        unsynchronized = 0
        try file?.synchronize()
    }

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
