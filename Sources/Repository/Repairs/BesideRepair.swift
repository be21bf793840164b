import Auditing
import Cataloging
import Evidence
import Files
import Records
import Storage

/// Mends what lies beside the dossiers of a store: policy, details, evidence and the root's own files, by the ledger's digests.
struct BesideRepair {
    let archive: Archive
    let target: RepairStore
    let stores: [RepairStore]
    let run: CopyRun
    let isDryRun: Bool

    /// Mends what right bytes mend; what is still wrong then is told and stays open.
    func repair(_ noted: [OpenDamage]) throws -> RepairItem {
        var item = RepairItem(store: target.name, object: nil)
        let before = try note.lines(since: noted)
        try freePlaces(&item)
        try CopyLedgerRepair(archive: archive, target: target, run: run, isDryRun: isDryRun)
            .repair(&item)
        try uncoverCard(&item)
        try setStrangeAside(&item)
        let files = try files()
        try mendFiles(files, &item)
        try judge(files, &item)
        item.take(before)
        guard item.ending == .repaired || item.ending == .sound else { return item }
        item.remaining = try findings().filter { $0.severity == .error }
        if item.remaining.isEmpty {
            tellTransient(noted, &item)
        } else {
            item.ending = .unmended
        }
        return item
    }

    private var note: MendingNote { MendingNote(archive, in: target.id, of: nil) }

    /// Says how it ends: that no copy is left, only of what every store that holds it was asked for.
    private func judge(
        _ files: [(path: String, content: ExpectedFiles.Content)], _ item: inout RepairItem
    ) throws {
        let stuck = item.damages.filter { !$0.isMendable }
        guard !stuck.isEmpty else {
            let isSound = item.damages.allSatisfy(\.isOnlyOfReading)
            item.ending = isSound ? .sound : isDryRun ? .repairable : .repaired
            return
        }
        // What belongs to nothing needs no copy: that it could not be moved is told as it is found.
        let lacking = stuck.filter { $0.kind != .extra }
        guard !lacking.isEmpty else {
            let paths = Set(stuck.map(\.path))
            item.ending = .unmended
            item.remaining = try findings().filter {
                $0.severity == .error || paths.contains($0.subject)
            }
            return
        }
        var digests: [String: Digest] = [:]
        for case (let path, .digest(let digest)) in files { digests[path] = digest }
        try UnaskedStores(archive, mending: target, asked: stores)
            .end(&item, lacking: lacking, named: digests)
    }

    /// What was wrong when it was read, is right now, and was put right by nobody: the second reading was right.
    private func tellTransient(_ noted: [OpenDamage], _ item: inout RepairItem) {
        // After a ledger that was brought anew nothing beside it is what was read then.
        guard item.damages.allSatisfy(\.isMendedBefore),
            !item.damages.contains(where: { $0.path == CopyLedgerRepair.path })
        else { return }
        let told = Set(item.damages.map { String($0.path.prefix(250)) })
        let read = Set(noted.filter(\.isOfReading).map(\.path)).subtracting(told)
        item.damages += read.sorted().map { FileDamage($0, .transient) }
    }

    private func findings() throws -> [Finding] {
        let place = target.auditTarget(primary: archive.objects)
        let audit = try archive.objectAudit(place, AuditRequest(.everything), run.progress)
        return try archive.beside(place) + audit.rootFindings()
    }

    /// Moves what stands in the place of a folder of the store, or of its ledger, out of the way.
    private func freePlaces(_ item: inout RepairItem) throws {
        for place in try target.store.wrongPlaces() {
            var damage = FileDamage(place.path, .extra)
            damage.isMendable = try isDryRun || isSetAside(damage)
            item.damages.append(damage)
        }
    }

    /// Takes away what was laid above the store's card; above what the store keeps, as what is locked, the card is laid again.
    private func uncoverCard(_ item: inout RepairItem) throws {
        guard let id = target.id, !(target.store is DirectoryStore),
            let own = try target.store.ownCard(id, of: archive.configuration.archive),
            !own.overlays.isEmpty
        else { return }
        var damage = FileDamage("store.json", .overlaid)
        damage.isMendable = true
        item.damages.append(damage)
        guard !isDryRun else { return }
        try note.add(MendingNote.Line(damage: damage))
        var isFree = true
        for overlay in own.overlays {
            if try !target.store.uncover(overlay) { isFree = false }
        }
        if !isFree { try target.store.replaceCard(own.card) }
    }

