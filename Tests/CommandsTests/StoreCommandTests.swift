import Foundation
import Rehearsal
import Testing

/// The commands of stores as people type them: exit statuses, JSON and notes.
@Suite struct StoreCommandTests {
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = folder.url.path + "/kho"
        let run = try Program.run([
            "init", kho, "--agency", "UBND tỉnh Vĩnh Long", "--agency-code", "H61.12",
            "--fonds-code", "H61.12", "--fonds-name", "Phông UBND",
        ])
        #expect(run.status == 0)
    }

    private func luutru(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
    }

    private func path(_ name: String) -> String { folder.url.path + "/" + name }

    private func add(_ name: String, _ more: String...) throws -> Program.Run {
        try Program.run(
            ["store", "add", name, path(name), "--medium", "removable", "--place", "Cơ sở 2"]
                + more,
            environment: ["LUUTRU_ARCHIVE": kho])
    }

    private func package(_ number: Int) throws -> Program.Run {
        let names = try FileManager.default.contentsOfDirectory(atPath: Program.examples.path)
        let name = try #require(names.first { $0.hasPrefix("0\(number)-") })
        return try luutru("package", Program.examples.appending(path: name).path)
    }

    private func keys(_ line: [String: Any]?, _ inner: String? = nil) -> Set<String> {
        let payload = line?["payload"] as? [String: Any]
        let found = inner.flatMap { payload?[$0] as? [String: Any] } ?? payload
        return Set((found ?? [:]).keys)
    }

    @Test func `a store goes through its life with the exit statuses that are documented`() throws {
        #expect(try package(1).status == 0)
        let added = try add("b", "--json")
        #expect(added.status == 0)
        #expect(keys(added.json.first) == ["name", "id", "at", "role"])
        let list = try luutru("store", "list", "--json")
        #expect(list.status == 0 && list.json.count == 1)
        #expect(
            keys(list.json.first) == [
                "name", "id", "at", "role", "medium", "place", "state", "detail", "held", "lacking",
                "waitingSince", "lastReceipt", "ledgerLag", "ledgerLead",
            ])
        let synced = try luutru("store", "sync", "--json")
        #expect(synced.status == 0)
        #expect(
            keys(synced.json.first) == [
                "name", "complete", "reached", "taken", "bytes", "lacking", "findings",
            ])
        let checked = try luutru("store", "check", "--json")
        #expect(checked.status == 0)
        #expect(keys(checked.json.first) == ["store", "checked", "findings"])
        #expect(keys(checked.json.first, "store") == keys(list.json.first))
        #expect(try add("c").status == 0)
        let retired = try luutru("store", "retire", "b", "--to", "c", "--reason", "Cũ", "--json")
        #expect(retired.status == 0)
        #expect(
            keys(retired.json.first) == [
                "name", "retired", "successor", "checked", "bytes", "lastCopies",
                "damagedEverywhere", "lastFiles", "short",
                "findings",
            ])
        try FileManager.default.removeItem(atPath: kho + "/stores/chinh")
        #expect(try luutru("status").status == 2)
        let promoted = try luutru("store", "promote", "c", "--reason", "Mất", "--json")
        #expect(promoted.status == 0)
        #expect(
            keys(promoted.json.first) == [
                "name", "former", "epoch", "lacking", "missing", "damaged",
                "damagedFiles", "findings",
            ])
        #expect(try package(2).status == 0)
        #expect(try luutru("audit", "run").status == 0)
        #expect(try luutru("catalog", "check").status == 0)
    }

    @Test func `a store that is away costs only the store's own commands their exit status`() throws
    {
        #expect(try add("b").status == 0)
        try FileManager.default.moveItem(atPath: path("b"), toPath: path("away"))

        let packaged = try package(1)

        #expect(packaged.status == 0)
        #expect(packaged.errors.contains("LT-COPY-STORE-AWAY"))
        #expect(packaged.errors.contains("chưa gắn · not mounted"))
        #expect(try luutru("store", "sync").status == 3)
        #expect(try luutru("store", "check").status == 3)
        #expect(try luutru("store", "list").status == 0)
        #expect(try luutru("store", "list").output.contains("chưa gắn · not mounted"))
        #expect(try luutru("store", "promote", "b", "--reason", "x").status == 3)
        let status = try luutru("status", "--json")
        #expect(status.status == 0)
        let payload = try #require(status.json.first?["payload"] as? [String: Any])
        #expect(payload["stores"] as? Int == 1 && payload["storesReady"] as? Int == 0)
        #expect(payload["copiesShort"] is NSNull)
        try FileManager.default.moveItem(atPath: path("away"), toPath: path("b"))
        #expect(try luutru("store", "sync").status == 0)
    }

    @Test func `a list does not pretend to know since when a store is away`() throws {
        #expect(try package(1).status == 0)
        #expect(try add("b").status == 0)
        #expect(try luutru("store", "sync").status == 0)
        try FileManager.default.moveItem(atPath: path("b"), toPath: path("away"))

        let list = try luutru("store", "list", "--lang", "en").output

        #expect(list.contains("AWAY: ") && list.contains("last receipt 2"), "\(list)")
    }

    @Test func `a list tells how much more a store knows, and a ledger that cannot be read`() throws
    {
        #expect(try package(1).status == 0)
        #expect(try add("b").status == 0)
        #expect(try luutru("store", "sync").status == 0)
        try FileManager.default.copyItem(atPath: kho, toPath: path("kho-cu"))
        #expect(try package(2).status == 0)
        #expect(try luutru("store", "sync").status == 0)
        func list(_ archive: String, _ more: String...) throws -> Program.Run {
            try Program.run(
                ["store", "list"] + more, environment: ["LUUTRU_ARCHIVE": archive])
        }
        func payload(_ archive: String) throws -> [String: Any] {
            try #require(list(archive, "--json").json.first?["payload"] as? [String: Any])
        }

        let ahead = try list(path("kho-cu"), "--lang", "en").output
        #expect(ahead.contains("KNOWS MORE THAN THE PRIMARY") && ahead.contains("entries more"))
        #expect(!ahead.contains("lacks -"))
        let facts = try payload(path("kho-cu"))
        #expect(facts["ledgerLag"] as? Int == 0 && facts["ledgerLead"] as? Int ?? 0 > 0)

        let entries = URL(filePath: path("b") + "/ledger/entries.jsonl")
        try Data(repeating: 0x78, count: 10 << 20).write(to: entries)
        let garbage = try list(kho, "--lang", "en").output
        #expect(garbage.contains("ITS LEDGER CANNOT BE READ") && !garbage.contains("LOG_FORK"))
        #expect(try payload(kho)["ledgerLag"] is NSNull)
    }

    @Test func `copies that are overdue are a finding of status and list`() throws {
        #expect(try package(1).status == 0)
        let file = URL(filePath: kho + "/luutru.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try (text + "copies:\n  count: 2\n  media: 1\n  places: 2\n  lag-days: 0\n  place: A\n")
            .write(to: file, atomically: true, encoding: .utf8)
        let status = try luutru("status", "--lang", "en")
        #expect(
            status.status == 1 && status.output.contains("SHORT OF COPIES: 1 dossiers, 1 overdue"))
        let list = try luutru("store", "list", "--json")
        #expect(list.status == 1)
        #expect(list.json.map { $0["kind"] as? String } == ["finding"])
        #expect(try add("b").status == 0)
        #expect(try luutru("store", "sync").status == 0)
        #expect(try luutru("status").status == 0)
    }

    @Test func `a link is followed once, when the store is taken in`() throws {
        try FileManager.default.createDirectory(
            atPath: path("disk"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: path("mount"), withDestinationPath: path("disk"))
        let added = try luutru(
            "store", "add", "b", path("mount") + "/luutru", "--medium", "disk", "--place", "A")
        #expect(added.status == 0)
        let text = try String(contentsOfFile: kho + "/luutru.yaml", encoding: .utf8)
        #expect(text.contains("/disk/luutru\"") && !text.contains("/mount"))
        try FileManager.default.createSymbolicLink(
            atPath: path("self"), withDestinationPath: kho + "/stores/chinh")
        let own = try luutru(
            "store", "add", "c", path("self"), "--medium", "disk", "--place", "A")
        #expect(own.status == 64 && own.errors.contains("LT-STORE-ADDRESS"))
    }

    @Test func `what is typed wrong is told with exit 64, a missing mount with 3`() throws {
        #expect(try luutru("store", "sync", "b").status == 64)
        #expect(try add("B").status == 64)
        #expect(try add("b", "--role", "primary").status == 64)
        #expect(try add("b", "--role", "vault").status == 64)
        #expect(
            try luutru("store", "add", "b", path("x/y"), "--medium", "disk", "--place", "A").status
                == 3)
        #expect(
            try luutru("store", "add", "b", path("b"), "--medium", "paper", "--place", "A").status
                == 64)
        #expect(try luutru("store", "list").output.isEmpty)
    }
}
