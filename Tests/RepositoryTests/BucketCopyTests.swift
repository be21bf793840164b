import Files
import Foundation
import Records
import Rehearsal
import Repository
import Storage
import SystemPackage
import Testing

/// A vault in a real object store beside the primary one.
@Suite struct BucketCopyTests {
    private let folder: TestFolder
    /// Locks go by the object store's clock, which is the machine's.
    private let world = TestWorld.make(
        from: Instant(seconds: Int64(Date().timeIntervalSince1970)))

    init() throws { folder = try TestFolder() }

    private func request(_ server: SeaweedServer, _ bucket: String, _ keys: String) throws
        -> StoreRequest
    {
        try folder.write(keys, to: "khoa")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.path("khoa").string)
        var request = StoreRequest(
            name: "ket", address: "s3://\(bucket)/Kho lưu trữ", role: .vault, medium: .object,
            place: "Trung tâm dữ liệu tỉnh")
        request.endpoint = server.url
        request.region = "us-east-1"
        request.credentials = folder.path("khoa").string
        request.lockDays = 1
        return request
    }

    private func writing<Value>(_ root: FilePath, _ body: (Archive) throws -> Value) throws -> Value
    {
        let archive = try Archive.open(root, in: world, for: .writing)
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
}
