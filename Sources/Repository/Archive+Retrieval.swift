import Cataloging
import Cryptography
import Evidence
import Files
import Policies
import Records
import Retrieval
import Storage
package import SystemPackage

extension Archive {
    /// The dossier that a text names: identifier, its beginning, or any code, old ones too.
    func dossier(named text: String, version: Int?) throws -> ObjectIdentifier {
        let object: ObjectIdentifier
        switch try catalog.resolve(text) {
        case .dossier(let id, _): object = id
        case .document(let id, _, _): object = id
        case .several(let found):
            let names = found.prefix(5).map { $0.object.text }
            throw ArchiveFailure(
                .severalRecords, subject: text, ["nearest": names.joined(separator: ", ")])
        case .none(nearest: let nearest):
            throw ArchiveFailure(.unknownRecord, subject: text, ["nearest": Self.nearest(nearest)])
        }
        if let version, try catalog.object(object, version: version) == nil {
            throw ArchiveFailure(
                .unknownVersion, subject: object.text, ["version": String(version)])
        }
        return object
    }

    private static func nearest(_ names: [String]) -> String {
        names.isEmpty ? "" : " (≈ " + names.prefix(3).joined(separator: ", ") + ")"
    }

    /// Finds documents and dossiers.
    package func search(_ request: SearchRequest) throws -> [Hit] {
        var query = SearchQuery(
            words: request.words, limit: request.limit,
            sort: request.isRanked ? .relevance : .newest)
        query.from = request.from
        query.to = request.to
        query.organ = request.organ
        query.typeName = try request.type.map { try Self.typeCode($0) }
        if let from = request.from, let to = request.to, from.earliestText > to.latestText {
            throw ArchiveFailure(.usage, subject: "--from", ["detail": "--from > --to"])
        }
        query.number = request.number
        query.fonds = request.fonds
        return try catalog.search(query).map { hit in
            Hit(
                object: hit.object, dossierCode: hit.dossierCode, dossierTitle: hit.dossierTitle,
                document: hit.documentOrdinal, title: hit.title, number: hit.number,
                issued: hit.issued ?? "",
                organ: hit.organ, matched: hit.matched.map { ($0.field, $0.snippet) })
        }
    }

    /// The code of a type of document that was typed as code or word, with or without dấu.
    private static func typeCode(_ text: String) throws -> String {
        if let code = CodeList.typeName.code(for: text) { return code }
        let wanted = SearchFolding.fold(text)
        let found = CodeList.typeName.entries.first { entry in
            entry.words.contains { SearchFolding.fold($0) == wanted }
        }
        guard let found else {
            throw ArchiveFailure(
                .usage, subject: "--type", ["detail": "--type: " + CodeList.typeName.listing])
        }
        return found.code
    }

    /// A dossier with its documents and acts.
    package func show(_ text: String, version number: Int? = nil) throws -> ShownDossier {
        var shown = try overview(text, version: number)
        try forEachDocument(of: shown) { shown.documents.append($0) }
        return shown
    }

    /// Gives the documents of a shown version in their order.
    package func forEachDocument(
        of shown: ShownDossier, _ body: (ShownDossier.Listed) throws -> Void
    ) throws {
        try catalog.documents(of: shown.object, version: shown.version) {
            try body(ShownDossier.Listed($0))
        }
    }

    /// A dossier with its acts, without its documents, of which there may be very many.
    package func overview(_ text: String, version number: Int? = nil) throws -> ShownDossier {
        let object = try dossier(named: text, version: number)
        guard let version = try catalog.object(object, version: number) else {
            throw ArchiveFailure(.unknownRecord, subject: text, ["nearest": ""])
        }
        let dossier = version.dossier
        return ShownDossier(
            object: object, version: version.version,
            fields: DossierField.allCases.compactMap { field in
                dossier.fields[field].map { (field.rawValue, $0) }
            },
            arrangement: ArrangementField.allCases.compactMap { field in
                dossier.arrangement[field].map { (field.rawValue, $0) }
            },
            documents: [],
            renditions: try catalog.renditions(of: object, version: version.version).map {
                ShownDossier.Rendition(
                    representation: $0.representation, code: $0.code, name: $0.originalName,
                    path: $0.path.text, size: $0.size, sha256: $0.sha256, mimeType: $0.mimeType)
            },
            versions: try catalog.versions(of: object).map {
                ShownDossier.State(
                    version: $0.version, at: $0.packagedAt, title: $0.dossier.title,
                    tarBytes: $0.tarBytes)
            }, tarName: version.tarName, tarBytes: version.tarBytes,
            tarSHA512: version.tarSHA512, packagedAt: version.packagedAt,
            place: try catalog.place(of: object).map {
                ShownDossier.Place(location: $0.location ?? "", reason: $0.reason ?? "", at: $0.at)
            },
            links: try links(of: object, withEnded: false),
            acts: try catalog.events(object: object).map { event in
                ShownDossier.Act(
                    at: event.at, act: event.act, event: event.event, outcome: event.outcome,
                    agent: event.agent, version: event.version,
                    reason: try event.details.flatMap { try reason($0) })
            })
    }

    /// Why an act was done, where its details say so and are still what the ledger names.
    private func reason(_ digest: Digest) throws -> String? {
        do {
            return try details.content(digest)?["reason"]?.stringValue
        } catch is LedgerFailure {
            return nil
        }
    }

