import Cataloging
import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// What somebody with the keys of a vault lays above its files is found, named and healed.
@Suite struct VaultTamperingTests {
    /// An archive with a vault in a real object store, brought up to date.
    struct Bench {
        let folder: TestFolder
        /// Locks go by the object store's clock, which is the machine's.
        let world = TestWorld.make(
            from: Instant(seconds: Int64(Date().timeIntervalSince1970)))
        let server: SeaweedServer
        let bucket: String
        let root: FilePath
        let client: S3Client

        /// Nil, and a word on the output, without an object store.
        init?(dossiers: Int = 1, withLocks: Bool = true) throws {
            guard let server = try SeaweedServer.shared.get() else { return nil }
            self.server = server
            folder = try TestFolder()
            bucket = try server.makeBucket(withLocks: withLocks)
            root = try folder.makeArchive(in: world)
            let address = try #require(S3Address("s3://\(bucket)/Kho lưu trữ"))
            client = S3Client(
                address, connection: try server.connection(SeaweedServer.writer),
                pace: S3Pace(sleep: { _ in }), check: {})
            guard withLocks else { return }
            let request = try request()
            _ = try writing { try $0.addStore(request) }
            for number in 1...dossiers {
                _ = try Archive.package(
                    folder.makeDossier("d\(number)", notation: "0\(number).CĐS"), into: root,
                    in: world)
            }
            let synced = try sync()
            #expect(synced.map(\.isComplete) == [true], "\(synced)")
        }

        func useKeys(_ keys: String) throws {
            try folder.write(keys, to: "khoa")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: folder.path("khoa").string)
        }

        func request() throws -> StoreRequest {
            try useKeys(SeaweedServer.writer)
            var request = StoreRequest(
                name: "ket", address: "s3://\(bucket)/Kho lưu trữ", role: .vault,
                medium: .object, place: "Trung tâm dữ liệu tỉnh")
            request.endpoint = server.url
            request.region = "us-east-1"
            request.credentials = folder.path("khoa").string
            request.lockDays = 1
            return request
        }

        func writing<Value>(
            for purpose: Archive.Purpose = .writing, _ body: (Archive) throws -> Value
        ) throws -> Value {
            let archive = try Archive.open(root, in: world, for: purpose)
            let value = try body(archive)
            try archive.finish()
            return value
        }

        func reading() throws -> Archive { try Archive.open(root, in: world, for: .reading) }

        func sync() throws -> [SyncReport] {
            try writing { try $0.syncStores([], progress: { _ in }) }
        }

        func audit() throws -> [Finding] {
            var request = AuditRequest(.everything)
            request.stores = ["ket"]
            return try writing(for: .auditing) { try $0.audit(request, progress: { _ in }) }
                .findings
        }

        func repair(isDryRun: Bool = false) throws -> RepairReport {
            try writing(for: .auditing) {
                try $0.repair([], isDryRun: isDryRun, progress: { _ in })
            }
        }

        /// The paths below `ocfl/` that end so, in order.
        func paths(_ ending: String) throws -> [String] {
            var paths: Set<String> = []
            try client.listVersions(below: "ocfl/") { listed in
                if listed.path.text.hasSuffix(ending) { paths.insert(listed.path.text) }
            }
            return paths.sorted()
        }

        /// Lays rubbish above a file, which nobody can remove until tomorrow.
        func cover(_ path: String, isLocked: Bool) throws {
            let until = Instant(seconds: Int64(Date().timeIntervalSince1970) + 80_000)
            let lock = isLocked ? S3Lock(mode: .compliance, until: until) : nil
            _ = try client.put(
                Array("rác".utf8), as: RelativePath(path), S3Terms(lock: lock))
        }

