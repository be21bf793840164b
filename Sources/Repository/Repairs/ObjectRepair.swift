import Auditing
import Bundles
import Cataloging
import Files
import Records
import Storage

/// Mends one object in one store: what an audit noted is looked at again, file by file, and only what is wrong is written.
struct ObjectRepair {
    let archive: Archive
    let target: RepairStore
    let stores: [RepairStore]
    let run: CopyRun
    let isDryRun: Bool

    /// Triage, then mending where it is possible for every file of the object; what was mended is read whole.
    func repair(_ object: ObjectIdentifier, _ noted: [OpenDamage]) throws -> RepairItem {
        var item = RepairItem(store: target.name, object: object)
        guard let version = try version(of: object) else {
            // No entry tells of it: whether it is a record or rubbish is for people to say.
            item.remaining = noted.map(\.finding)
            item.ending = .unmended
            return item
        }
        let others = stores.filter { $0.id != target.id }
        guard
            let expected = try archive.expectedFiles(
                of: object, upTo: version, among: [target] + others)
        else {
            item.damages = [FileDamage("inventory.json", .missing)]
            try judge(&item, object, version)
            return item
        }
        let before = try note(of: object).lines(since: noted)
        try triage(expected, &item)
        let mending = try FileMending(
            archive: archive, target: target, sources: sources(of: object, version, among: others),
            object: object, run: run)
        try findMendable(expected, mending, &item)
        if item.damages.allSatisfy(\.isOnlyOfReading) {
            item.ending = .sound
        } else if isDryRun {
            item.ending = .repairable
            try judge(&item, object, version)
        } else {
            try mend(expected, mending, &item)
            try judge(&item, object, version)
            item.leaveBlocked()
        }
        item.take(before)
        try prove(expected, noted, &item)
        return item
    }

    private func note(of object: ObjectIdentifier) -> MendingNote {
        MendingNote(archive, in: target.id, of: object)
    }

    /// Ends an item of which something could not be mended; what the store refused is not for want of a copy.
    private func judge(
        _ item: inout RepairItem, _ object: ObjectIdentifier, _ version: Int
    ) throws {
        guard !item.damages.allSatisfy(\.isMendable) else { return }
        let refused = Set(item.remaining.map(\.subject))
        let lacking = item.damages.filter {
            !$0.isMendable && $0.kind != .extra && !refused.contains($0.path)
        }
        guard !lacking.isEmpty else {
            item.ending = .unmended
            return
        }
        try UnaskedStores(archive, mending: target, asked: stores)
            .end(&item, lacking: lacking, of: object, upTo: version)
    }

    /// The version that the store gave its word for, or a later one of which a run was killed before its word.
    ///
    /// A store that gave no word yet, as one that led before, is to have all of it.
    private func version(of object: ObjectIdentifier) throws -> Int? {
        let last = try archive.catalog.object(object)?.version
        guard let held = try target.version(of: object) else { return last }
        guard let last, last > held,
            let digest = try target.store.inventoryDigest(of: object)
        else { return held }
        return try ((held + 1)...last).first {
            try archive.catalog.object(object, version: $0)?.inventorySHA512 == digest
        } ?? held
    }

    /// Every store that answers, those that gave their word first: the ledger's digests prove what is taken.
    ///
    /// One that led before has all of it and has given no word yet.
    private func sources(
        of object: ObjectIdentifier, _ version: Int, among others: [RepairStore]
    ) throws -> [RepairStore] {
        var vouching: [RepairStore] = []
        var silent: [RepairStore] = []
        for store in others {
            if try store.version(of: object) ?? 0 >= version {
                vouching.append(store)
            } else {
                silent.append(store)
            }
        }
        return vouching + silent
    }

    private func triage(_ expected: ExpectedFiles, _ item: inout RepairItem) throws {
        let strange = try strangeThings(expected)
        item.damages =
            strange.map { FileDamage($0, .extra) }
            + (try overlays(expected).map { FileDamage($0.path, .overlaid) })
        let triage = FileTriage(store: target, object: expected.object, run: run)
        for file in expected.files {
            try archive.world.stopIfInterrupted()
            // What is read through a link, or cannot be there, is not there.
            guard !strange.contains(where: { file.path.hasPrefix($0 + "/") }) else {
                item.damages.append(FileDamage(file.path, .missing))
                continue
            }
            let table = try self.table(of: file.path, expected)
            guard var damage = try triage.damage(file.path, file.content, table) else { continue }
            if damage.path.hasSuffix("/inventory.json"), damage.kind == .metadata,
                try isAnother(damage.path)
            {
                damage = FileDamage(damage.path, .replaced)
            }
            item.damages.append(damage)
        }
    }

