import Bundles
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// The tars of entries to come, opened together so that those of many small dossiers are hashed side by side.
struct TarsAhead {
    /// A tar, or why it could not be opened; that is said when its entry is applied.
    typealias Opened = Result<StoredTar, any Error>

    /// How many entries are looked ahead: twice as many as the widest machine hashes at once.
    static let mostEntries = 16

    private var tars: [Int64: Opened] = [:]
    private let buffers = (0..<mostEntries).map { _ in
        WorkBuffer(count: Int(StoredTar.largestHeld))
    }

    /// The tar of an entry that brought one.
    subscript(entry: LedgerEntry) -> Opened? { tars[entry.sequence] }

    /// Opens the tars of the next entries; those of the entries before are no longer used.
    mutating func read(for entries: [LedgerEntry], _ objects: ObjectStore, _ volume: any Volume) {
        tars.removeAll(keepingCapacity: true)
        for (entry, buffer) in zip(entries, buffers) {
            guard [LedgerAct.package, LedgerAct.amend].contains(entry.draft.act),
                let object = entry.draft.object, let version = entry.draft.version, version > 0,
                entry.draft.digests["tar"] != nil
            else { continue }
            let path = objects.tar(of: BundleLayout(object: object, version: version))
            tars[entry.sequence] = Result { try StoredTar(volume.open(path), in: buffer) }
        }
        StoredTar.takeDigests(of: tars.values.compactMap { try? $0.get() })
    }
}

extension ObjectStore {
    /// The folder of what a version brought.
    func content(of layout: BundleLayout) -> FilePath {
        folder(of: layout.object).appending("v\(layout.version)/content")
    }

    /// The tar of a version.
    func tar(of layout: BundleLayout) -> FilePath { content(of: layout).appending(layout.tar) }
}
