import Cataloging
import Files
import Records
import Retrieval
import Storage
import SystemPackage

/// Writes one export from beginning to end, every path in the order of the manifest (`docs/export.md`).
final class Exporting {
    let archive: Archive
    let form: ExportRequest.Form
    let layout: ExportLayout
    let selection: ExportSelection
    let copy: FileCopy
    let buffer: WorkBuffer
    let manifest: ManifestDraft
    let progress: (Int) throws -> Void
    let fileDone: () -> Void
    var findings: [Finding] = []
    var missing: [ExportCard.Missing] = []
    var isOvertaken = false
    private var card: ExportCard

    init(
        _ archive: Archive, _ request: ExportRequest, expect: (Int64) -> Void,
        progress: @escaping (Int) -> Void, fileDone: @escaping () -> Void
    ) throws {
        self.archive = archive
        self.fileDone = fileDone
        form = request.form
        layout = ExportLayout(root: request.target)
        try ExportTarget.requireOutside(request.target, volume: archive.world.volume)
        selection = try ExportSelection(archive, request)
        expect(selection.bytes)
        let world = archive.world
        let listening: (Int) throws -> Void = { count in
            progress(count)
            try world.stopIfInterrupted()
        }
        self.progress = listening
        buffer = WorkBuffer(count: 1 << 20)
        copy = FileCopy(
            volume: world.volume, aside: layout.aside, buffer: buffer, progress: listening)
        card = ExportCard(
            archive: archive.configuration.archive, form: request.form, scope: selection.scope,
            software: Software.text, ending: nil)
        try ExportTarget.prepare(layout, for: card, copy: copy, in: world)
        manifest = try ManifestDraft(layout, volume: world.volume)
    }

    /// Writes everything; the card, written last, makes the export finished.
    func run() throws -> ExportReport {
        let survey = try surveyLedger()
        try put(Array(ExportReadMe.text(form).utf8), as: ExportLayout.readMeName)
        try copyDetails(survey)
        if form != .ocfl { try copyDossiers() }
        try copyEvidence(survey)
        manifest.leavePlaceForCard()
        try copyLedger(survey)
        if form == .ocfl { try copyObjects() }
        try copyPolicy(survey)
        return try finish()
    }

    private func finish() throws -> ExportReport {
        let head = selection.head
        card.ending = ExportCard.Ending(
            at: archive.world.now(), counts: manifest.counts,
            ledger: ExportCard.ExportedHead(count: head.count, size: head.size, last: head.last),
            missing: missing.sorted { $0.object < $1.object },
            isComplete: !findings.containsErrors && !isOvertaken)
        let bytes = card.bytes
        let digest = Inventory.digest(of: bytes)
        let manifestDigest = try manifest.finish(card: digest)
        // Every name is on the disk before the card says that the export is finished.
        let volume = archive.world.volume
        try SortedWalk(volume: volume, folder: { try volume.synchronizeFolder($0) }) { _, _, _ in }
            .run(layout.root)
        _ = try copy.put(bytes, to: layout.card)
        try volume.synchronizeFolder(layout.root)
        return ExportReport(
            archive: card.archive, target: layout.root, form: form, counts: manifest.counts,
            manifest: manifestDigest, keptFiles: manifest.keptFiles,
            missing: missing.map(\.object).sorted(), findings: findings, isOvertaken: isOvertaken)
    }

    /// Puts bytes under a path of the export and notes them in the manifest.
    func put(_ bytes: [UInt8], as path: String) throws {
        let target = layout.root.appending(path)
        try archive.world.volume.makeFolders(target.removingLastComponent())
        try manifest.add(RelativePath(path), try copy.put(bytes, to: target))
        fileDone()
    }
}

extension Archive {
    /// Copies records out, complete and readable without luutru; an unfinished export is gone on with.
    package func export(
        _ request: ExportRequest, expect: (Int64) -> Void = { _ in },
        progress: @escaping (Int) -> Void, fileDone: @escaping () -> Void = {}
    ) throws -> ExportReport {
        try Exporting(
            self, request, expect: expect, progress: progress, fileDone: fileDone
        ).run()
    }
}
