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
            name: "ket", address: "s3://\(bucket)/Kho-lưu-trữ", role: .vault, medium: .object,
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
