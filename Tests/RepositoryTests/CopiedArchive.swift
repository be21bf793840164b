import Files
import Foundation
import Records
import Rehearsal
import Repository
import Storage
import SystemPackage
import Testing

/// An archive of small dossiers with copies of all of them in more stores, on a clock that only goes on.
final class CopiedArchive {
    let folder: TestFolder
    let root: FilePath
    let stores: [String]
    private(set) var objects: [ObjectIdentifier] = []
    private var hours: Int64 = 0

    init(dossiers: Int, stores: [String] = ["hai", "ba"]) throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        self.stores = stores
        let archive = try open(.writing)
        for name in stores {
            _ = try archive.addStore(
                StoreRequest(
                    name: name, address: folder.path(name).string, role: .copy, medium: .disk,
                    place: "Nhà " + name))
        }
        let packaging = try archive.packaging(
            identifier: nil, isDryRun: false, passphrase: nil, progress: { _ in }, fileDone: {})
        for number in 0..<dossiers {
            let dossier = try folder.makeDossier("d\(number)", notation: "\(number).CĐS")
            guard case .packaged(let packaged) = try packaging.package(dossier).result else {
                throw ArchiveFailure(.usage, subject: "not packaged")
            }
            objects.append(packaged.object)
        }
        try archive.finish()
        for report in try archive.syncStores([], progress: { _ in }) {
            #expect(report.isComplete, "\(report)")
        }
    }

    /// Packages one more dossier and copies it.
    func add(_ dossier: FilePath) throws {
        let archive = try open(.writing)
        let packaging = try archive.packaging(
            identifier: nil, isDryRun: false, passphrase: nil, progress: { _ in }, fileDone: {})
        guard case .packaged(let packaged) = try packaging.package(dossier).result else {
            throw ArchiveFailure(.usage, subject: "not packaged")
        }
        objects.append(packaged.object)
        try archive.finish()
        for report in try archive.syncStores([], progress: { _ in }) {
            #expect(report.isComplete, "\(report)")
        }
    }

    /// A world later than every one before.
    func world(_ volume: any Volume = DiskVolume(), afterHours: Int64 = 10) -> World {
        hours += afterHours
        return TestWorld.make(
            volume, seed: UInt64(hours),
            from: Instant(seconds: TestWorld.start.seconds + hours * 3600))
    }

    func open(
        _ purpose: Archive.Purpose = .auditing, _ volume: any Volume = DiskVolume(),
        afterHours: Int64 = 10
    ) throws -> Archive {
        try Archive.open(root, in: world(volume, afterHours: afterHours), for: purpose)
    }

    /// An audit, signed at its end as the command does.
    func audit(
        _ request: AuditRequest = AuditRequest(.everything), _ volume: any Volume = DiskVolume(),
        afterHours: Int64 = 10
    ) throws -> AuditReport {
        let archive = try open(.auditing, volume, afterHours: afterHours)
        let report = try archive.audit(request) { _ in }
        try archive.finish()
        return report
    }

    func repair(
        _ names: [String] = [], isDryRun: Bool = false, _ volume: any Volume = DiskVolume()
    ) throws -> RepairReport {
        let archive = try open(.auditing, volume)
        let report = try archive.repair(names, isDryRun: isDryRun) { _ in }
        try archive.finish()
        return report
    }

    func status() throws -> StatusReport { try open(.reading).status() }

    /// The catalog is what a rebuild makes of the store.
    func expectEqualCatalog(_ comment: Comment? = nil) throws {
        #expect(try Archive.checkCatalog(root, in: world()) == [], comment)
    }

    /// A store's folder; `chinh` is the primary one.
    func store(_ name: String) -> FilePath {
        name == ArchiveLayout.firstStore ? root.appending("stores/chinh") : folder.path(name)
    }

    /// The folder of an object in a store.
    func place(_ number: Int, in name: String) -> FilePath {
        store(name).appending("ocfl").pushing(
            FilePath(ObjectLocation.folder(of: objects[number])))
    }

    /// A file of an object in a store by the end of its name.
    func file(_ ending: String, of number: Int = 0, in name: String) throws -> FilePath {
        let folder = place(number, in: name)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.string).sorted()
        return folder.pushing(FilePath(try #require(names.first { $0.hasSuffix(ending) })))
    }
}

/// What stands in a folder, file by file.
struct FolderState: Equatable {
    /// A file's bytes, and whether anybody touched it.
    struct File: Equatable {
        let bytes: Data
        let status: FileStatus?
    }

    let files: [String: File]

    /// Everything below a folder but what is named.
    init(_ folder: FilePath, besides: [String] = []) throws {
        var files: [String: File] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.string)
        where !besides.contains(where: { name == $0 || name.hasPrefix($0 + "/") }) {
            let path = folder.pushing(FilePath(name))
            let status = try DiskVolume().status(path)
            let url = URL(filePath: path.string)
            let bytes = try status?.kind == .file ? Data(contentsOf: url) : nil
            // A folder changes with the names in it.
            files[name] = File(
                bytes: bytes ?? Data(), status: status?.kind == .folder ? nil : status)
        }
        self.files = files
    }

    /// Names whose bytes differ.
    func differences(to other: FolderState) -> [String] {
        Set(files.keys).union(other.files.keys).filter {
            files[$0]?.bytes != other.files[$0]?.bytes
        }.sorted()
    }

    /// Names that somebody touched.
    func touched(in other: FolderState) -> [String] {
        files.keys.filter { other.files[$0] != nil && files[$0] != other.files[$0] }.sorted()
    }
}
