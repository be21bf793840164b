import Bundles
import Cataloging
import Evidence
import Files
import Policies
import Records
import Storage
import SystemPackage

/// Feeds the catalog from ledger entries and the objects they name; the only way in which rows come to be.
struct CatalogFeed {
    let catalog: Catalog
    let objects: ObjectStore
    let volume: any Volume
    /// Whether bundles were made by this very run, so that a first reading without rows may be left out.
    let isTrusting: Bool

    init(_ archive: Archive, isTrusting: Bool = false) {
        self.init(
            catalog: archive.catalog, objects: archive.objects, volume: archive.world.volume,
            isTrusting: isTrusting)
    }

    init(catalog: Catalog, objects: ObjectStore, volume: any Volume, isTrusting: Bool = false) {
        self.catalog = catalog
        self.objects = objects
        self.volume = volume
        self.isTrusting = isTrusting
    }

    /// Applies entries in one transaction, with where the ledger then ends (invariant W4).
    func apply(_ entries: [LedgerEntry], endingAt head: LedgerHead) throws {
        var offset = head.size - entries.reduce(0) { $0 + Self.length(of: $1) }
        try catalog.write { writer in
            for entry in entries {
                try apply(entry, at: offset, writer)
                offset += Self.length(of: entry)
            }
            try writer.setLedgerHead(size: head.size, count: head.count, last: head.last)
        }
    }

    /// Applies a whole ledger in one transaction, which an empty catalog takes much faster; gives where it ends.
    func applyAll(of ledger: Ledger, before each: () throws -> Void) throws -> LedgerHead {
        try catalog.write { writer in
            var offset: Int64 = 0
            var coming: [LedgerEntry] = []
            var tars = TarsAhead()
            func applyComing() throws {
                tars.read(for: coming, objects, volume)
                for entry in coming {
                    try apply(entry, at: offset, writer, tars[entry])
                    offset += Self.length(of: entry)
                }
                coming.removeAll(keepingCapacity: true)
            }
            let head = try ledger.read { entry, _ in
                try each()
                coming.append(entry)
                if coming.count == TarsAhead.mostEntries { try applyComing() }
            }
            try applyComing()
            if head.count > 0 {
                try writer.setLedgerHead(size: head.size, count: head.count, last: head.last)
            }
            return head
        }
    }

    /// Indexes only the policy that entries adopted, each with where the ledger ended after it.
    func index(policyOf entries: [LedgerEntry], endingAt heads: [LedgerHead]) throws {
        try catalog.write { writer in
            for (entry, head) in zip(entries, heads) {
                try addPolicy(entry, at: head.size - Self.length(of: entry), writer)
            }
        }
    }

    /// Bytes of an entry in the ledger, with its line break.
    private static func length(of entry: LedgerEntry) -> Int64 { Int64(entry.line.utf8.count) + 1 }

    /// Applies one entry, with the tar it names where that was opened already.
    private func apply(
        _ entry: LedgerEntry, at offset: Int64, _ writer: CatalogWriter,
        _ tar: TarsAhead.Opened? = nil
    ) throws {
        try writer.add(
            CatalogedEvent(
                sequence: entry.sequence, at: entry.at, act: entry.draft.act,
                event: entry.draft.event,
                object: entry.draft.object, version: entry.draft.version, agent: entry.draft.agent,
                outcome: entry.draft.outcome.rawValue, details: entry.draft.details,
                line: entry.line))
        switch entry.draft.act {
        case LedgerAct.package: try addVersion(entry, writer, tar)
        case LedgerAct.amend: try addLaterState(entry, writer, tar)
        case LedgerAct.policy: try addPolicy(entry, at: offset, writer)
        case LedgerAct.place: try addPlace(entry, writer)
        case LedgerAct.link, LedgerAct.unlink: try changeLink(entry, writer)
        case LedgerAct.stamp: try addBatch(entry, writer)
        case LedgerAct.renew: try addRenewal(entry, writer)
        case LedgerAct.audit: try addAudit(entry, writer)
        case LedgerAct.auditFinding: try addFinding(entry, writer)
        case LedgerAct.repair: try addRepair(entry, writer)
        case LedgerAct.incident: try changeIncident(entry, writer)
        case LedgerAct.replicate: try addCopies(entry, writer)
        case LedgerAct.prolong: try prolongLocks(entry, writer)
        case LedgerAct.store: try changeStore(entry, writer)
        case LedgerAct.importing where entry.draft.facts["epoch"] != nil:
            // A whole import ends in a store of its own.
            try writer.setPrimary(nil)
        default: break
        }
    }

    private func addVersion(
        _ entry: LedgerEntry, _ writer: CatalogWriter, _ opened: TarsAhead.Opened?
    ) throws {
        guard let object = entry.draft.object, let version = entry.draft.version,
            let tarDigest = entry.draft.digests["tar"],
            let inventory = entry.draft.digests["inventory"]
        else { return }
        let layout = BundleLayout(object: object, version: version)
        do {
            let tar = try opened?.get() ?? StoredTar(volume.open(objects.tar(of: layout)))
            let contents = try BundleContents(of: tar, layout: layout)
            if !isTrusting { try contents.prove(against: sealed(entry, tarDigest, layout)) }
            // Everything is read before a row is written: a tar that is damaged in its middle leaves none.
            var documents: [IndexedDocument] = []
            if contents.isOfUsualSize {
                documents.reserveCapacity(contents.documentCount)
                try contents.forEachDocument { documents.append($0) }
            } else if !isTrusting {
                try contents.forEachDocument { _ in }
            }
            let row = try writer.add(
                CatalogedVersion(
                    object: object, version: version, dossier: contents.dossier,
                    documentCount: contents.documentCount,
                    pageCount: contents.dossier.fields[.numberOfPage].flatMap { Int($0) },
                    payloadBytes: contents.payloadBytes, tarName: layout.tar,
                    tarBytes: contents.tarBytes,
                    tarSHA512: tarDigest, inventorySHA512: inventory, packagedAt: entry.at,
                    agent: entry.draft.agent, objectPath: ObjectLocation.folder(of: object)))
            if contents.isOfUsualSize {
                for document in documents { try writer.add(document.row, to: row) }
            } else {
                try contents.forEachDocument { try writer.add($0.row, to: row) }
            }
            try addLinks(contents.dossier.links, of: object, entry, writer)
            try writer.addEntries(to: row) { add in
                try contents.forEachEntry { try add($0.row) }
            }
        } catch let failure where !isTrusting && BundleContents.isRot(failure) {
            // The ledger says what must be there: a dossier that cannot be read keeps a row, and is never forgotten.
            _ = try writer.add(Self.unreadable(entry, object, version, tarDigest, inventory))
        }
    }

