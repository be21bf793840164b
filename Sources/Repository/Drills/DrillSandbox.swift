import Bundles
import Cataloging
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// An archive of two stores that is made of an export, and may be damaged as one likes.
struct DrillSandbox {
    let layout: DrillLayout
    let objects: [ObjectIdentifier]
    let world: World
    private let source: Archive
    private let progress: (Int) -> Void
    /// The name of the second store.
    private static let copyName = "ban-sao"

    init(
        _ layout: DrillLayout, _ source: Archive, _ objects: [ObjectIdentifier],
        _ progress: @escaping (Int) -> Void
    ) {
        self.layout = layout
        self.source = source
        self.objects = objects
        self.progress = progress
        world = source.world
    }

    /// Takes the export of the dossiers into a new archive by an import, as a real restoration does.
    func make() throws {
        let configuration = source.configuration
        _ = try Archive.found(
            Founding(
                root: layout.archive, agencyName: configuration.agencyName,
                agencyCode: configuration.agencyCode, fondsCode: configuration.fondsCode,
                fondsName: configuration.fondsName, usesRSA: false, passphrase: nil), in: world)
        let imported = try Archive.importing(
            ImportRequest(source: layout.export, trust: []), into: layout.archive, in: world,
            progress: progress)
        guard imported.isDone, imported.dossiers == Int64(objects.count) else {
            throw failure(imported.findings)
        }
        try addCopy()
        // A store that was added is met when the archive is opened again.
        try synchronize(open(.writing))
    }

    private func addCopy() throws {
        let archive = try open(.writing)
        _ = try archive.addStore(
            StoreRequest(
                name: Self.copyName, address: layout.copy.string, role: .copy, medium: .disk,
                place: "Diễn tập"))
        try archive.finish()
    }

    private func failure(_ findings: [Finding]) -> ArchiveFailure {
        ArchiveFailure(
            .damaged, subject: findings.first?.subject ?? layout.root.string,
            ["id": objects.first?.text ?? ""])
    }

    func open(_ purpose: Archive.Purpose) throws -> Archive {
        try Archive.open(layout.archive, in: world, for: purpose)
    }

    private func synchronize(_ archive: Archive) throws {
        for report in try archive.syncStores([], progress: progress) where !report.isComplete {
            throw failure(report.findings)
        }
        try archive.finish()
    }

    /// Damages, looks for it, mends it and looks again.
    func trial(
        of harm: DrillReport.Harm, _ chance: inout DrillChance
    ) throws -> DrillReport.Trial {
        var trial = DrillReport.Trial(harm: harm)
        let harming = DrillHarm(self)
        try harming.prepare(harm)
        try harming.inflict(harm, &chance)
        var began = world.now()
        let found = try findings(after: harm)
        trial.findMicroseconds = world.now().microseconds - began.microseconds
        trial.isFound = !found.isEmpty
        trial.codes = Set(found).sorted()
        began = world.now()
        try mend(harm)
        trial.mendMicroseconds = world.now().microseconds - began.microseconds
        trial.isMended = try isWhole()
        return trial
    }

    /// Codes of what an audit finds; a catalog that was put back is told by how far behind the ledger it is.
    private func findings(after harm: DrillReport.Harm) throws -> [String] {
        if harm == .rolledBackCatalog {
            return try Archive.checkCatalogAge(layout.archive, in: world) > 0
                ? [FindingCode.catalogRowMissing.text] : []
        }
        let archive = try open(.auditing)
        let report = try archive.audit([], progress: progress)
        try archive.finish()
        return report.findings.map(\.code.text)
    }

    private func mend(_ harm: DrillReport.Harm) throws {
        let archive = try open(.auditing)
        let report = try archive.repair([], isDryRun: false) { progress($0) }
        guard !report.hasLoss else { return }
        try archive.finish()
        if harm == .staleStore { try synchronize(archive) }
    }

    /// Nothing is wrong in any store, and the catalog is what the ledger makes.
    private func isWhole() throws -> Bool {
        let archive = try open(.auditing)
        let report = try archive.audit([], progress: progress)
        try archive.finish()
        let lag = try archive.storeStandings().map { $0.ledgerLag != nil && $0.lacking == 0 }
        return report.findings.isEmpty && lag.allSatisfy { $0 }
            && report.checked == 2 * objects.count
    }

    /// Makes the catalog anew and compares it with the one before.
    func rebuild() throws -> (microseconds: Int64, isEqual: Bool) {
        let before = try open(.reading).status()
        let began = world.now()
        _ = try Archive.rebuildCatalog(layout.archive, in: world)
        let time = world.now().microseconds - began.microseconds
        let after = try open(.reading).status()
        let isEqual = try Archive.checkCatalog(layout.archive, in: world).isEmpty
        return (
            time,
            isEqual && before.dossiers == after.dossiers && before.documents == after.documents
        )
    }

    /// Gives the first documents of a dossier back and compares them with what the real archive knows of them.
    func restore(
        _ version: CatalogedVersion, of archive: Archive
    ) throws -> [DrillReport.Restored] {
        let sandbox = try open(.reading)
        let folder = layout.restored.appending(version.object.fileName)
        try world.volume.makeFolders(folder)
        return try archive.show(version.object.text).documents.prefix(10).map { document in
            let began = world.now()
            let delivery = try sandbox.deliver(
                version.object.text, document: String(document.ordinal),
                toFile: folder.appending(String(document.ordinal)))
            return DrillReport.Restored(
                object: version.object, document: document.name, bytes: delivery.bytes,
                sha256: delivery.sha256,
                isRight: delivery.sha256 == document.sha256 && delivery.bytes == document.size,
                microseconds: world.now().microseconds - began.microseconds)
        }
    }
}

extension Archive {
    /// How many entries of the ledger a catalog does not know of yet.
    static func checkCatalogAge(_ root: FilePath, in world: World) throws -> Int64 {
        let archive = try open(root, in: world, for: .reading)
        guard let known = try archive.catalog.ledgerHead else { return .max }
        let head = try archive.ledger.head(size: known.size, count: known.count, last: known.last)
        return try archive.ledger.read(after: head) { _, _ in }.count - known.count
    }
}
