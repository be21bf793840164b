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