    /// What the version must be, with the `.sums` beside its tar where they can be read.
    func sealed(_ entry: LedgerEntry, _ tar: Digest, _ layout: BundleLayout) -> SealedVersion {
        SealedVersion(tar: tar, sumsDigest: entry.draft.digests["sums"], layout: layout) {
            try readable(objects.content(of: layout).appending(layout.sums))
        }
    }

    private func readable(_ sums: FilePath) throws -> [UInt8]? {
        do {
            return try volume.readIfSmall(sums, limit: Sums.limit)
        } catch {
            guard BundleContents.isRot(error) else { throw error }
            return nil
        }
    }

    /// The row of a dossier whose bundle is damaged or missing: what the ledger alone knows.
    static func unreadable(
        _ entry: LedgerEntry, _ object: ObjectIdentifier, _ version: Int, _ tar: Digest,
        _ inventory: Digest
    ) -> CatalogedVersion {
        let facts = entry.draft.facts
        let layout = BundleLayout(object: object, version: version)
        return CatalogedVersion(
            object: object, version: version,
            dossier: Dossier(fields: [.title: Catalog.unreadableTitle], arrangement: [:]),
            documentCount: Int(clamping: facts["documents"]?.numberValue ?? 0), pageCount: nil,
            payloadBytes: facts["payload"]?.numberValue ?? 0, tarName: layout.tar,
            tarBytes: facts["tar"]?.numberValue ?? 0, tarSHA512: tar, inventorySHA512: inventory,
            packagedAt: entry.at, agent: entry.draft.agent,
            objectPath: ObjectLocation.folder(of: object))
    }
}

/// The acts' words in the ledger (`docs/ledger.md`).
enum LedgerAct {
    static let initialise = "init"
    static let policy = "policy"
    static let package = "package"
    static let amend = "amend"
    static let place = "place"
    static let link = "link"
    static let unlink = "unlink"
    static let stamp = "stamp"
    static let renew = "renew"
    static let witness = "witness"
    static let auditBegin = "audit-begin"
    static let audit = "audit"
    static let auditFinding = "audit-finding"
    static let recovery = "recovery"
    static let importing = "import"
    static let replicate = "replicate"
    static let store = "store"
    static let prolong = "prolong"
    static let repair = "repair"
    static let incident = "incident"
    static let drill = "drill"
}

extension BundleScan.Entry {
    /// The file as the catalog keeps it.
    var row: CatalogedEntry { CatalogedEntry(path: path, offset: offset, size: size) }
}

extension IndexedDocument {
    /// The document as the catalog keeps it.
    var row: CatalogedDocument {
        CatalogedDocument(
            ordinal: ordinal, kind: kind, fields: fields,
            typeWord: fields[.typeName].flatMap { CodeList.typeName.words(for: $0) },
            entryPath: entryPath, originalName: originalName,
            offset: offset, size: size, sha256: sha256, format: format)
    }
}

extension CatalogedVersion {
    /// Whether the bundle could not be read when the row was made.
    var isUnreadable: Bool { dossier.code.isEmpty && dossier.title == Catalog.unreadableTitle }
}

extension Catalog {
    /// The title of a dossier that could not be read.
    static let unreadableTitle = "(không đọc được · unreadable)"

    /// Dossiers whose bundles could not be read when their rows were made.
    func unreadable() throws -> [ObjectIdentifier] {
        try dossiersWithoutCode(titled: Self.unreadableTitle)
    }

    /// SHA-512 of an object's inventory as the ledger says it; nil when the ledger does not tell of the object.
    func inventoryDigest(of object: ObjectIdentifier) throws -> Digest? {
        if let version = try self.object(object) { return version.inventorySHA512 }
        let entry = try events(object: object).last {
            [LedgerAct.package, LedgerAct.amend].contains($0.act)
        }
        let labelled = entry.flatMap { try? JSONValue(parsing: $0.line.utf8) }?["digests"]?[
            "inventory"]
        return labelled?.stringValue.flatMap { Digest(.sha512, hex: $0.dropFirst("sha512:".count)) }
    }

    /// Whether the ledger tells that the object was packaged.
    func knows(_ object: ObjectIdentifier) throws -> Bool {
        try holds(object) || inventoryDigest(of: object) != nil
    }

    /// Gives every dossier in its current version, in the order of codes.
    func forEachDossier(fonds: String? = nil, _ body: (CatalogedVersion) throws -> Void) throws {
        var last: CatalogedVersion?
        while true {
            let page = try list(fonds: fonds, after: last, limit: 500)
            for version in page { try body(version) }
            guard let end = page.last else { return }
            last = end
        }
    }
}
