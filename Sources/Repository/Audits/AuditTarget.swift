import Auditing
import Cataloging
import Cryptography
import Files
import Records
import Storage

/// A store that an audit reads, and how.
struct AuditTarget {
    /// `chinh` for the primary store.
    let name: String
    /// Nil for the primary store.
    let store: ObjectIdentifier?
    let reader: Reader

    /// The two ways to read.
    enum Reader {
        /// A storage root on a disk.
        case root(ObjectStore)
        /// A store behind a network.
        case remote(any CopyStore)
    }

    /// The store as a copy; nil for the primary one.
    let copy: (any CopyStore)?

    /// Fails where the disk of a copy left, or is another one now; the primary store is the archive's own.
    func requireAnswer() throws { try copy?.requireAnswer() }

    /// The disk that a copy is read on; nil for the primary store, and for stores behind a network.
    var volume: (any Volume)? { (copy as? DirectoryStore)?.volume }

    /// The primary store.
    init(primary objects: ObjectStore) {
        name = ArchiveLayout.firstStore
        store = nil
        reader = .root(objects)
        copy = nil
    }

    /// A store beside it.
    init(_ name: String, _ store: ObjectIdentifier, _ copy: any CopyStore) {
        self.name = name
        self.store = store
        self.copy = copy
        reader = (copy as? DirectoryStore).map { .root($0.objects) } ?? .remote(copy)
    }
}

extension Archive {
    /// The stores that a request names; those that are away, or are not what they should be, are told.
    func auditTargets(_ names: [String]) throws -> (targets: [AuditTarget], findings: [Finding]) {
        let primary = AuditTarget(primary: objects)
        let known = configuration.stores.map(\.name)
        for name in names where name != primary.name { _ = try storeEntry(named: name) }
        var targets =
            names.isEmpty || names.contains(primary.name) ? [primary] : [AuditTarget]()
        var findings: [Finding] = []
        for name in known where names.isEmpty || names.contains(name) {
            let copy = try opened(storeEntry(named: name))
            guard let store = try reachable(copy) else {
                findings += try unready(copy).findings
                continue
            }
            try finishCopies(in: copy, progress: { _ in })
            targets.append(AuditTarget(name, copy.entry.store, store))
        }
        return (targets, findings)
    }
}
