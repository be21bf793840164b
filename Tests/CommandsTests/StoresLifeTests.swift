import Foundation
import Rehearsal
import SystemPackage
import Testing

/// Four stores through their lives: an object store, two folders and a small file system, with 200 dossiers.
@Suite struct StoresLifeTests {
    private static let dossiers = 200
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = try folder.makeArchive().string
    }

    @discardableResult
    private func luutru(_ arguments: [String], expecting status: Int32) throws -> Program.Run {
        let run = try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
        #expect(run.status == status, "\(arguments.prefix(3)): \(run.output) \(run.errors)")
        return run
    }

    private func shell(_ program: String, _ arguments: String...) throws -> Bool {
        try Program.start("/usr/bin/" + program, arguments).status == 0
    }

    private func add(_ name: String, _ address: String, _ more: String...) throws {
        try luutru(["store", "add", name, address, "--place", "Nơi " + name] + more, expecting: 0)
    }

    /// The codes of the findings that a command told of a store.
    private func codes(_ run: Program.Run, of store: String) -> Set<String> {
        let payloads = run.json.compactMap { $0["payload"] as? [String: Any] }
        let findings = payloads.filter { $0["name"] as? String == store }
            .flatMap { $0["findings"] as? [[String: Any]] ?? [] }
        return Set(findings.compactMap { $0["code"] as? String })
    }

    private func states() throws -> [String: String] {
        let list = try Program.run(
            ["store", "list", "--json"], environment: ["LUUTRU_ARCHIVE": kho])
        let payloads = list.json.filter { $0["kind"] as? String == "store" }
            .compactMap { $0["payload"] as? [String: Any] }
        return Dictionary(
            payloads.compactMap { payload in
                guard let name = payload["name"] as? String,
                    let state = payload["state"] as? String
                else { return nil }
                return (name, state)
            }, uniquingKeysWith: { $1 })
    }

    private func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(
            atPath: folder.path(name).string, toPath: folder.path(other).string)
    }

    private func packageAll() throws {
        let paths = try (1...Self.dossiers).map { number in
            try folder.makeDossier("vao/\(number)", notation: "\(number).CĐS", documents: 1).string
        }
        try luutru(["package"] + paths, expecting: 0)
    }

    private func expectWhole(_ names: String...) throws {
        try luutru(["store", "check"], expecting: 0)
        let audit = try luutru(["audit", "run", "--json"], expecting: 0)
        let payload = audit.json.last?["payload"] as? [String: Any]
        let stores = payload?["stores"] as? [[String: Any]] ?? []
        #expect(
            Set(stores.compactMap { $0["store"] as? String }) == Set(names + ["chinh"]))
        for store in stores {
            #expect(store["checked"] as? Int == Self.dossiers, "\(store)")
        }
        try luutru(["catalog", "check"], expecting: 0)
    }

    @Test func `stores that are away, full, swapped and retired are named, and nothing is lost`()
        throws
    {
        guard let server = try SeaweedServer.shared.get() else { return }
        let small = folder.path("nho").string
        try FileManager.default.createDirectory(
            atPath: small, withIntermediateDirectories: true)
        guard try shell("mount", "-t", "tmpfs", "-o", "size=4m", "luutru", small) else {
            return print("not run: mounting is not permitted")
        }
        defer { _ = try? shell("umount", small) }
        try folder.write(SeaweedServer.writer, to: "khoa")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.path("khoa").string)
        try add(
            "ket", "s3://\(server.makeBucket())/kho", "--endpoint", server.url, "--region",
            "us-east-1", "--credentials", folder.path("khoa").string, "--medium", "object")
        try add("mot", folder.path("mot").string, "--medium", "disk")
        try add("hai", folder.path("hai").string, "--medium", "removable")
        try add("nho", small + "/luutru", "--medium", "disk")

        // Two hundred dossiers come in while one store is away and another is too small for them.
        try move("hai", to: "hai-o-xa")
        try packageAll()
        #expect(try states() == ["ket": "ready", "mot": "ready", "hai": "away", "nho": "ready"])
        let broken = try luutru(["store", "sync", "--json"], expecting: 3)
        #expect(codes(broken, of: "hai") == ["LT-COPY-STORE-AWAY"])
        #expect(codes(broken, of: "nho") == ["LT-COPY-STORE-FULL"])
        #expect(codes(broken, of: "ket").isEmpty && codes(broken, of: "mot").isEmpty)

        // The small one gets room, the other comes back.
        try #require(try shell("mount", "-o", "remount,size=256m", small))
        try move("hai-o-xa", to: "hai")
        try luutru(["store", "sync"], expecting: 0)
        try expectWhole("ket", "mot", "hai", "nho")

        // Another disk under the same path is known and left alone.
        try move("hai", to: "hai-o-xa")
        try FileManager.default.copyItem(
            atPath: folder.path("mot").string, toPath: folder.path("hai").string)
        let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path("hai").string)
        #expect(try states()["hai"] == "other")
        let swapped = try luutru(["store", "sync", "--json"], expecting: 1)
        #expect(codes(swapped, of: "hai") == ["LT-COPY-STORE-OTHER"])
        let after = try FileManager.default.subpathsOfDirectory(atPath: folder.path("hai").string)
        #expect(before.sorted() == after.sorted())
        try FileManager.default.removeItem(atPath: folder.path("hai").string)
        try move("hai-o-xa", to: "hai")

        // One leaves after the other was read back.
        try luutru(
            ["store", "retire", "mot", "--to", "ket", "--reason", "Ổ cũ"], expecting: 0)
        try luutru(["store", "sync"], expecting: 0)
        try expectWhole("ket", "hai", "nho")
    }
}