    /// Files that belong to nothing, and folders with nothing in them.
    private func setStrangeAside(_ item: inout RepairItem) throws {
        var hasEmpty = false
        let strange = try findings()
        let leading = try leading(among: strange)
        for finding in strange {
            try archive.world.stopIfInterrupted()
            switch finding.code {
            case .storePlaceWrong where !finding.subject.hasPrefix("ocfl/"):
                // The store's own places were freed before.
                break
            case .storeExtraFile, .rootExtraFile, .policyFileUnadopted, .storePlaceWrong:
                var damage = FileDamage(finding.subject, .extra)
                damage.isMendable = !leading.contains(finding.subject)
                if damage.isMendable, !isDryRun {
                    damage.isMendable = try isSetAside(damage)
                    // The folders above it may have held nothing else.
                    if finding.subject.hasPrefix("ocfl/") { hasEmpty = true }
                }
                item.damages.append(damage)
            case .rootEmptyFolder:
                var damage = FileDamage(finding.subject, .extra)
                damage.isMendable = true
                item.damages.append(damage)
                hasEmpty = true
                if !isDryRun { try note.add(MendingNote.Line(damage: damage)) }
            default: break
            }
        }
        if hasEmpty, !isDryRun { try target.store.clearEmptyFolders() }
    }

    /// Moves a strange thing out of the way; false where the disk does not let it go.
    private func isSetAside(_ damage: FileDamage) throws -> Bool {
        try note.add(MendingNote.Line(damage: damage))
        do {
            try target.store.setAside(
                damage.path, as: "extra_" + damage.path.replacing("/", with: "_"))
            return true
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return false
        }
    }

    /// What stands in the place of a folder above dossiers of the store may be all that leads to them.
    ///
    /// It gives way when these are mended, and stays while they cannot be; a bucket has no folders to stand in for.
    private func leading(among findings: [Finding]) throws -> Set<String> {
        let strange = Set(
            findings.filter { Self.mayLead($0.code, $0.subject) }.map(\.subject))
        guard target.store is DirectoryStore, !strange.isEmpty else { return [] }
        var below: [ObjectIdentifier: [String]] = [:]
        try archive.catalog.forEachHolding { object, _, _ in
            let above = Self.folders(of: object).filter { strange.contains($0) }
            if !above.isEmpty { below[object] = above }
        }
        var leading: Set<String> = []
        for (object, above) in below {
            if try target.version(of: object) != nil { leading.formUnion(above) }
        }
        return leading
    }

    /// The folders between the root and an object, and its own.
    private static func folders(of object: ObjectIdentifier) -> [String] {
        let parts = ObjectLocation.folder(of: object).split(separator: "/")
        return (1...4).map { "ocfl/" + parts.prefix($0).joined(separator: "/") }
    }

    /// Whether what is found below the store may be all that leads to dossiers.
    static func mayLead(_ code: FindingCode, _ path: String) -> Bool {
        code == .storePlaceWrong
            ? path.hasPrefix("ocfl/") : code == .rootExtraFile && isTuple(path)
    }

    /// Whether a path below the store has a name as folders above the objects have.
    private static func isTuple(_ path: String) -> Bool {
        path.hasPrefix("ocfl/")
            && path.split(separator: "/").last.map { name in
                name.utf8.count == 3
                    && name.utf8.allSatisfy {
                        (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
                    }
            } == true
    }

    private func mendFiles(
        _ files: [(path: String, content: ExpectedFiles.Content)], _ item: inout RepairItem
    ) throws {
        let others = stores.filter { $0.id != target.id }
        let triage = FileTriage(store: target, object: nil, run: run)
        let mending = FileMending(
            archive: archive, target: target, sources: others, object: nil, run: run)
        for (path, content) in files {
            try archive.world.stopIfInterrupted()
            guard var damage = try triage.damage(path, content, nil) else { continue }
            if damage.isOnlyOfReading {
                damage.isMendable = true
            } else if isDryRun {
                damage.isMendable = try mending.canMend(path, content, nil)
            } else if let done = try mending.mend(damage, content, nil) {
                damage.isMendable = true
                item.transferred += done.transferred
                item.source = done.source ?? item.source
            }
            item.damages.append(damage)
        }
    }

    private func files() throws -> [(path: String, content: ExpectedFiles.Content)] {
        var root = StorageRoot.files.map { path, text in
            (path: "ocfl/" + path, content: ExpectedFiles.Content.bytes(Array(text.utf8)))
        }
        root.append((StoreReadMe.name, .bytes(Array(StoreReadMe.text.utf8))))
        do {
            // A copy has what its own ledger tells of, and no less than it was brought.
            let brought = try target.id.flatMap { try archive.copyMark(of: $0) }?.size ?? 0
            let size =
                target.id == nil
                ? archive.head.size : max(try target.store.ledgerSize(), brought)
            return try root
                + archive.ledgerFiles(upTo: size).map { ($0.path, .digest($0.digest)) }
        } catch is LedgerFailure {
            // What follows the break names nothing; the findings tell of it.
            return root
        }
    }
}
