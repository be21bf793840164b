import Cataloging
import Evidence
import Files
import Records
import SystemPackage

/// What was done to imported dossiers after they were packaged: places and links get entries here too.
struct ImportedActs {
    private let archive: Archive
    private let source: ExportLayout
    private let origin: ObjectIdentifier
    /// The largest piece of an excerpt that one file of details takes.
    private static let largestPiece = 8 << 20

    init(_ archive: Archive, from source: FilePath, of origin: ObjectIdentifier) {
        self.archive = archive
        self.source = ExportLayout(root: source)
        self.origin = origin
    }

    /// The acts that have a meaning outside the archive they were done in.
    static let travelling: Set<String> = [LedgerAct.place, LedgerAct.link, LedgerAct.unlink]

    private func forEachEntry(_ body: (LedgerEntry) throws -> Void) throws {
        let path = source.root.appending(ExportLayout.excerpt)
        guard try archive.world.volume.status(path) != nil else { return }
        try LedgerExcerpt.read(archive.world.volume.open(path), body)
    }

    /// Enters the acts of the dossiers that came in; those that an interrupted import entered are not entered again.
    func take(of objects: Set<ObjectIdentifier>) throws -> Bool {
        var entered: [ObjectIdentifier: Int] = [:]
        for object in objects {
            entered[object] = try archive.catalog.events(object: object).count {
                Self.travelling.contains($0.act)
            }
        }
        var isNew = false
        try forEachEntry { entry in
            guard let object = entry.draft.object, objects.contains(object),
                Self.travelling.contains(entry.draft.act), let draft = try draft(of: entry)
            else { return }
            guard entered[object, default: 0] == 0 else {
                entered[object, default: 0] -= 1
                return
            }
            try archive.world.stopIfInterrupted()
            try archive.record(draft)
            isNew = true
        }
        return isNew
    }

    /// The act as this archive enters it; nil for one that says nothing.
    private func draft(of entry: LedgerEntry) throws -> LedgerDraft? {
        var facts: [String: JSONValue] = [
            "from": .string(origin.text), "imported": true, "told": .string(entry.at.utcText),
        ]
        if entry.draft.act == LedgerAct.place {
            guard let details = entry.draft.details, try keep(details) else { return nil }
        } else {
            let given = entry.draft.facts
            guard let kind = given["kind"]?.stringValue.flatMap({ Link.Kind(rawValue: $0) }),
                let target = given["target"]?.stringValue.flatMap({ LinkTarget($0) })
            else { return nil }
            facts["kind"] = .string(kind.rawValue)
            facts["target"] = .string(target.text)
            facts["document"] = given["document"]?.numberValue.map { .number($0) }
        }
        let details = try entry.draft.details.flatMap { try keep($0) ? $0 : nil }
        return archive.draft(
            entry.draft.act, "metadata modification", object: entry.draft.object, details: details,
            facts: facts)
    }

    /// Keeps the export's file of details as it is; false when it is gone or is not what was entered.
    private func keep(_ digest: Digest) throws -> Bool {
        let path = source.root.appending("details").appending(digest.hex + ".json")
        let volume = archive.world.volume
        guard try volume.status(path)?.kind == .file,
            let bytes = try volume.readIfSmall(path, limit: Details.limit)
        else { return false }
        return try archive.details.keep(file: bytes, as: digest)
    }

    /// Keeps the lines of the old ledger, so that history is not lost: an entry for each piece but the last.
    func keepExcerpt() throws -> Digest? {
        var lines: [JSONValue] = []
        var size = 0
        var piece: Int64 = 0
        var chance = Chance(archive.world)
        func keep() throws -> Digest {
            try archive.details.keep(
                ["archive": .string(origin.text), "excerpt": .array(lines)], salt: &chance)
        }
        try forEachEntry { entry in
            if size + entry.line.utf8.count > Self.largestPiece, !lines.isEmpty {
                piece += 1
                try archive.record(
                    archive.draft(
                        LedgerAct.importing, "transfer", details: try keep(),
                        facts: ["from": .string(origin.text), "piece": .number(piece)]))
                (lines, size) = ([], 0)
            }
            lines.append(.string(entry.line))
            size += entry.line.utf8.count
        }
        return lines.isEmpty ? nil : try keep()
    }
}
