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
        for name in stores {
            let archive = try open(.writing)
            _ = try archive.addStore(
                StoreRequest(
                    name: name, address: folder.path(name).string, role: .copy, medium: .disk,
                    place: "Nhà " + name))
            try archive.finish()
        }
        // A store that was added is met when the archive is opened again.
        let archive = try open(.writing)
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

    /// A dossier with one file of about so many MiB.
    func makeLargeDossier(_ name: String, mebibytes: Int) throws -> FilePath {
        let dossier = try folder.makeDossier(name, notation: name, documents: 1)
        let file = try FileHandle(forWritingTo: URL(filePath: dossier.string + "/Văn bản 1.txt"))
        var chance = SeededChance(seed: 7)
        let line = Data((0..<(1 << 18)).map { _ in UInt8(0x61 + chance.next() % 26) })
        for number in 0..<(mebibytes * 4) {
            try file.write(contentsOf: Data("\(name) \(number)\n".utf8) + line)
        }
        try file.close()
        return dossier
    }

    /// Adds a store in a bucket of its own and copies all dossiers into it.
    func addBucket(_ name: String, _ server: SeaweedServer) throws {
        try folder.write(SeaweedServer.writer, to: "khoa")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.path("khoa").string)
        var request = StoreRequest(
            name: name, address: "s3://\(try server.makeBucket())/kho", role: .copy,
            medium: .object, place: "Tỉnh")
        request.endpoint = server.url
        request.credentials = folder.path("khoa").string
        try writing { _ = try $0.addStore(request) }
        let report = try writing { try $0.syncStores([name], progress: { _ in }) }
        #expect(report.allSatisfy { $0.isComplete }, "\(report)")
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

    /// Writes, and is closed afterwards.
    func writing<Value>(_ body: (Archive) throws -> Value) throws -> Value {
        let archive = try open(.writing)
        let value = try body(archive)
        try archive.finish()
        return value
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