    /// Gives the dossiers in the order of their codes.
    ///
    /// A fonds that no dossier names must at least be registered.
    package func list(fonds: String?, _ body: (ListedDossier) throws -> Void) throws {
        if let fonds, try catalog.list(fonds: fonds, after: nil, limit: 1).isEmpty {
            _ = try registered(.fonds, fonds)
        }
        try catalog.forEachDossier(fonds: fonds) { version in
            try body(
                ListedDossier(
                    object: version.object, version: version.version, code: version.dossier.code,
                    title: version.dossier.title,
                    fonds: version.dossier.arrangement[.fonds, default: ""],
                    documents: version.documentCount, packagedAt: version.packagedAt))
        }
    }

    /// Hands over a whole dossier (its tar) or one document, to a new file or to standard output.
    package func deliver(
        _ text: String, document: String?, version number: Int? = nil, toFile path: FilePath?
    ) throws -> Delivery {
        let (object, wanted) = try deliverable(text, document)
        _ = try dossier(named: object.text, version: number)
        guard let version = try catalog.object(object, version: number) else {
            throw ArchiveFailure(.unknownRecord, subject: text, ["nearest": ""])
        }
        if wanted == nil, let path, path.extension?.lowercased() == "zip" {
            try ExportTarget.requireOutside(path, volume: world.volume)
            return try deliverZIP(version, to: path)
        }
        let holder = try wanted.map { try self.document($0, of: version).tarVersion }
        let tar = try openTar(of: object, version: holder ?? version.version)
        let found = try wanted.map { try self.document($0, of: version) }
        let target = try self.target(path, name: found?.originalName ?? version.tarName)
        let pass = DeliveryPass(
            of: tar, at: found?.offset ?? 0, size: found?.size ?? version.tarBytes,
            expecting: found?.sha256 ?? version.tarSHA512, volume: world.volume)
        do {
            let digest = try pass.run(to: target, standardOutput: StandardOutput())
            return Delivery(
                object: object, path: Self.path(target), bytes: found?.size ?? version.tarBytes,
                sha256: digest)
        } catch DeliveryFailure.damaged {
            throw ArchiveFailure(
                .damaged, subject: found?.originalName ?? version.tarName, ["id": object.text])
        } catch DeliveryFailure.targetExists(let path) {
            throw ArchiveFailure(.targetExists, subject: path.string)
        }
    }

    /// Where the bytes go: a file, or a file of the record's own name in a folder that is there.
    func target(_ path: FilePath?, name: String) throws -> DeliveryTarget {
        guard let path else { return .standardOutput }
        try ExportTarget.requireOutside(path, volume: world.volume)
        if try world.volume.status(path)?.kind == .folder {
            let last = name.split(separator: "/").last.map { String($0) } ?? name
            return .file(path.appending(bytes: Array(last.utf8)))
        }
        let parent = path.removingLastComponent()
        guard let found = try world.volume.status(parent),
            found.kind == .folder || found.kind == .link
        else {
            throw ArchiveFailure(
                .usage, subject: parent.string,
                ["detail": "không có thư mục · no folder \(parent.string)"])
        }
        return .file(path)
    }

    /// The package as a ZIP, as it travels between systems (TT 05/2025 Art. 3).
    private func deliverZIP(_ version: CatalogedVersion, to path: FilePath) throws -> Delivery {
        let states = try catalog.versions(of: version.object).filter {
            $0.version <= version.version
        }
        let zip = PackageZIP(
            of: try states.map {
                (try openTar(of: version.object, version: $0.version), $0.tarSHA512)
            }, volume: world.volume)
        do {
            let (size, digest) = try zip.write(to: path)
            return Delivery(object: version.object, path: path.string, bytes: size, sha256: digest)
        } catch DeliveryFailure.damaged {
            throw ArchiveFailure(.damaged, subject: version.tarName, ["id": version.object.text])
        } catch DeliveryFailure.targetExists(let path) {
            throw ArchiveFailure(.targetExists, subject: path.string)
        }
    }

    func openTar(of object: ObjectIdentifier, version: Int) throws -> any OpenFile {
        let name = "\(object.fileName).v\(version).tar"
        let path = objects.folder(of: object).appending("v\(version)/content/" + name)
        do {
            return try world.volume.open(path)
        } catch {
            if error.errno == .noSuchFileOrDirectory {
                throw StorageFailure(.missing, subject: object.text)
            }
            throw error
        }
    }

    /// The dossier and document meant: a document's own code names both.
    func deliverable(_ text: String, _ document: String?) throws -> (
        ObjectIdentifier, String?
    ) {
        if document == nil, case .document(let object, _, let ordinal) = try catalog.resolve(text) {
            return (object, String(ordinal))
        }
        return (try dossier(named: text, version: nil), document)
    }

    func document(_ text: String, of version: CatalogedVersion) throws -> CatalogedDocument {
        switch try catalog.document(of: version.object, version: version.version, matching: text) {
        case .one(let document): return document
        case .several(let found):
            let names = found.prefix(5).map { "\($0.ordinal) \($0.originalName)" }
            throw ArchiveFailure(
                .severalDocuments, subject: version.object.text,
                ["document": text, "nearest": names.joined(separator: ", ")])
        case .none:
            throw ArchiveFailure(.unknownDocument, subject: version.object.text, ["document": text])
        }
    }

    private static func path(_ target: DeliveryTarget) -> String {
        switch target {
        case .file(let path): path.string
        case .standardOutput: "-"
        }
    }
}

extension ShownDossier.Listed {
    init(_ document: CatalogedDocument) {
        let fields = document.fields
        self.init(
            ordinal: document.ordinal, kind: document.kind,
            fields: document.kind.elements.compactMap { field in
                fields[field].map { (field.rawValue, $0) }
            },
            title: document.title, number: document.number,
            issued: document.date?.slashedText ?? "",
            name: document.originalName, path: document.entryPath.text, size: document.size,
            sha256: document.sha256, format: document.format)
    }
}
