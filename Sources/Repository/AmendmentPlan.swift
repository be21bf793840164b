import Bundles
import Cataloging
import Dossiers
import Files
import Formats
import Records
import SystemPackage

/// A request held against the dossier as it stands: what changes, and what is wrong with it.
struct AmendmentPlan {
    private let archive: Archive
    private let current: CatalogedVersion
    private let base: StoredPackage
    private let formats: FormatIdentifier
    private let request: AmendRequest
    private(set) var findings: [Finding] = []
    private var dossier: Dossier
    private var described: [Amendment.Change] = []
    private var superseded: [Amendment.Supersession] = []
    private var addition: AdditionExamination?
    private var migration: Amendment.Migration?
    private let before: Dossier

    init(
        _ request: AmendRequest, _ archive: Archive, _ current: CatalogedVersion,
        _ base: StoredPackage
    ) throws {
        self.request = request
        self.archive = archive
        self.current = current
        self.base = base
        formats = FormatIdentifier(pages: archive.world.pages)
        before = try base.dossier()
        dossier = before
        findings = try archive.damageFindings(of: current.object)
        try read()
    }

    /// The change as bundles write it; nil where something is wrong.
    func amendment(_ changes: [StateChange]) -> Amendment? {
        guard !findings.containsErrors else { return nil }
        let event =
            migration != nil
            ? "migration"
            : superseded.isEmpty && addition == nil ? "metadata modification" : "modification"
        return Amendment(
            dossier: dossier, isDescriptionNew: dossier.fields != before.fields,
            isArrangementNew: dossier.arrangement != before.arrangement, described: described,
            superseded: superseded,
            added: addition?.closed.map { closed in
                Amendment.Addition(
                    documents: closed, folder: closed.folder,
                    received: closed.received.map {
                        SourceFile(
                            path: $0.path, size: $0.size, modified: $0.modified, stamp: $0.stamp)
                    })
            }, migrated: migration, event: event, reason: request.reason)
    }

    private mutating func read() throws {
        guard let sets = FieldChanges(request.sets) else {
            throw ArchiveFailure(
                .usage, subject: "--set", ["detail": "--set TRƯỜNG=GIÁ_TRỊ · FIELD=VALUE"])
        }
        if let twice = sets.repeated {
            throw ArchiveFailure(
                .usage, subject: twice, ["detail": "--set \(twice): hai lần · twice"])
        }
        if request.document == nil { try setDossier(sets) }
        try supersede(request.document == nil ? nil : sets)
        if let folder = request.folder {
            if let derivation = request.derivation {
                try migrate(folder, derivation)
            } else {
                try add(folder)
            }
        }
        let ofCodes = try archive.findings(of: codeChanges(), in: current.object)
        findings += ofCodes
    }

    /// The codes that this change gives.
    private func codeChanges() throws -> [CodeChange] {
        var changes = [CodeChange(ordinal: nil, before: before.codes, after: dossier.codes)]
        for change in described + superseded.map(\.change) {
            let old = try archive.document(String(change.ordinal), of: current)
            changes.append(
                CodeChange(
                    ordinal: change.ordinal, before: CatalogedDocument.codes(of: old.fields),
                    after: CatalogedDocument.codes(of: change.fields)))
        }
        try addition?.closed?.forEachDocument { document in
            changes.append(
                CodeChange(
                    ordinal: document.ordinal, before: [],
                    after: [document.fields[.docCode]].compactMap { $0 }))
        }
        return changes
    }

    private mutating func setDossier(_ sets: FieldChanges) throws {
        guard !sets.pairs.isEmpty else { return }
        try refuseActs(sets, FieldChanges.notOfDossier)
        let changed = sets.applied(to: dossier)
        findings += changed.findings
        dossier = changed.dossier
        let places: [ArrangementField] = [.fonds, .inventory, .series, .accession]
        if places.contains(where: { dossier.arrangement[$0] != before.arrangement[$0] }) {
            findings += try archive.arrangementFindings(of: dossier, in: "--set")
        }
    }

    /// Elements that are acts in the ledger, or are counted, have commands of their own.
    private func refuseActs(_ sets: FieldChanges, _ acts: Set<String>) throws {
        guard let act = sets.pairs.first(where: { acts.contains($0.element) }) else { return }
        throw ArchiveFailure(.fieldIsAct, subject: act.element, ["element": act.element])
    }

    private mutating func supersede(_ sets: FieldChanges?) throws {
        var rest = sets
        for supersession in request.supersessions {
            let document = try archive.document(supersession.document, of: current)
            var fields = try describedFields(document)
            if let named = request.document, let sets,
                try archive.document(named, of: current).ordinal == document.ordinal
            {
                fields = try set(sets, document, fields)
                rest = nil
            }
            let examined = try FileExamination.examine(
                file: supersession.file, describedBy: fields, kind: document.kind,
                volume: archive.world.volume, identifier: formats)
            findings += examined.findings
            guard let file = examined.files.first else { continue }
            if file.size == document.size,
                try archive.world.volume.sha256(of: supersession.file) == document.sha256
            {
                findings.append(
                    Finding(
                        .supersededSame, subject: supersession.file.string,
                        ["document": String(document.ordinal)]))
            }
            recount(from: document.fields, to: fields)
            superseded.append(
                Amendment.Supersession(
                    change: try change(document, fields), document: file,
                    folder: supersession.file.removingLastComponent()))
        }
        guard let named = request.document, let rest, !rest.pairs.isEmpty else { return }
        let document = try archive.document(named, of: current)
        let fields = try set(rest, document, describedFields(document))
        recount(from: document.fields, to: fields)
        described.append(try change(document, fields))
    }

