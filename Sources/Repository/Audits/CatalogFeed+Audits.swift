import Cataloging
import Evidence
import Records
import Storage

extension CatalogFeed {
    /// Indexes the end of a run: what it read, when it was not all, stands in its details.
    func addAudit(_ entry: LedgerEntry, _ writer: CatalogWriter) throws {
        let facts = entry.draft.facts
        let store = Self.copyStore(of: entry)
        let began = facts["begin"]?.numberValue ?? entry.sequence
        let isComplete = facts["complete"]?.booleanValue ?? true
        let started = facts["started"]?.stringValue.flatMap { Instant($0) } ?? entry.at
        // What was read elsewhere was read then, and not when its reports came in.
        let finished = facts["finished"]?.stringValue.flatMap { Instant($0) } ?? entry.at
        let scope = facts["scope"]?.stringValue ?? ""
        try writer.add(
            AuditRun(
                sequence: entry.sequence, startedAt: started, finishedAt: finished, scope: scope,
                checked: Int(clamping: facts["checked"]?.numberValue ?? 0),
                bytes: facts["bytes"]?.numberValue ?? 0,
                damaged: Int(clamping: facts["damaged"]?.numberValue ?? 0),
                outcome: entry.draft.outcome.rawValue, store: store,
                first: facts["first"]?.numberValue ?? began,
                group: facts["group"]?.numberValue ?? began, isComplete: isComplete))
        if facts["beside"]?.booleanValue == true {
            try writer.addReading(of: nil, in: store, at: started, run: began)
        }
        guard scope != AuditRun.everything || !isComplete,
            let content = try entry.draft.details.flatMap({ try readableDetails($0) })
        else { return }
        for name in content["objects"]?.arrayValue ?? [] {
            guard let object = name.stringValue.flatMap({ ObjectIdentifier($0) }) else { continue }
            try writer.addReading(of: object, in: store, at: started, run: began)
        }
    }

    func addFinding(_ entry: LedgerEntry, _ writer: CatalogWriter) throws {
        let facts = entry.draft.facts
        try writer.add(
            AuditFindingRow(
                sequence: entry.sequence, run: facts["run"]?.numberValue ?? -1,
                object: entry.draft.object, path: facts["path"]?.stringValue ?? "",
                code: FindingCode(facts["code"]?.stringValue ?? ""),
                isError: entry.draft.outcome == .fail, store: Self.copyStore(of: entry),
                incident: facts["incident"]?.numberValue))
    }

    /// What was mended was read whole afterwards, so the damage before is closed.
    ///
    /// Of what was mended in part alone the new files are known, too, or they would be taken for strange ones.
    func addRepair(_ entry: LedgerEntry, _ writer: CatalogWriter) throws {
        if entry.draft.outcome == .success {
            try writer.addReading(
                of: entry.draft.object, in: Self.copyStore(of: entry), at: entry.at,
                run: entry.sequence)
        }
        guard let store = Self.copyStore(of: entry), let object = entry.draft.object,
            let content = try entry.draft.details.flatMap({ try readableDetails($0) })
        else { return }
        let folder = "ocfl/" + ObjectLocation.folder(of: object) + "/"
        var marks: [String: String] = [:]
        for file in content["files"]?.arrayValue ?? [] {
            guard let path = file["path"]?.stringValue, path.hasPrefix(folder),
                let mark = file["mark"]?.stringValue
            else { continue }
            marks[String(path.dropFirst(folder.count))] = mark
        }
        if !marks.isEmpty { try writer.addMarks(marks, of: object, in: store) }
    }
}
