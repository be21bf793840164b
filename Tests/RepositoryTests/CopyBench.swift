import Cataloging
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// An archive beside folders that keep its copies, all in one folder of a test's own.
///
/// The stores are named by relative paths, so that archive and stores can be copied and moved together.
final class CopyBench {
    let folder: TestFolder
    /// The folder that holds the archive and its stores.
    let base: FilePath
    var root: FilePath { base.appending("kho") }
    private var minutes: Int64

    init(dossiers: Int = 0) throws {
        folder = try TestFolder()
        base = folder.path()
        minutes = 0
        _ = try folder.makeArchive()
        for number in 0..<dossiers { try package(number + 1) }
    }

    /// The same archive and stores, copied as they stand into a folder of their own.
    init(copying other: CopyBench, as name: String) throws {
        folder = other.folder
        base = other.folder.path("cases").appending(name)
        minutes = other.minutes
        try FileManager.default.createDirectory(
            atPath: base.string, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: other.base.string)
        where name != "cases" {
            try FileManager.default.copyItem(
                atPath: other.base.appending(name).string, toPath: base.appending(name).string)
        }
    }

    func remove() throws { try FileManager.default.removeItem(atPath: base.string) }

    /// A world later than every one before.
    func world(_ volume: any Volume = DiskVolume()) -> World {
        minutes += 20
        return TestWorld.make(
            volume, seed: UInt64(minutes),
            from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    /// Does what a command does: opens, works, signs, and lets what is new go to the stores.
    @discardableResult
    func write<Result>(
        _ volume: any Volume = DiskVolume(), _ work: (Archive) throws -> Result
    ) throws -> (result: Result, news: [SyncReport]) {
        let archive = try Archive.open(root, in: world(volume), for: .writing)
        let result = try work(archive)
        try archive.finish()
        return (result, try archive.syncNews { _ in })
    }

    func read() throws -> Archive { try Archive.open(root, in: world(), for: .reading) }

    @discardableResult
    func package(_ number: Int, _ volume: any Volume = DiskVolume()) throws -> [SyncReport] {
        let dossier = try folder.makeDossier("d\(number)", notation: "\(number).CĐS", documents: 1)
        return try write(volume) { archive in
            let outcome = try archive.packaging(
                identifier: nil, isDryRun: false, passphrase: nil, progress: { _ in }, fileDone: {}
            ).package(dossier)
            try #require(!outcome.isRejected, "\(outcome.findings)")
        }.news
    }

    func amend(_ number: Int) throws {
        var request = AmendRequest(dossier: "H61.12.2024.\(number).CĐS", reason: "Sửa")
        request.sets = ["title=Tiêu đề \(minutes)"]
        try write { archive in
            let outcome = try archive.amend(request, isDryRun: false, passphrase: nil) { _ in }
            try #require(!outcome.isRejected, "\(outcome.findings)")
        }
    }

    func request(
        _ name: String, at address: String? = nil, medium: StoreEntry.Medium = .removable,
        place: String = "Kho B"
    ) -> StoreRequest {
        StoreRequest(
            name: name, address: address ?? "../" + name, role: .copy, medium: medium, place: place)
    }

    @discardableResult
    func add(_ name: String, _ volume: any Volume = DiskVolume()) throws -> StoreEntry {
        try write(volume) { try $0.addStore(request(name)) }.result
    }

    @discardableResult
    func sync(_ names: String..., on volume: any Volume = DiskVolume()) throws -> [SyncReport] {
        try write(volume) { try $0.syncStores(names) { _ in } }.result
    }

    func path(_ name: String) -> FilePath { base.appending(name) }

    /// Takes a store's disk away, and brings it back.
    func unmount(_ name: String) throws {
        try FileManager.default.moveItem(
            atPath: path(name).string, toPath: path("." + name).string)
    }

    func mount(_ name: String) throws {
        try FileManager.default.moveItem(
            atPath: path("." + name).string, toPath: path(name).string)
    }

    /// Every file below a folder, with its bytes.
    func files(_ folder: FilePath) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.string) {
            var isFolder: ObjCBool = false
            let path = folder.string + "/" + name
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            found[name] = try Data(contentsOf: URL(filePath: path))
        }
        return found
    }