    /// Whether another whole object stands there: the files that its inventory names are all right.
    private func isAnother(_ path: String) throws -> Bool {
        guard let bytes = try target.small(path, nil), let inventory = Inventory(bytes) else {
            return false
        }
        let folder = path.dropLast("/inventory.json".count)
        do {
            for (name, digest) in inventory.manifest {
                guard let (file, size) = try target.open(folder + "/" + name, nil),
                    try FileTriage.digest(of: file, size, digest, run) == digest.bytes
                else { return false }
            }
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return false
        }
        return !inventory.manifest.isEmpty
    }

    /// What was laid above files of a vault, which are intact below it.
    private func overlays(_ expected: ExpectedFiles) throws -> [StoreOverlay] {
        let marks = try archive.marks(of: expected.object, in: target.id)
        var overlays: [StoreOverlay] = []
        try target.store.forEachOverlay(below: expected.folder, marks: marks) {
            overlays.append($0)
        }
        return overlays
    }

    private func strangeThings(_ expected: ExpectedFiles) throws -> [String] {
        var strange: [String] = []
        do {
            try target.store.forEachStrange(
                below: expected.folder, known: Set(expected.files.map(\.path))
            ) { strange.append($0) }
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
        }
        return strange
    }

    /// The list of segments of a tar, from whichever store has it right.
    private func table(of path: String, _ expected: ExpectedFiles) throws -> SegmentTable? {
        guard path.hasSuffix(".tar") else { return nil }
        let list = path.dropLast("tar".count) + "segments"
        guard case .digest(let digest)? = expected.content(of: String(list)) else { return nil }
        for store in [target] + stores.filter({ $0.id != target.id }) {
            guard let (file, size) = try store.open(String(list), expected.object) else { continue }
            do {
                if try FileTriage.digest(of: file, size, digest, run) == digest.bytes {
                    return try SegmentTable(file, size: size)
                }
            } catch let failure as FileFailure {
                try FileUnreadable.stopUnlessRot(failure)
            }
        }
        return nil
    }

    private func findMendable(
        _ expected: ExpectedFiles, _ mending: FileMending, _ item: inout RepairItem
    ) throws {
        for index in item.damages.indices {
            let damage = item.damages[index]
            guard !damage.isOnlyOfReading, damage.kind != .overlaid,
                let content = expected.content(of: damage.path)
            else {
                item.damages[index].isMendable = true
                continue
            }
            item.damages[index].isMendable = try mending.canMend(
                damage.path, content, table(of: damage.path, expected))
        }
        // What stands in the way of files is left where it is, unless those can take its place.
        for index in item.damages.indices where item.damages[index].kind == .extra {
            let path = item.damages[index].path
            item.damages[index].isMendable = item.damages.allSatisfy {
                $0.isMendable || !$0.path.hasPrefix(path + "/")
            }
        }
    }

    private func mend(
        _ expected: ExpectedFiles, _ mending: FileMending, _ item: inout RepairItem
    ) throws {
        item.ending = .repaired
        let covered = try uncover(expected)
        for index in item.damages.indices {
            try archive.world.stopIfInterrupted()
            let damage = item.damages[index]
            guard damage.isMendable, !damage.isOnlyOfReading, damage.kind != .overlaid,
                !item.isBlocked(damage.path)
            else { continue }
            try forgivingRefusal(at: index, &item) { item in
                guard let content = expected.content(of: damage.path) else {
                    return try setAside(damage, expected)
                }
                let table = try self.table(of: damage.path, expected)
                note(try mending.mend(damage, content, table), at: index, &item)
            }
        }
        for index in item.damages.indices where item.damages[index].kind == .overlaid {
            let damage = item.damages[index]
            let path = damage.path
            // What was mended already, or met before, lies above everything.
            guard covered.contains(path),
                !item.damages.contains(where: { $0.path == path && $0.mark != nil })
            else { continue }
            try archive.world.stopIfInterrupted()
            try forgivingRefusal(at: index, &item) { item in
                let done = try expected.content(of: path).flatMap {
                    try mending.layAbove(damage, $0, self.table(of: path, expected))
                }
                note(done, at: index, &item)
            }
        }
    }

