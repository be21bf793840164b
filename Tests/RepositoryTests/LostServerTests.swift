import Auditing
import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Object stores that die, stop or refuse while a command works with them.
@Suite struct LostServerTests {
    private let folder: TestFolder
    private let root: FilePath
    private let world: World

    init() throws {
        folder = try TestFolder()
        var world = TestWorld.make()
        world.pause = { _ in }
        self.world = world
        root = try folder.makeArchive(in: world)
    }

    private func keep(_ keys: String, mode: Int = 0o600) throws {
        try folder.write(keys, to: "khoa")
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: folder.path("khoa").string)
    }

    private func writing<Value>(_ body: (Archive) throws -> Value) throws -> Value {
        let archive = try Archive.open(root, in: world, for: .writing)
        let value = try body(archive)
        try archive.finish()
        return value
    }

    private func addBucket(_ name: String, _ server: SeaweedServer) throws {
        try keep(SeaweedServer.writer)
        var request = StoreRequest(
            name: name, address: "s3://\(try server.makeBucket())/kho", role: .copy,
            medium: .object, place: "Tỉnh")
        request.endpoint = server.url
        request.credentials = folder.path("khoa").string
        _ = try writing { try $0.addStore(request) }
    }

    private func addFolder() throws {
        _ = try writing {
            try $0.addStore(
                StoreRequest(
                    name: "b", address: "../b", role: .copy, medium: .disk, place: "Kho B"))
        }
    }

    /// Packages a dossier whose tar is longer than what a reader of a bucket holds ahead.
    private func addDossier(_ name: String, mebibytes: Int = 0) throws {
        let dossier = try folder.makeDossier(name, notation: name + ".CĐS", documents: 1)
        if mebibytes > 0 {
            let text = String(repeating: "Nội dung văn bản\n", count: mebibytes << 16)
            try Data(text.utf8).write(to: URL(filePath: dossier.string + "/Văn bản 1.txt"))
        }
        let outcome = try Archive.package(dossier, into: root, in: world)
        #expect(!outcome.isRejected, "\(outcome.findings)")
    }

    private func sync() throws -> [SyncReport] {
        try writing { try $0.syncStores([], progress: { _ in }) }
    }

    /// Kills a server as soon as so many bytes come in one piece.
    private func killing(_ server: SeaweedServer, at size: Int) -> (Int) throws -> Void {
        { count in if count >= size { server.kill() } }
    }

    private var copies: AuditRequest {
        var request = AuditRequest(.everything)
        request.stores = ["ket", "b"]
        return request
    }

    @Test(arguments: [1, 1 << 20])
    func `a server that dies while it is audited ends the reading of its store alone`(
        size: Int
    ) throws {
        guard let server = try SeaweedServer.start() else { return }
        try addBucket("ket", server)
        try addFolder()
        try addDossier("01", mebibytes: 8)
        #expect(try sync().allSatisfy(\.isComplete))

        let report = try writing {
            try $0.audit(copies, progress: killing(server, at: size))
        }

        #expect(report.stores.map(\.store) == ["ket", "b"])
        #expect(report.stores.map(\.isComplete) == [false, true] && !report.isComplete)
        #expect(report.stores.last?.checked == 1)
        #expect(report.findings.map(\.code) == [.copyStoreAway])
        #expect(report.findings.map(\.severity) == [.warning])
        #expect(try Archive.open(root, in: world, for: .reading).status().openDamage == 0)
        try server.restart()
        let again = try writing { try $0.audit(copies, progress: { _ in }) }
        #expect(again.isComplete && again.checked == 2 && again.findings.isEmpty)
    }

    @Test
    func `a part of an audit has read nothing of a store whose server dies, and reads the others`()
        throws
    {
        guard let server = try SeaweedServer.start() else { return }
        try addBucket("ket", server)
        try addFolder()
        try addDossier("01")
        #expect(try sync().allSatisfy(\.isComplete))
        let all = try #require(AuditShard("1/1"))

        let part = try Archive.open(root, in: world, for: .reading).auditShard(
            all, AuditRequest(.everything)
        ) { _ in
            // The primary store is read first, and needs no server.
            server.kill()
        }

        #expect(part.stores.map(\.report.store) == ["chinh", "ket", "b"])
        #expect(part.stores.map(\.report.isComplete) == [true, false, true])
        #expect(part.stores.map(\.objects.count) == [1, 0, 1])
        #expect(part.answer.findings.map(\.code) == [.copyStoreAway])
        #expect(!part.answer.isComplete)
    }

    @Test func `an heir whose server dies while it is read back takes no store's place`() throws {
        guard let server = try SeaweedServer.start() else { return }
        try addBucket("ket", server)
        try addFolder()
        try addDossier("01")
        #expect(try sync().allSatisfy(\.isComplete))

        let outcome = try writing {
            try $0.retireStore(
                "b", to: "ket", because: "Cũ", progress: killing(server, at: 1))
        }

        #expect(!outcome.isRetired)
        #expect(outcome.findings.map(\.code) == [.copyStoreAway])
        let names = try Archive.open(root, in: world, for: .reading).storeStandings()
            .map(\.entry.name)
        #expect(names == ["ket", "b"])
    }

    @Test func `a server that stopped is waited for once in a command, and shortly`() throws {
        guard let server = try SeaweedServer.start() else { return }
        try addBucket("ket", server)
        try addBucket("hai", server)
        try addDossier("01")
        #expect(try sync().allSatisfy(\.isComplete))
        var world = world
        world.firstAnswer = 1
        try server.freeze()
        let clock = ContinuousClock()

        let reading = try clock.measure {
            let archive = try Archive.open(root, in: world, for: .reading)
            #expect(try archive.status().storesReady == 0)
            #expect(try archive.health().waiting.map(\.kind).contains(.storesAway))
            #expect(try archive.metrics().contains("luutru_store_ready{store=\"ket\"} 0\n"))
            #expect(
                try archive.checkStores([]).flatMap(\.findings).map(\.code)
                    == [.copyStoreAway, .copyStoreAway])
        }
        let writes = try clock.measure {
            let archive = try Archive.open(root, in: world, for: .writing)
            #expect(try archive.syncStores([], progress: { _ in }).allSatisfy { !$0.isReached })
            try archive.finish()
            _ = try archive.syncNews(progress: { _ in })
        }

        // Two buckets, each asked once with a limit of a second, which libcurl hears late.
        #expect(reading < .seconds(20), "\(reading)")
        #expect(writes < .seconds(20), "\(writes)")
        try server.thaw()
        #expect(try sync().allSatisfy(\.isComplete))
    }

    @Test(
        arguments: [
            (nil, 0o600), ("SAI\nsai\n", 0o600), ("WRITERKEY\nsai\n", 0o600),
            (SeaweedServer.writer, 0o644), ("một dòng\n", 0o600), (SeaweedServer.reader, 0o600),
        ] as [(String?, Int)])
    func `keys that open nothing are told as such, and not as a network`(
        keys: String?, mode: Int
    ) throws {
        guard let server = try SeaweedServer.shared.get() else { return }
        try addBucket("ket", server)
        try addDossier("01")
        if let keys {
            try keep(keys, mode: mode)
        } else {
            try FileManager.default.removeItem(atPath: folder.path("khoa").string)
        }

        let synced = try sync()

        #expect(synced.map(\.isReached) == [false])
        #expect(synced.flatMap(\.findings).map(\.code) == [.copyStoreRefused])
        #expect(synced.flatMap(\.findings).map(\.severity) == [.warning])
        let file = synced.first?.findings.first?.facts["file"]
        #expect(file == folder.path("khoa").string)
        let standing = try Archive.open(root, in: world, for: .reading).storeStandings().first
        // Who may read and not write is met when something is to be written.
        #expect(standing?.isRefused == (keys != SeaweedServer.reader))
    }
}
