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

/// A vault in a real object store beside the primary one.
@Suite struct BucketCopyTests {
    private let folder: TestFolder
    /// Locks go by the object store's clock, which is the machine's.
    private let world = TestWorld.make(
        from: Instant(seconds: Int64(Date().timeIntervalSince1970)))

    init() throws { folder = try TestFolder() }

    private func request(
        _ server: SeaweedServer, _ bucket: String, _ keys: String,
        for role: StoreEntry.Role = .vault, named name: String = "ket",
        at prefix: String = "/Kho lưu trữ"
    ) throws -> StoreRequest {
        try folder.write(keys, to: "khoa")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.path("khoa").string)
        var request = StoreRequest(
            name: name, address: "s3://\(bucket)\(prefix)", role: role, medium: .object,
            place: "Trung tâm dữ liệu tỉnh")
        request.endpoint = server.url
        request.region = "us-east-1"
        request.credentials = folder.path("khoa").string
        if role == .vault { request.lockDays = 1 }
        return request
    }

    private func writing<Value>(
        _ root: FilePath, in later: World? = nil, _ body: (Archive) throws -> Value
    ) throws -> Value {
        let archive = try Archive.open(root, in: later ?? world, for: .writing)
        let value = try body(archive)
        try archive.finish()
        return value
    }

    @Test func `a vault takes dossiers, is away for a while, and catches up`() throws {
        guard let server = try SeaweedServer.start() else { return }
        let bucket = try server.makeBucket(withLocks: true)
        let root = try folder.makeArchive(in: world)
        let request = try request(server, bucket, SeaweedServer.writer)
        _ = try writing(root) { try $0.addStore(request) }
        _ = try Archive.package(folder.makeDossier(), into: root, in: world)
        let first = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        #expect(first.map(\.taken) == [1])
        #expect(first.flatMap(\.findings).isEmpty)

        server.kill()
        _ = try Archive.package(
            folder.makeDossier("hai", notation: "02.CĐS"), into: root, in: world)
        let away = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        #expect(away.map(\.isReached) == [false])
        try server.restart()
        let second = try writing(root) { try $0.syncStores([], progress: { _ in }) }

        #expect(second.map(\.taken) == [1])
        #expect(second.flatMap(\.findings).isEmpty)
        let checks = try Archive.open(root, in: world, for: .reading).checkStores([])
        #expect(checks.map(\.checked) == [2])
        #expect(checks.flatMap(\.findings).isEmpty)
    }

    /// What lies in the bucket under a store, by the keys of the store's own account.
    private func store(_ server: SeaweedServer, _ bucket: String) throws -> BucketStore {
        let address = try #require(S3Address("s3://\(bucket)/Kho lưu trữ"))
        let client = S3Client(
            address, connection: try server.connection(SeaweedServer.writer),
            pace: S3Pace(sleep: { _ in }), check: {})
        return BucketStore(client, lockedUntil: nil, volume: DiskVolume())
    }

    @Test func `a delete marker above a locked version is found, named and taken away`() throws {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket(withLocks: true)
        let root = try folder.makeArchive(in: world)
        let request = try request(server, bucket, SeaweedServer.writer)
        _ = try writing(root) { try $0.addStore(request) }
        _ = try Archive.package(folder.makeDossier(), into: root, in: world)
        let synced = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        #expect(synced.map(\.isComplete) == [true], "\(synced)")
        var paths: [String] = []
        try store(server, bucket).forEachFile(below: "ocfl") { paths.append($0.path) }
        let tar = try #require(paths.first { $0.hasSuffix(".tar") })

        try store(server, bucket).setAside(tar, as: "x")
        var audit = AuditRequest(.everything)
        audit.stores = ["ket"]
        let found = try writing(root) { try $0.audit(audit, progress: { _ in }) }
        let repaired = try writing(root) {
            try $0.repair([], isDryRun: false, progress: { _ in })
        }
        let after = try writing(root) { try $0.audit(audit, progress: { _ in }) }

        #expect(found.findings.map(\.code) == [.copyOverlaid])
        #expect(repaired.items.map(\.ending) == [.repaired])
        #expect(repaired.items.flatMap(\.damages).map(\.kind) == [.overlaid])
        #expect(after.findings.isEmpty)
        #expect(try store(server, bucket).size(of: tar) != nil)
    }

    @Test(arguments: [false, true])
    func `strange files in a bucket are told as in a folder, and repair sets them aside`(
        isVault: Bool
    ) throws {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket(withLocks: isVault)
        let root = try folder.makeArchive(in: world)
        let asked = try request(
            server, bucket, SeaweedServer.writer, for: isVault ? .vault : .copy)
        _ = try writing(root) { try $0.addStore(asked) }
        _ = try Archive.package(folder.makeDossier(), into: root, in: world)
        _ = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        let store = try store(server, bucket)
        let strange: [String: FindingCode] = [
            "ocfl/loose.txt": .rootExtraFile, "ocfl/aaa/bbb/ccc/la": .rootExtraFile,
            "ocfl/la": .rootExtraFile, "stray.txt": .storeExtraFile, "la": .storeExtraFile,
            "ledger/la": .storeExtraFile, "anh": .storeExtraFile, "evidence/la": .storeExtraFile,
            "details/la.json": .storeExtraFile, "policy/la.txt": .policyFileUnadopted,
            "policy/seal-0009.crt": .policyFileUnadopted,
        ]
        for path in strange.keys where path != "anh" {
            let isFolder = ["ocfl/la", "la", "evidence/la"].contains(path)
            for name in isFolder ? [path + "/b/c", path + "/d"] : [path] {
                try store.replace(name, with: [1])
            }
        }
        // What a console makes where somebody asks it for a folder.
        try store.replace("anh/", with: [])
        var audit = AuditRequest(.everything)
        audit.stores = ["ket"]

        let found = try writing(root) { try $0.audit(audit, progress: { _ in }) }.findings
        let repaired = try writing(root) {
            try $0.repair([], isDryRun: false, progress: { _ in })
        }
        let after = try writing(root) { try $0.audit(audit, progress: { _ in }) }

        #expect(found.count == strange.count, "\(found)")
        for finding in found {
            #expect(strange[finding.subject] == finding.code, "\(finding)")
            let isNote = finding.code == .storeExtraFile
            #expect(finding.severity == (isNote ? .warning : .error), "\(finding)")
        }
        #expect(repaired.items.map(\.ending) == [.repaired], "\(repaired.items)")
        #expect(after.findings.isEmpty, "\(after.findings)")
    }

    @Test(arguments: ["rác", "rác\n"])
    func `garbage over a bucket's ledger is mended by what the findings name`(garbage: String)
        throws
    {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket()
        let root = try folder.makeArchive(in: world)
        let request = try request(server, bucket, SeaweedServer.writer, for: .copy)
        _ = try writing(root) { try $0.addStore(request) }
        _ = try Archive.package(folder.makeDossier(), into: root, in: world)
        _ = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        let store = try store(server, bucket)
        try store.replace("ledger/entries.jsonl", with: Array(garbage.utf8))

        let synced = try writing(root) { try $0.syncStores([], progress: { _ in }) }

        // What ends no line is a torn end, which the sync itself takes away.
        let isTorn = !garbage.hasSuffix("\n")
        let codes = synced.flatMap(\.findings).map(\.code)
        #expect(codes == [isTorn ? .copyLedgerBack : .copyFileWrong])
        if !isTorn {
            let request = AuditRequest(.everything)
            _ = try writing(root) { try $0.audit(request, progress: { _ in }) }
            let repaired = try writing(root) {
                try $0.repair([], isDryRun: false, progress: { _ in })
            }
            #expect(repaired.items.map(\.ending) == [.repaired], "\(repaired.items)")
        }
        let again = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        #expect(again.map(\.isComplete) == [true])
        #expect(again.flatMap(\.findings).isEmpty)
    }

    @Test func `a locked version is proved to be locked, and its lock is prolonged`() throws {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket(withLocks: true)
        let root = try folder.makeArchive(in: world)
        let request = try request(server, bucket, SeaweedServer.writer)
        _ = try writing(root) { try $0.addStore(request) }
        _ = try Archive.package(folder.makeDossier(), into: root, in: world)
        _ = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        let checks = try Archive.open(root, in: world, for: .reading).checkStores([])
        #expect(checks.flatMap(\.findings).isEmpty)
        let vault = try store(server, bucket)
        var sums: (path: String, mark: String)?
        let marked = vault.marked(["": ""])
        try marked.forEachFile(below: "ocfl") { file in
            if file.path.hasSuffix(".sums"), let mark = file.mark { sums = (file.path, mark) }
        }
        let file = try #require(sums)
        let before = try #require(try vault.lockedUntil(file.path, mark: file.mark))

        #expect(try vault.refusesRemoval(of: file.path, mark: file.mark))
        let later = TestWorld.make(
            from: Instant(seconds: Int64(Date().timeIntervalSince1970) + 80_000))
        let archive = try Archive.open(root, in: later, for: .writing)
        _ = try archive.syncStores([], progress: { _ in })
        try archive.finish()

        let after = try #require(try vault.lockedUntil(file.path, mark: file.mark))
        #expect(after.seconds > before.seconds + 70_000)
    }

    @Test func `a store that comes back is read back, and what it lost comes again`() throws {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket()
        let root = try folder.makeArchive(in: world)
        let request = try request(server, bucket, SeaweedServer.writer, for: .copy)
        _ = try writing(root) { try $0.addStore(request) }
        _ = try Archive.package(folder.makeDossier(), into: root, in: world)
        _ = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        var paths: [String] = []
        try store(server, bucket).forEachFile(below: "ocfl") { paths.append($0.path) }
        let tar = try #require(paths.first { $0.hasSuffix(".tar") })
        try store(server, bucket).setAside(tar, as: "x")

        _ = try writing(root) {
            try $0.retireStore("ket", to: nil, because: "Thử", progress: { _ in })
        }
        _ = try writing(root) { try $0.addStore(request) }
        let again = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        var audit = AuditRequest(.everything)
        audit.stores = ["ket"]
        let read = try writing(root) { try $0.audit(audit, progress: { _ in }) }

        #expect(again.map(\.taken) == [1])
        let size = try #require(try store(server, bucket).size(of: tar))
        #expect(again.map(\.bytes) == [size])
        #expect(again.flatMap(\.findings).isEmpty)
        #expect(read.findings.isEmpty, "\(read.findings)")
    }

    @Test func `a vault that comes back has its versions in the ledger and is locked as it says`()
        throws
    {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket(withLocks: true)
        let root = try folder.makeArchive(in: world)
        let request = try request(server, bucket, SeaweedServer.writer)
        _ = try writing(root) { try $0.addStore(request) }
        _ = try Archive.package(folder.makeDossier(), into: root, in: world)
        _ = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        _ = try writing(root) {
            try $0.retireStore("ket", to: nil, because: "Thử", progress: { _ in })
        }

        let later = later(30_000)
        _ = try writing(root, in: later) { try $0.addStore(request) }
        let again = try writing(root, in: later) { try $0.syncStores([], progress: { _ in }) }

        let archive = try Archive.open(root, in: later, for: .reading)
        #expect(again.map(\.bytes) == [0])
        let object = try #require(try objects(archive).first)
        let copy = try #require(try archive.catalog.copies(of: object).first)
        let marks = try archive.marks(of: object, in: copy.store)
        #expect(marks.count >= 8)
        for (path, mark) in marks {
            let until = try store(server, bucket).lockedUntil(path, mark: mark)
            #expect(until == copy.lockedUntil, "\(path)")
        }
    }

    @Test func `receipts without versions are locked for longer too, and only what is there`()
        throws
    {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket(withLocks: true)
        let root = try folder.makeArchive(in: world)
        let request = try request(server, bucket, SeaweedServer.writer)
        let entry = try writing(root) { try $0.addStore(request) }
        _ = try Archive.package(folder.makeDossier(), into: root, in: world)
        _ = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        _ = try Archive.package(
            folder.makeDossier("hai", notation: "02.CĐS"), into: root, in: world)
        let archive = try Archive.open(root, in: later(30_000), for: .writing)
        let dossiers = try objects(archive)
        try #require(dossiers.count == 2)
        try archive.catalog.write { try $0.forgetCopies(in: entry.store) }
        let soon = Instant(seconds: archive.world.now().seconds + 3600)
        for object in dossiers { try receive(object, in: entry, until: soon, archive) }

        let synced = try archive.syncStores([], progress: { _ in })
        try archive.finish()

        #expect(synced.flatMap(\.findings).map(\.code) == [.copyMissing])
        #expect(synced.flatMap(\.findings).map(\.subject) == [dossiers[1].text])
        let ends = try dossiers.map { try archive.catalog.copies(of: $0).first?.lockedUntil }
        let end = try #require(ends[0])
        #expect(end.seconds > soon.seconds + 70_000)
        #expect(ends[1] == soon)
        let vault = try store(server, bucket)
        var locked: [(path: String, mark: String?)] = []
        try vault.forEachVersion(below: "ocfl/" + ObjectLocation.folder(of: dossiers[0])) {
            locked.append(($0.path, $0.mark))
        }
        #expect(!locked.isEmpty)
        for file in locked {
            #expect(try vault.lockedUntil(file.path, mark: file.mark) == end, "\(file.path)")
        }
    }

    /// Enters a vault's word for a dossier as it was entered before receipts named versions.
    private func receive(
        _ object: ObjectIdentifier, in entry: StoreEntry, until instant: Instant,
        _ archive: Archive
    ) throws {
        var chance = Chance(archive.world)
        let detail = try archive.details.keep(
            [
                "copies": .array([
                    .object(["object": .string(object.text), "version": .number(1)])
                ])
            ], salt: &chance)
        try archive.record(
            archive.draft(
                LedgerAct.replicate, "replication", details: detail,
                facts: [
                    "copy": .string(entry.store.text),
                    "lockedUntil": .string(instant.utcSecondsText),
                ]))
    }

    /// The dossiers in the order in which they were made.
    private func objects(_ archive: Archive) throws -> [ObjectIdentifier] {
        var objects: [ObjectIdentifier] = []
        try archive.catalog.forEachHolding { object, _, _ in objects.append(object) }
        return objects
    }

    /// A world some seconds later.
    private func later(_ seconds: Int64) -> World {
        TestWorld.make(
            seed: UInt64(seconds),
            from: Instant(seconds: Int64(Date().timeIntervalSince1970) + seconds))
    }

    @Test(arguments: ["/Kho lưu trữ/ocfl/x", "/Kho lưu trữ/", "", "/Kho lưu trữ 2"])
    func `a store lies neither in another one nor around it`(prefix: String) throws {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket()
        let root = try folder.makeArchive(in: world)
        let first = try request(server, bucket, SeaweedServer.writer, for: .copy)
        _ = try writing(root) { try $0.addStore(first) }
        let second = try request(
            server, bucket, SeaweedServer.writer, for: .copy, named: "hai", at: prefix)

        guard prefix != "/Kho lưu trữ 2" else {
            _ = try writing(root) { try $0.addStore(second) }
            return
        }
        let failure = #expect(throws: ArchiveFailure.self) {
            try writing(root) { try $0.addStore(second) }
        }

        #expect(failure?.reason == .storeAddress)
    }

    @Test func `a prefix inside another archive's store is refused`() throws {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket()
        let root = try folder.makeArchive(in: world)
        let elsewhere = try TestFolder()
        defer { withExtendedLifetime(elsewhere) {} }
        let stranger = try elsewhere.makeArchive(in: world)
        let first = try request(server, bucket, SeaweedServer.writer, for: .copy)
        _ = try writing(stranger) { try $0.addStore(first) }
        let second = try request(
            server, bucket, SeaweedServer.writer, for: .copy, at: "/Kho lưu trữ/ocfl/x")

        let failure = #expect(throws: ArchiveFailure.self) {
            try writing(root) { try $0.addStore(second) }
        }

        #expect(failure?.reason == .storeNotEmpty)
    }

    @Test func `keys that others can read open nothing`() throws {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket(withLocks: true)
        let root = try folder.makeArchive(in: world)
        let request = try request(server, bucket, SeaweedServer.writer)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: folder.path("khoa").string)

        let failure = #expect(throws: CopyStoreFailure.self) {
            try writing(root) { try $0.addStore(request) }
        }

        #expect(failure?.reason == .credentials)
    }

    @Test(arguments: ["README.txt", "ledger/entries.jsonl", "ocfl/cũ/thư.txt", "incoming/x"])
    func `a bucket with people's own objects is left as it is`(path: String) throws {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket(withLocks: true)
        let root = try folder.makeArchive(in: world)
        let request = try request(server, bucket, SeaweedServer.writer)
        let own = Array("của tôi".utf8)
        try store(server, bucket).replace(path, with: own)

        let failure = #expect(throws: ArchiveFailure.self) {
            try writing(root) { try $0.addStore(request) }
        }

        #expect(failure?.reason == .storeNotEmpty)
        #expect(try store(server, bucket).bytes(of: path, limit: 100) == own)
        #expect(try store(server, bucket).size(of: "store.json") == nil)
    }

    /// An archive whose primary store is lost, with a folder that lacks the last dossier and a bucket that has it.
    private func archiveOnlyTheBucketKnows(_ server: SeaweedServer, _ bucket: String) throws
        -> FilePath
    {
        let root = try folder.makeArchive(in: world)
        let vault = try request(server, bucket, SeaweedServer.writer)
        let disk = StoreRequest(
            name: "b", address: "../b", role: .copy, medium: .disk, place: "Kho B")
        _ = try writing(root) { try $0.addStore(disk) }
        _ = try writing(root) { try $0.addStore(vault) }
        _ = try Archive.package(folder.makeDossier(), into: root, in: world)
        _ = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        try FileManager.default.moveItem(
            atPath: folder.path("b").string, toPath: folder.path("away").string)
        _ = try Archive.package(
            folder.makeDossier("hai", notation: "02.CĐS"), into: root, in: world)
        _ = try writing(root) { try $0.syncStores([], progress: { _ in }) }
        try FileManager.default.moveItem(
            atPath: folder.path("away").string, toPath: folder.path("b").string)
        try FileManager.default.removeItem(atPath: root.appending("stores/chinh").string)
        return root
    }

    /// What `aws s3 sync --exclude store.json` does.
    private func fetch(_ server: SeaweedServer, _ bucket: String, into target: FilePath) throws {
        let store = try store(server, bucket)
        var files: [StoredFile] = []
        for name in ["ocfl", "ledger", "details", "policy", "evidence"] {
            try store.forEachFile(below: name) { files.append($0) }
        }
        for file in files {
            let bytes = try store.reader(of: file.path, mark: nil)
                .bytes(at: 0, count: Int(file.size))
            let place = URL(filePath: target.string + "/" + file.path)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: place)
        }
    }

    @Test func `a folder leads only when it was brought up to the bucket, which cannot lead`()
        throws
    {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket(withLocks: true)
        let root = try archiveOnlyTheBucketKnows(server, bucket)
        let behind = #expect(throws: ArchiveFailure.self) {
            try Archive.promote(root, "b", because: "Mất", in: world)
        }
        let inBucket = #expect(throws: ArchiveFailure.self) {
            try Archive.promote(root, "ket", because: "Mất", in: world)
        }

        #expect(behind?.reason == .bucketAhead && behind?.facts["bucket"] == "ket")
        #expect(behind.map { FailureReport(describing: $0).status } == .incomplete)
        #expect(inBucket?.reason == .bucketCannotLead)
        #expect(inBucket.map { FailureReport(describing: $0).status } == .usage)
        #expect(try DiskVolume().status(root.appending("promotion.json")) == nil)
        try fetch(server, bucket, into: folder.path("b"))
        let done = try Archive.promote(root, "b", because: "Mất", in: world)
        #expect(done.name == "b" && done.epoch == 2 && done.lacking == 0)
        #expect(done.told.first { $0.name == "ket" }?.isReached == true)
        #expect(try Archive.open(root, in: world, for: .reading).status().dossiers == 2)
    }
}
