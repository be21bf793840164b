import Bundles
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

    /// Triage, then mending where it is possible for every file of the object.
    func repair(_ object: ObjectIdentifier) throws -> RepairItem {
        var item = RepairItem(store: target.name, object: object)
        guard let version = try target.version(of: object) else { return item }
        let others = stores.filter { $0.id != target.id }
        guard
            let expected = try archive.expectedFiles(
                of: object, upTo: version, among: [target] + others)
        else {
            item.damages = [FileDamage("inventory.json", .missing)]
            item.ending = .noCopy
            return item
        }
        try triage(expected, object, &item)
        try findExtras(expected, &item)
        let overlays = try findOverlays(expected, object, &item)
        guard !item.damages.isEmpty else { return item }
        let sources = try others.filter { (try $0.version(of: object) ?? 0) >= version }
        if isDryRun { return try rehearsed(item, expected, sources, object) }
        if !isDryRun { for overlay in overlays { try target.store.uncover(overlay) } }
        return try mended(item, expected, sources, object)
    }

    /// What was laid above files of a vault.
    private func findOverlays(
        _ expected: ExpectedFiles, _ object: ObjectIdentifier, _ item: inout RepairItem
    ) throws -> [StoreOverlay] {
        let marks = try archive.marks(of: object, in: target.id)
        var overlays: [StoreOverlay] = []
        try target.store.forEachOverlay(below: expected.folder, marks: marks) { overlay in
            overlays.append(overlay)
            item.damages.append(FileDamage(overlay.path, .overlaid))
        }
        return overlays
    }

    private func triage(
        _ expected: ExpectedFiles, _ object: ObjectIdentifier, _ item: inout RepairItem
    ) throws {
        let triage = FileTriage(store: target, object: object, run: run)
        for file in expected.files {
            try archive.world.stopIfInterrupted()
            let table = try self.table(of: file.path, expected, object)
            guard var damage = try triage.damage(file.path, file.content, table) else { continue }
            if damage.path.hasSuffix("/inventory.json"), damage.kind == .metadata,
                try isAnother(object, damage.path)
            {
                damage = FileDamage(damage.path, .replaced)
            }
            item.damages.append(damage)
        }
    }

    /// Whether another whole object stands there: its inventory is one of ours and is of another state.
    private func isAnother(_ object: ObjectIdentifier, _ path: String) throws -> Bool {
        guard let bytes = try target.small(path, nil), let inventory = Inventory(bytes) else {
            return false
        }
        let folder = path.dropLast("/inventory.json".count)
        for (name, digest) in inventory.manifest {
            guard let (file, size) = try target.open(folder + "/" + name, nil),
                try FileTriage.digest(of: file, size, digest, run) == digest.bytes
            else { return false }
        }
        return !inventory.manifest.isEmpty
    }

    private func findExtras(_ expected: ExpectedFiles, _ item: inout RepairItem) throws {
        let known = Set(expected.files.map(\.path))
        do {
            try target.store.forEachFile(below: expected.folder) { file in
                if !known.contains(file.path) { item.damages.append(FileDamage(file.path, .extra)) }
            }
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
        }
    }

    /// The list of segments of a tar, from whichever store has it right.
    private func table(
        of path: String, _ expected: ExpectedFiles, _ object: ObjectIdentifier
    ) throws -> SegmentTable? {
        guard path.hasSuffix(".tar") else { return nil }
        let name = path.dropLast("tar".count) + "segments"
        guard let list = expected.files.first(where: { $0.path == name }),
            case .digest(let digest) = list.content
        else { return nil }
        for store in [target] + stores.filter({ $0.id != target.id }) {
            guard let (file, size) = try store.open(list.path, object),
                try FileTriage.digest(of: file, size, digest, run) == digest.bytes
            else { continue }
            return try SegmentTable(file, size: size)
        }
        return nil
    }

    /// Whether right bytes are to be had for every file, without writing any.
    private func rehearsed(
        _ item: RepairItem, _ expected: ExpectedFiles, _ sources: [RepairStore],
        _ object: ObjectIdentifier
    ) throws -> RepairItem {
        var item = item
        for index in item.damages.indices {
            let path = item.damages[index].path
            let content = expected.files.first { $0.path == path }?.content
            item.damages[index].isMendable = try isMendable(
                item.damages[index], content, sources, object)
        }
        if item.damages.allSatisfy({ $0.kind == .transient || $0.kind == .memory }) {
            item.ending = .sound
        } else {
            item.ending = item.damages.allSatisfy(\.isMendable) ? .repairable : .noCopy
        }
        return item
    }

    private func isMendable(
        _ damage: FileDamage, _ content: ExpectedFiles.Content?, _ sources: [RepairStore],
        _ object: ObjectIdentifier
    ) throws -> Bool {
        guard damage.kind > .memory, damage.kind != .extra, damage.kind != .overlaid, let content
        else { return true }
        guard case .digest(let digest) = content else { return true }
        for source in sources {
            guard let (file, size) = try source.open(damage.path, object),
                try FileTriage.digest(of: file, size, digest, run) == digest.bytes
            else { continue }
            return true
        }
        return false
    }

    private func mended(
        _ item: RepairItem, _ expected: ExpectedFiles, _ sources: [RepairStore],
        _ object: ObjectIdentifier
    ) throws -> RepairItem {
        var item = item
        let mending = FileMending(
            archive: archive, target: target, sources: sources, object: object, run: run)
        item.ending =
            item.damages.allSatisfy { $0.kind == .transient || $0.kind == .memory }
            ? .sound : .repaired
        for index in item.damages.indices {
            let damage = item.damages[index]
            if damage.kind == .overlaid { item.damages[index].isMendable = true }
            if damage.kind == .transient || damage.kind == .memory || damage.kind == .overlaid {
                continue
            }
            guard let file = expected.files.first(where: { $0.path == damage.path }) else {
                try target.store.setAside(
                    damage.path, as: object.fileName + "_extra_" + Self.name(of: damage.path))
                item.damages[index].isMendable = true
                continue
            }
            let table = try self.table(of: file.path, expected, object)
            guard let done = try mending.mend(file.path, file.content, table) else {
                item.ending = .noCopy
                continue
            }
            item.damages[index].isMendable = true
            item.damages[index].mark = done.mark
            item.transferred += done.transferred
            item.source = done.source ?? item.source
        }
        return item
    }

    private static func name(of path: String) -> String {
        path.split(separator: "/").last.map { String($0) } ?? "file"
    }
}