    var primary: FilePath { get throws { try read().objects.layout.root } }
}

extension CopyBench {
    /// The store has all that the primary has, byte for byte, but the tree, which is made of the entries.
    func expectEqual(_ name: String) throws {
        let mine = try files(path(name)).filter { $0.key != "store.json" }
        let theirs = try files(primary).filter {
            $0.key != "store.json" && !$0.key.hasPrefix("ledger/tile/")
                && !$0.key.hasPrefix("recovered/")
        }
        let own = mine.filter {
            !$0.key.hasPrefix("ledger/tile/") && !$0.key.hasPrefix("recovered/")
        }
        // Details whose entry was never made are nobody's, and are not copied.
        let ledger = String(decoding: theirs["ledger/entries.jsonl"] ?? Data(), as: UTF8.self)
        let named = theirs.filter { file, _ in
            guard file.hasPrefix("details/") else { return true }
            return ledger.contains(file.dropFirst("details/".count).dropLast(".json".count))
        }
        #expect(Set(own.keys) == Set(named.keys), "\(name)")
        for (file, bytes) in named { #expect(own[file] == bytes, "\(name)/\(file)") }
    }

    /// No store lies, and catalog and primary store are sound (invariants S1, C1, W1).
    func expectHonest(_ note: String = "") throws {
        try expectHonestStores(note)
        #expect(try Archive.checkCatalog(root, in: world()) == [], "\(note)")
    }

    private func expectHonestStores(_ note: String) throws {
        let archive = try Archive.open(root, in: world(), for: .auditing)
        let report = try archive.audit([], progress: { _ in })
        // That a store is not mounted, or is another one, is told, and no fault of this archive.
        let findings = report.findings.filter {
            ![.copyStoreAway, .copyStoreOther].contains($0.code)
        }
        #expect(findings.isEmpty, "\(note): \(findings)")
        try archive.finish()
        for copy in try archive.openCopies() {
            guard let store = copy.ready as? DirectoryStore else { continue }
            try expectTrueReceipts(copy.entry, store, archive, note)
            try expectTrueLedger(store, archive, note)
        }
    }

    private func expectTrueReceipts(
        _ entry: StoreEntry, _ store: DirectoryStore, _ archive: Archive, _ note: String
    ) throws {
        try store.objects.forEachObject { object, folder in
            var inspection = ObjectInspection(
                of: "o", in: folder, volume: DiskVolume(), buffer: WorkBuffer(count: 1 << 16),
                progress: { _ in })
            try inspection.run(expecting: object, inventory: nil)
            let findings = inspection.findings.filter {
                // A version that a death left without inventory waits for the next run.
                $0.code != .objectExtraFile
            }
            #expect(findings.isEmpty, "\(note) \(entry.name): \(findings)")
        }
        try archive.list(fonds: nil) { dossier in
            for copy in try archive.catalog.copies(of: dossier.object)
            where copy.store == entry.store {
                let here = try store.objects.inventoryDigest(of: dossier.object, at: copy.version)
                let there = try archive.objects.inventoryDigest(
                    of: dossier.object, at: copy.version)
                #expect(here != nil && here == there, "\(note) \(entry.name) \(dossier.code)")
            }
        }
    }

    /// All that the entries of a store name is there as the primary has it.
    private func expectTrueLedger(
        _ store: DirectoryStore, _ archive: Archive, _ note: String
    ) throws {
        let mine = try files(store.layout.root)
        let theirs = try files(archive.objects.layout.root)
        let ledger = mine["ledger/entries.jsonl"] ?? Data()
        #expect(theirs["ledger/entries.jsonl"]?.starts(with: ledger) == true, "\(note)")
        _ = try Ledger(folder: store.layout.ledger, volume: DiskVolume()).read { entry, _ in
            var names = entry.draft.digests.keys.filter { $0.hasPrefix("policy/") }
            if let details = entry.draft.details { names.append("details/\(details.hex).json") }
            if let batch = BatchDigests(entry.draft) {
                names += batch.files.map { "evidence/\(batch.name)/\($0.path)" }
            }
            for name in names {
                #expect(mine[name] != nil && mine[name] == theirs[name], "\(note) \(name)")
            }
        }
    }
}