    private mutating func set(
        _ sets: FieldChanges, _ document: CatalogedDocument, _ fields: DocumentFields
    ) throws -> DocumentFields {
        try refuseActs(sets, FieldChanges.notOfDocument)
        let changed = sets.applied(to: fields, of: document.kind)
        findings += changed.findings
        return changed.fields
    }

    /// The dossier's number of pages follows its documents'.
    private mutating func recount(
        from old: DocumentFields, to new: DocumentFields
    ) {
        let (was, now) = (
            old[.numberOfPage].flatMap { Int($0) }, new[.numberOfPage].flatMap { Int($0) }
        )
        guard let was, let now, was != now else { return }
        count(.numberOfPage, now - was)
    }

    private mutating func count(_ field: DossierField, _ difference: Int) {
        guard difference != 0, let number = dossier.fields[field].flatMap({ Int($0) }) else {
            return
        }
        var fields = dossier.fields
        fields[field] = String(max(0, number + difference))
        dossier = Dossier(fields: fields, arrangement: dossier.arrangement)
    }

    /// What the tar says of a document, which must be what the catalog says: rot must not be sealed anew.
    private func describedFields(_ document: CatalogedDocument) throws -> DocumentFields {
        let version = try archive.catalog.describingVersion(
            ofDocument: document.ordinal, of: current.object, version: current.version)
        let fields = try base.documentFields(
            document.kind, ordinal: document.ordinal, describedIn: version ?? 1)
        guard fields.without(.docId) == document.fields.without(.docId) else {
            throw ArchiveFailure(
                .damaged, subject: document.originalName, ["id": current.object.text])
        }
        return document.fields
    }

    private func change(_ document: CatalogedDocument, _ fields: DocumentFields) throws
        -> Amendment.Change
    {
        let version = try archive.catalog.describingVersion(
            ofDocument: document.ordinal, of: current.object, version: current.version)
        let root = current.object.fileName + "/"
        return Amendment.Change(
            kind: document.kind, ordinal: document.ordinal, fields: fields,
            describedIn: version ?? 1,
            path: String(document.entryPath.text.dropFirst(root.count)))
    }

    private mutating func add(_ folder: FilePath) throws {
        var last = 0
        try archive.catalog.documents(of: current.object, version: current.version) {
            last = max(last, $0.ordinal)
        }
        let examined = try AdditionExamination.examine(
            folder: folder, of: dossier, after: last, volume: archive.world.volume,
            identifier: formats,
            isTaken: { [archive, current] ordinal in
                if case .none = try archive.catalog.document(
                    of: current.object, version: current.version, matching: String(ordinal))
                {
                    return false
                }
                return true
            })
        findings += examined.findings
        addition = examined
        count(.totalDoc, examined.documentCount)
        count(.numberOfPage, examined.pages)
    }

    private mutating func migrate(
        _ folder: FilePath, _ derivation: AmendRequest.Derivation
    ) throws {
        let name = derivation.representation
        guard name.hasPrefix("rep"), let number = Int(name.dropFirst(3)),
            (2...999).contains(number),
            name == "rep\(number)"
        else {
            throw ArchiveFailure(
                .usage, subject: name, ["detail": "--representation rep2 … rep999"])
        }
        let document = try archive.document(derivation.document, of: current)
        let fields = try describedFields(document)
        let examined = try FileExamination.examine(
            folder: folder, describedBy: fields, kind: document.kind,
            volume: archive.world.volume, identifier: formats)
        findings += examined.findings
        migration = Amendment.Migration(
            representation: name, isNew: !base.hasRepresentation(name),
            source: try change(document, fields), files: examined.files, folder: folder,
            tool: try archive.oneLine(derivation.tool, 200, "--tool"))
    }

    /// The changes in words, as `diff` will tell them.
    func changes() throws -> [StateChange] {
        var changes = StateComparison.fields(from: before, to: dossier)
        for supersession in superseded {
            let old = try archive.document(String(supersession.change.ordinal), of: current)
            changes += StateComparison.fields(
                of: old.ordinal, from: old.fields, to: supersession.change.fields)
            changes.append(
                StateChange(
                    .superseded, document: old.ordinal, element: old.originalName,
                    before: old.originalName, after: supersession.document.file.text))
        }
        for change in described {
            let old = try archive.document(String(change.ordinal), of: current)
            changes += StateComparison.fields(
                of: old.ordinal, from: old.fields, to: change.fields)
        }
        try addition?.closed?.forEachDocument { document in
            changes.append(
                StateChange(
                    .added, document: document.ordinal, element: document.file.text, before: "",
                    after: document.file.text))
        }
        for file in migration?.files ?? [] {
            changes.append(
                StateChange(
                    .derived, document: migration?.source.ordinal,
                    element: (migration?.representation ?? "") + "/" + file.file.text, before: "",
                    after: file.file.text))
        }
        return changes
    }
}
