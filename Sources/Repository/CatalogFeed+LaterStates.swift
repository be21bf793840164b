import Bundles
import Cataloging
import Evidence
import Files
import Policies
import Records
import Storage
import SystemPackage

/// Rows of a later state: only what its own tar changes is written; everything else stays as it stands.
extension CatalogFeed {
    func addLaterState(
        _ entry: LedgerEntry, _ writer: CatalogWriter, _ opened: TarsAhead.Opened?
    ) throws {
        guard let object = entry.draft.object, let version = entry.draft.version, version > 1,
            let tarDigest = entry.draft.digests["tar"],
            let inventory = entry.draft.digests["inventory"]
        else { return }
        try writer.settle()
        try writer.markCopiesBehind(of: object)
        let layout = BundleLayout(object: object, version: version)
        do {
            guard let before = try catalog.object(object, version: version - 1),
                !before.isUnreadable
            else { throw ContentsFailure(entry: layout.tar, detail: "the version before") }
            let tar = try opened?.get() ?? StoredTar(volume.open(objects.tar(of: layout)))
            let contents = try OverlayContents(of: tar, layout: layout)
            if !isTrusting { try contents.prove(against: sealed(entry, tarDigest, layout)) }
            try add(contents, over: before, entry, (tarDigest, inventory), writer)
        } catch let failure where !isTrusting && BundleContents.isRot(failure) {
            _ = try writer.add(Self.unreadable(entry, object, version, tarDigest, inventory))
        }
    }

    private func add(
        _ contents: OverlayContents, over before: CatalogedVersion, _ entry: LedgerEntry,
        _ digests: (tar: Digest, inventory: Digest), _ writer: CatalogWriter
    ) throws {
        let layout = BundleLayout(object: before.object, version: before.version + 1)
        // Everything is read before a row is written: a tar that is damaged in its middle leaves none.
        var changes: [OverlayContents.Described] = []
        try contents.forEachDescribed { changes.append($0) }
        let renditions = try contents.renditionNames.map {
            (name: $0, files: try contents.storedFiles(of: $0))
        }
        let dossier = Dossier(
            fields: try contents.dossierFields() ?? before.dossier.fields,
            arrangement: try contents.arrangement() ?? before.dossier.arrangement)
        let whole = try size(of: changes, renditions.flatMap(\.files), over: before)
        let row = try writer.add(
            CatalogedVersion(
                object: before.object, version: layout.version, dossier: dossier,
                documentCount: whole.documents,
                pageCount: dossier.fields[.numberOfPage].flatMap { Int($0) },
                payloadBytes: whole.payload, tarName: layout.tar,
                tarBytes: contents.tarBytes, tarSHA512: digests.tar,
                inventorySHA512: digests.inventory, packagedAt: entry.at,
                agent: entry.draft.agent, objectPath: before.objectPath))
        for change in changes {
            let document = try document(change, over: before, layout.version)
            try writer.add(document, to: row)
        }
        for (name, files) in renditions {
            for file in files {
                try writer.add(rendition(file, name, layout.version), to: row)
            }
        }
        try writer.addEntries(to: row) { add in
            for entry in contents.entries { try add(entry.row) }
        }
    }

    /// Documents and bytes of the whole: what an entry says of them may be another archive's word.
    private func size(
        of changes: [OverlayContents.Described], _ renditions: [OverlayContents.StoredFile],
        over before: CatalogedVersion
    ) throws -> (documents: Int, payload: Int64) {
        var documents = before.documentCount
        var payload = renditions.reduce(before.payloadBytes) { $0 + $1.size }
        for change in changes {
            guard let file = change.file else { continue }
            let old = try held(change.ordinal, in: before)
            payload += file.size - (old?.size ?? 0)
            if old == nil { documents += 1 }
        }
        return (documents, payload)
    }

    private func held(_ ordinal: Int, in before: CatalogedVersion) throws -> CatalogedDocument? {
        let found = try catalog.document(
            of: before.object, version: before.version, matching: String(ordinal))
        guard case .one(let document) = found else { return nil }
        return document
    }

    private func rendition(
        _ file: OverlayContents.StoredFile, _ representation: String, _ version: Int
    ) -> CatalogedRendition {
        CatalogedRendition(
            path: file.path, representation: representation, code: file.code,
            originalName: file.originalName, tarVersion: version, offset: file.offset,
            size: file.size, sha256: file.sha256, mimeType: file.format.mimeType,
            puid: file.format.puid)
    }

    /// The document as the change leaves it: a file that stays is told by the rows before.
    private func document(
        _ change: OverlayContents.Described, over before: CatalogedVersion, _ version: Int
    ) throws -> CatalogedDocument {
        let old = try held(change.ordinal, in: before)
        var fields = change.fields
        fields[.docId] =
            fields[.docId] ?? change.file?.docId ?? old?.fields[.docId]
            ?? fields[.docCode]
        let typeWord = fields[.typeName].flatMap { CodeList.typeName.words(for: $0) }
        if let file = change.file {
            return CatalogedDocument(
                ordinal: change.ordinal, kind: change.kind, fields: fields, typeWord: typeWord,
                entryPath: file.path, originalName: file.originalName, tarVersion: version,
                offset: file.offset, size: file.size, sha256: file.sha256, format: file.format)
        }
        guard let old else {
            throw ContentsFailure(
                entry: String(change.ordinal), detail: "described, but not there")
        }
        return CatalogedDocument(
            ordinal: change.ordinal, kind: change.kind, fields: fields, typeWord: typeWord,
            entryPath: old.entryPath, originalName: old.originalName, tarVersion: old.tarVersion,
            offset: old.offset, size: old.size, sha256: old.sha256, format: old.format)
    }
}
