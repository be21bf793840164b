import Cataloging
import Files
import Records
import Storage
import SystemPackage

/// A store in a repair: one to mend, or one to take right bytes from.
struct RepairStore {
    let name: String
    /// Nil for the primary store.
    let id: ObjectIdentifier?
    let store: any CopyStore
    private let catalog: Catalog

    init(_ name: String, _ id: ObjectIdentifier?, _ store: any CopyStore, _ catalog: Catalog) {
        self.name = name
        self.id = id
        self.store = store
        self.catalog = catalog
    }

    /// The disk on which files are built beside the store's own; nil where any will do.
    var stagingVolume: (any Volume)? { (store as? DirectoryStore)?.volume }

    /// The version that the store gave its word for; nil when it holds none.
    func version(of object: ObjectIdentifier) throws -> Int? {
        guard let id else { return try catalog.object(object)?.version }
        return try catalog.copies(of: object).first { $0.store == id }?.version
    }

    /// Whether some version of some dossier has a tar of these bytes.
    func isTarOfSomething(_ sha512: Digest) throws -> Bool { try catalog.holdsTar(sha512) }

    /// As an audit reads it.
    func auditTarget(primary objects: ObjectStore) -> AuditTarget {
        guard let id else { return AuditTarget(primary: objects) }
        return AuditTarget(name, id, store)
    }

    /// The mark by which a receipt names a file's state; nil where the store gives none.
    func mark(of path: String, _ object: ObjectIdentifier?) throws -> String? {
        guard let id, let object,
            let text = try catalog.copies(of: object).first(where: { $0.store == id })?.marks,
            let marks = try? JSONValue(parsing: text.utf8)
        else { return nil }
        let folder = "ocfl/" + ObjectLocation.folder(of: object) + "/"
        return marks[String(path.dropFirst(folder.count))]?.stringValue
    }

    /// A file to read from; nil when it is not there or cannot be read.
    func open(
        _ path: String, _ object: ObjectIdentifier?
    ) throws -> (file: any ReadableFile, size: Int64)? {
        do {
            let mark = try mark(of: path, object)
            let seen = mark.map { store.marked([path: $0]) } ?? store
            guard let size = try seen.size(of: path) else { return nil }
            return (try seen.reader(of: path, mark: mark), size)
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return nil
        }
    }

    /// A small file's bytes; nil when it is not there, cannot be read or is too large.
    func small(_ path: String, _ object: ObjectIdentifier?) throws -> [UInt8]? {
        do {
            guard let (file, size) = try open(path, object),
                size <= Int64(ObjectInspection.inventoryLimit)
            else { return nil }
            return try file.bytes(at: 0, count: Int(size))
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return nil
        }
    }
}

extension Archive {
    /// The primary store, read and mended like the others.
    var primaryToRepair: RepairStore {
        RepairStore(
            ArchiveLayout.firstStore, nil,
            DirectoryStore(root: objects.layout.root, volume: world.volume), catalog)
    }

    /// The primary store and every copy store that is there.
    func repairStores(_ copies: [OpenedCopy]) throws -> [RepairStore] {
        try [primaryToRepair]
            + copies.compactMap { copy in
                try reachable(copy).map {
                    RepairStore(copy.entry.name, copy.entry.store, $0, catalog)
                }
            }
    }
}
