import Cataloging
import Evidence
import Files
import Records
import Storage

/// Looks for files beside the dossiers that are damaged in the primary store and right in one other store alone.
///
/// Stores that answer are read, for such a file is small; of the others the marks and the known damage tell.
struct LastFiles {
    /// A file that an entry names, and the size of a ledger that has the last such entry.
    private struct Named {
        let path: String
        let digest: Digest
        let end: Int64
    }

    private let archive: Archive
    private let leaving: OpenedCopy
    private let run: CopyRun
    /// Where damage is open in each store; nil is the primary one.
    private let damaged: [ObjectIdentifier?: Set<String>]

    init(_ archive: Archive, in leaving: OpenedCopy) throws {
        self.archive = archive
        self.leaving = leaving
        let world = archive.world
        run = CopyRun(
            buffer: WorkBuffer(count: 1 << 16), progress: { _ in try world.stopIfInterrupted() })
        damaged = try archive.damagedBeside()
    }

    /// The files of details, policy and evidence that would go with the store.
    func paths() throws -> [String] {
        let named = try namedWhereDamaged()
        guard !named.isEmpty else { return [] }
        let primary = archive.primaryToRepair
        let others = try archive.openCopies().filter { $0.entry.store != leaving.entry.store }
        var paths: [String] = []
        for file in named {
            // What an audit tells of a folder is not wrong of every file in it.
            if try isRight(file, in: primary) { continue }
            if try others.contains(where: { try has($0, file) }) { continue }
            if try has(leaving, file) { paths.append(file.path) }
        }
        return paths
    }

    /// The files that the ledger names among what is damaged in the primary store.
    private func namedWhereDamaged() throws -> [Named] {
        guard let places = damaged[nil], !places.isEmpty else { return [] }
        var named: [String: Named] = [:]
        _ = try archive.ledger.read { entry, end in
            for file in LedgerFiles(entry).files where Self.isAt(file.path, places) {
                named[file.path] = Named(path: file.path, digest: file.digest, end: end.size)
            }
        }
        return named.values.sorted { $0.path < $1.path }
    }

    /// Whether a path, or a folder above it, is one of these places.
    private static func isAt(_ path: String, _ places: Set<String>) -> Bool {
        var place = path[...]
        while !places.contains(String(place)) {
            guard let slash = place.lastIndex(of: "/") else { return false }
            place = place[..<slash]
        }
        return true
    }

    private func has(_ copy: OpenedCopy, _ file: Named) throws -> Bool {
        guard let store = copy.readable else { return try isKnown(file, in: copy) }
        do {
            return try isRight(
                file,
                in: RepairStore(copy.entry.name, copy.entry.store, store, archive.catalog))
        } catch {
            guard archive.finding(of: error, copy.entry) != nil else { throw error }
            return try isKnown(file, in: copy)
        }
    }

    /// Whether a store that does not answer was brought a file, and nothing is known against it.
    private func isKnown(_ file: Named, in copy: OpenedCopy) throws -> Bool {
        guard let mark = try archive.copyMark(of: copy.entry.store), mark.size >= file.end else {
            return false
        }
        return !Self.isAt(file.path, damaged[copy.entry.store] ?? [])
    }

    private func isRight(_ file: Named, in store: RepairStore) throws -> Bool {
        do {
            guard let (reader, size) = try store.open(file.path, nil) else { return false }
            return try FileTriage.digest(of: reader, size, file.digest, run) == file.digest.bytes
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return false
        }
    }
}

extension Archive {
    /// Where damage beside the dossiers is open in each store; nil is the primary one.
    func damagedBeside() throws -> [ObjectIdentifier?: Set<String>] {
        var damaged: [ObjectIdentifier?: Set<String>] = [:]
        try catalog.forEachOpenDamage { damage in
            guard damage.object == nil, damage.isOfReading else { return }
            damaged[damage.store, default: []].insert(damage.path)
        }
        return damaged
    }
}