        /// Lays a delete marker above a file.
        func hide(_ path: String) throws { try client.delete(RelativePath(path)) }
    }

    @Test func `a covered card and README.txt are told by a part of an audit, too, and mended`()
        throws
    {
        guard let bench = try Bench() else { return }
        try bench.hide("store.json")
        try bench.cover("README.txt", isLocked: false)
        var request = AuditRequest(.everything)
        request.stores = ["ket"]
        let all = try #require(AuditShard("1/1"))

        let part = try bench.reading().auditShard(all, request) { _ in }
        try bench.folder.write(String(decoding: part.bytes, as: UTF8.self), to: "phần")
        let merged = try bench.writing { try $0.mergeAudits([bench.folder.path("phần")]) }

        #expect(Set(merged.findings.map(\.code)) == [.copyOverlaid, .storeReadMeWrong])
        _ = try bench.repair()
        #expect(try bench.audit().isEmpty)
    }

    @Test func `above a strange version that is locked the right bytes are laid again`() throws {
        guard let bench = try Bench(dossiers: 2) else { return }
        let tars = try bench.paths(".tar")
        let sums = try bench.paths(".sums")
        let before = try bench.client.facts(of: RelativePath(tars[0]))
        try bench.cover(tars[0], isLocked: true)
        try bench.cover(sums[0], isLocked: true)
        try bench.cover(sums[0], isLocked: false)
        for path in sums { try bench.hide(path) }

        let found = try bench.audit()
        let planned = try bench.repair(isDryRun: true)
        let repaired = try bench.repair()
        let again = try bench.repair()

        #expect(Set(found.map(\.code)) == [.copyOverlaid])
        #expect(planned.items.map(\.ending) == [.repairable, .repairable])
        #expect(repaired.items.map(\.ending) == [.repaired, .repaired], "\(repaired)")
        #expect(repaired.findings.isEmpty && !repaired.hasLoss)
        #expect(again.items.isEmpty && again.findings.isEmpty)
        #expect(try bench.audit().isEmpty)
        let after = try #require(try bench.client.facts(of: RelativePath(tars[0])))
        #expect(after.size == before?.size && after.version != before?.version)
        #expect(after.lock?.mode == .compliance)
        let archive = try bench.reading()
        let store = try #require(archive.configuration.stores.first?.store)
        let marks = try archive.catalog.mark(of: tars[0], in: store)
        #expect(marks == after.version)
        #expect(try bench.reading().checkStores([]).flatMap(\.findings).isEmpty)
    }

    @Test func `a look through a vault tells what lies above its files`() throws {
        guard let bench = try Bench() else { return }
        let tar = try #require(bench.paths(".tar").first)
        // The root's own, which stands before those of the versions.
        let inventory = try #require(bench.paths("/inventory.json").first)
        try bench.cover(tar, isLocked: false)
        try bench.hide(inventory)

        let checks = try bench.reading().checkStores([])

        let findings = checks.flatMap(\.findings)
        #expect(checks.map(\.checked) == [1])
        #expect(findings.map(\.code) == [.copyOverlaid, .copyOverlaid], "\(findings)")
        let names = Set(findings.compactMap { $0.facts["file"] })
        #expect(names.count == 2 && names.contains { $0.hasSuffix(".tar") })
        #expect(names.contains("inventory.json"))
    }

    @Test func `a request that is refused fails one file, and no store is called away`() throws {
        guard let bench = try Bench(dossiers: 2) else { return }
        for path in try bench.paths(".tar") { try bench.hide(path) }
        #expect(try bench.audit().map(\.code) == [.copyOverlaid, .copyOverlaid])

        try bench.useKeys(SeaweedServer.reader)
        let refused = try bench.repair()
        try bench.useKeys(SeaweedServer.writer)
        let repaired = try bench.repair()

        #expect(refused.items.map(\.ending) == [.unmended, .unmended], "\(refused)")
        #expect(Set(refused.items.flatMap(\.remaining).map(\.code)) == [.copyRefused])
        #expect(refused.findings.isEmpty && refused.hasLoss)
        #expect(repaired.items.map(\.ending) == [.repaired, .repaired], "\(repaired)")
        #expect(try bench.audit().isEmpty)
    }

    @Test(arguments: ["marker", "rubbish", "locked rubbish", "large rubbish", "another card"])
    func `a vault whose card is covered is used as before, told and healed`(cover: String) throws {
        guard let bench = try Bench() else { return }
        let card = RelativePath("store.json")
        let bytes = try #require(try bench.client.bytes(of: card, limit: StoreCard.limit))
        let own = try #require(StoreCard(bytes))
        switch cover {
        case "marker": try bench.hide("store.json")
        case "large rubbish":
            _ = try bench.client.put(
                [UInt8](repeating: 0x61, count: StoreCard.limit + 1), as: card)
        case "another card":
            let other = StoreCard(
                archive: own.store, store: own.archive, epoch: 9, created: own.created)
            _ = try bench.client.put(other.bytes, as: card)
        default: try bench.cover("store.json", isLocked: cover == "locked rubbish")
        }
        _ = try Archive.package(
            bench.folder.makeDossier("hai", notation: "09.CĐS"), into: bench.root,
            in: bench.world)

        let standing = try #require(try bench.reading().storeStandings().first)
        let checked = try bench.reading().checkStores([]).flatMap(\.findings)
        let synced = try bench.sync()
        let found = try bench.audit()
        let repaired = try bench.repair()

        #expect(standing.isCardCovered)
        if case .ready = standing.state {} else { Issue.record("\(standing.state)") }
        for told in [checked, synced.flatMap(\.findings), found] {
            #expect(told.map(\.code) == [.copyOverlaid], "\(told)")
            #expect(told.map(\.subject) == ["store.json"])
        }
        #expect(synced.map(\.taken) == [1] && synced.map(\.isComplete) == [true])
        #expect(repaired.items.map(\.ending) == [.repaired], "\(repaired)")
        #expect(repaired.items.flatMap(\.damages).map(\.kind) == [.overlaid])
        #expect(try bench.client.bytes(of: card, limit: StoreCard.limit) == bytes)
        #expect(try bench.audit().isEmpty)
        #expect(try bench.reading().storeStandings().map(\.isCardCovered) == [false])
        #expect(try bench.sync().flatMap(\.findings).isEmpty)
    }

    @Test func `a bucket that cannot lock is refused as a vault, with its reason`() throws {
        guard let bench = try Bench(withLocks: false) else { return }
        let request = try bench.request()

        let failure = #expect(throws: CopyStoreFailure.self) {
            try bench.writing { try $0.addStore(request) }
        }

        #expect(failure?.reason == .noLocks)
        #expect(failure.map { FailureReport(describing: $0).status } == .usage)
        #expect(try bench.client.facts(of: RelativePath("store.json")) == nil)
    }

    @Test func `a store that is another one is told as it was met, once`() throws {
        guard let bench = try Bench(dossiers: 2) else { return }
        for path in try bench.paths(".tar") { try bench.hide(path) }
        _ = try bench.audit()
        // In a bucket of its own, without what was put there.
        let empty = try bench.server.makeBucket(withLocks: true)
        let file = bench.root.appending("luutru.yaml")
        let text = String(decoding: try DiskVolume().readAll(file, limit: 1 << 20), as: UTF8.self)
        try DiskVolume().replaceDurably(
            Array(text.replacing(bench.bucket, with: empty).utf8), as: file)

        let report = try bench.repair()

        #expect(report.items.isEmpty && report.hasLoss)
        #expect(report.findings.map(\.code) == [.copyStoreOther], "\(report.findings)")
    }
}

extension Catalog {
    /// The version by which a receipt names a file of a store.
    fileprivate func mark(of path: String, in store: ObjectIdentifier) throws -> String? {
        let parts = path.split(separator: "/")
        guard let object = ObjectLocation.object(inFolder: String(parts[4])),
            let text = try copies(of: object).first(where: { $0.store == store })?.marks
        else { return nil }
        let marks = try JSONValue(parsing: text.utf8)
        return marks[parts.dropFirst(5).joined(separator: "/")]?.stringValue
    }
}