    /// Takes what belongs to nothing out of the way; of what stands in the object's place or above it the root's repair is to know.
    private func setAside(_ damage: FileDamage, _ expected: ExpectedFiles) throws {
        let line = MendingNote.Line(damage: damage)
        try note(of: expected.object).add(line)
        if !damage.path.hasPrefix(expected.folder + "/") {
            try MendingNote(archive, in: target.id, of: nil).add(line)
        }
        let name = damage.path.split(separator: "/").last.map { String($0) } ?? "file"
        try target.store.setAside(
            damage.path, as: expected.object.fileName + "_extra_" + name)
    }

    /// Takes away what was laid above files of a vault; gives the files whose cover the store keeps, as what is locked.
    private func uncover(_ expected: ExpectedFiles) throws -> Set<String> {
        var kept: Set<String> = []
        for overlay in try overlays(expected) {
            try archive.world.stopIfInterrupted()
            try note(of: expected.object).add(
                MendingNote.Line(damage: FileDamage(overlay.path, .overlaid)))
            if try !target.store.uncover(overlay) { kept.insert(overlay.path) }
        }
        return kept
    }

    /// What became of a damaged file; nil where no store has it right.
    private func note(_ done: FileMending.Mended?, at index: Int, _ item: inout RepairItem) {
        guard let done else {
            item.damages[index].isMendable = false
            return
        }
        if let mark = done.mark {
            let path = item.damages[index].path
            item.damages[index].mark = mark
            archive.freshMarks[Archive.StoredPath(store: target.id, path: path)] = mark
        }
        item.transferred += done.transferred
        item.source = done.source ?? item.source
    }

    /// One request that the store refuses keeps no other file from being mended: it is told.
    private func forgivingRefusal(
        at index: Int, _ item: inout RepairItem, _ body: (inout RepairItem) throws -> Void
    ) throws {
        do {
            try body(&item)
        } catch let failure as CopyStoreFailure where failure.reason == .refused {
            item.damages[index].isMendable = false
            item.remaining.append(
                archive.refusal(failure, of: item.damages[index].path, in: target))
        }
    }

    /// Reads the whole object as an audit does: only what is right then closes the damage.
    private func prove(
        _ expected: ExpectedFiles, _ noted: [OpenDamage], _ item: inout RepairItem
    ) throws {
        guard item.ending == .repaired || item.ending == .sound else { return }
        let audit = try archive.objectAudit(
            target.auditTarget(primary: archive.objects), AuditRequest(.everything), run.progress)
        let found = try audit.inspect(
            audit.place(of: expected.object), inventory: expected.inventory)
        item.remaining = found.findings.filter { $0.severity == .error }
        if noted.contains(where: { $0.code == .objectWithoutEntry }) {
            try audit.forEachStray { stray in
                guard stray.object == expected.object else { return }
                item.remaining.append(Finding(.objectWithoutEntry, subject: stray.folder))
            }
        }
        guard item.remaining.isEmpty else {
            item.ending = .unmended
            return
        }
        guard item.damages.isEmpty else { return }
        // Wrong when the audit read it, right now: the second reading was right. Trust that came back was no reading.
        item.damages = Set(noted.filter(\.isOfReading).map(\.path)).sorted().map {
            FileDamage(expected.folder + ($0.isEmpty ? "" : "/" + $0), .transient)
        }
    }
}

extension OpenDamage {
    /// Whether bytes were wrong as they were read, and not only who vouches for them in doubt.
    var isOfReading: Bool { isError && !code.isOnlyOfTrust }

    /// The finding again, without its facts.
    var finding: Finding {
        let subject = [object?.text ?? "", path].filter { !$0.isEmpty }.joined(separator: "/")
        return Finding(code, isError ? .error : .warning, subject: subject)
    }
}
