import Cataloging
import Cryptography
import Records
import Retrieval
import Storage
import SystemPackage

/// The dossiers that leave, in the order of their places in the export, and where the ledger ended meanwhile.
struct ExportSelection {
    /// A dossier as the catalog knew it when the export began.
    struct Item: Hashable {
        let object: ObjectIdentifier
        /// SHA-512 of its inventory.
        let inventory: Digest
        /// Its place in the export below `ocfl/` or `dossiers/`.
        let place: String
    }

    private(set) var items: [Item] = []
    private(set) var bytes: Int64 = 0
    let head: CatalogedLedgerHead
    let scope: ExportCard.Scope

    var objects: Set<ObjectIdentifier> { Set(items.map(\.object)) }

    /// Chooses; a run that writes meanwhile makes it choose again, so that head and dossiers fit together.
    init(_ archive: Archive, _ request: ExportRequest) throws {
        var versions: [CatalogedVersion] = []
        var head = try archive.catalog.ledgerHead
        while true {
            versions = try Self.versions(archive, request.scope)
            let now = try archive.catalog.ledgerHead
            if now?.last == head?.last { break }
            head = now
        }
        guard let head else {
            throw ArchiveFailure(.catalogMissing, subject: archive.layout.catalog.string)
        }
        self.head = head
        bytes = versions.reduce(0) { $0 + $1.tarBytes }
        scope = Self.scope(request.scope, versions.map(\.object))
        items = Self.items(versions, request.form)
    }

    private static func versions(_ archive: Archive, _ scope: ExportRequest.Scope) throws
        -> [CatalogedVersion]
    {
        var found: [CatalogedVersion] = []
        switch scope {
        case .everything: try archive.catalog.forEachDossier { found.append($0) }
        case .fonds(let code):
            try archive.catalog.forEachDossier(fonds: code) { found.append($0) }
            if found.isEmpty {
                throw ArchiveFailure(
                    .usage, subject: "--fonds",
                    ["detail": "--fonds: không có hồ sơ nào · no dossier of \(code)"])
            }
        case .records(let texts):
            var seen: Set<ObjectIdentifier> = []
            for text in texts {
                let object = try archive.dossier(named: text, version: nil)
                guard seen.insert(object).inserted,
                    let version = try archive.catalog.object(object)
                else { continue }
                found.append(version)
            }
        }
        return found
    }

    private static func scope(_ scope: ExportRequest.Scope, _ objects: [ObjectIdentifier])
        -> ExportCard.Scope
    {
        switch scope {
        case .everything: return ExportCard.Scope(kind: "all")
        case .fonds(let code): return ExportCard.Scope(kind: "fonds", fonds: code)
        case .records:
            let text = objects.sorted().map { $0.text + "\n" }.joined()
            let digest = Cryptography.Hasher.digest(.sha256, of: Array(text.utf8))
            return ExportCard.Scope(
                kind: "records", count: Int64(objects.count), sha256: Hexadecimal.text(of: digest))
        }
    }

    /// Places in the order of their bytes; a name that two dossiers share is made whole.
    private static func items(_ versions: [CatalogedVersion], _ form: ExportRequest.Form) -> [Item]
    {
        var taken: [String: Int] = [:]
        if form != .ocfl {
            for version in versions { taken[name(of: version, whole: false), default: 0] += 1 }
        }
        return versions.map { version in
            let short = form == .ocfl ? "" : name(of: version, whole: false)
            let isShared = taken[short, default: 0] > 1
            return Item(
                object: version.object, inventory: version.inventorySHA512,
                place: form == .ocfl
                    ? ObjectLocation.folder(of: version.object)
                    : isShared ? name(of: version, whole: true) : short)
        }.sorted { ($0.place + "/").utf8.lexicographicallyPrecedes(($1.place + "/").utf8) }
    }

    private static func name(of version: CatalogedVersion, whole: Bool) -> String {
        ReadableName.of(code: version.dossier.code, version.object, whole: whole)
    }
}
