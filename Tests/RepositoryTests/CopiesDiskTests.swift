import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// What may stand under a store's address: nothing, another disk, a broken one; none of it is written to or harms the archive.
@Suite struct CopiesDiskTests {
    private func state(_ bench: CopyBench, _ name: String = "b") throws -> OpenedCopy.State {
        try #require(bench.read().openCopies().first { $0.entry.name == name }).state
    }

    private func isOther(_ state: OpenedCopy.State) -> Bool {
        if case .other = state { true } else { false }
    }

    private func isAway(_ state: OpenedCopy.State) -> Bool {
        if case .away = state { true } else { false }
    }

    @Test func `another store's disk under the path is named and never written to`() throws {
        let bench = try CopyBench()
        try bench.add("b")
        try bench.add("c")
        try bench.unmount("b")
        try FileManager.default.copyItem(
            atPath: bench.path("c").string, toPath: bench.path("b").string)
        let before = try bench.files(bench.path("b"))

        let news = try bench.package(1)
        let reports = try bench.sync("b")

        #expect(try isOther(state(bench)))
        #expect(news.first { $0.name == "b" }?.findings.map(\.code) == [.copyStoreOther])
        #expect(reports.first?.isComplete == false)
        #expect(try bench.files(bench.path("b")) == before)
        #expect(
            try bench.read().checkStores(["b"]).flatMap(\.findings).map(\.code) == [.copyStoreOther]
        )
        try bench.expectHonest()
    }

    @Test func `an empty folder under the path is named and stays empty`() throws {
        let bench = try CopyBench()
        try bench.add("b")
        try bench.unmount("b")
        try FileManager.default.createDirectory(
            atPath: bench.path("b").string, withIntermediateDirectories: false)

        try bench.package(1)
        try bench.sync()

        #expect(try isOther(state(bench)))
        #expect(try bench.files(bench.path("b")).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("b").string) == [])
    }

    @Test(arguments: ["ocfl", "ocfl/0=ocfl_1.1"])
    func `a copy that lost its storage root is damaged, not written to, and mended`(
        gone: String
    ) throws {
        let bench = try CopyBench(dossiers: 1)
        try bench.add("b")
        try bench.sync()
        try FileManager.default.removeItem(atPath: bench.path("b").string + "/" + gone)
        let before = try bench.files(bench.path("b"))

        let reports = try bench.package(2) + bench.sync("b")

        #expect(try isOther(state(bench)))
        #expect(try bench.read().storeStandings().map(\.lacksRoot) == [true])
        #expect(try bench.read().status().storesReady == 0)
        #expect(reports.flatMap(\.findings).map(\.code) == [.copyRootWrong, .copyRootWrong])
        #expect(reports.allSatisfy { !$0.isComplete })
        #expect(try bench.files(bench.path("b")) == before)

        do {
            let archive = try Archive.open(bench.root, in: bench.world(), for: .auditing)
            _ = try archive.audit([], progress: { _ in })
            try archive.finish()
        }
        try bench.write { _ = try $0.repair([], isDryRun: false, progress: { _ in }) }
        #expect(try bench.sync().first?.isComplete == true)
        try bench.expectEqual("b")
        try bench.expectHonest()
    }

    @Test func `a link in a store's place, or in a folder's of it, is not followed`() throws {
        let bench = try CopyBench(dossiers: 1)
        try bench.add("b")
        for name in ["", "/ocfl", "/incoming", "/ledger", "/details", "/policy"] {
            let place = bench.path("b").string + name
            try FileManager.default.moveItem(atPath: place, toPath: bench.path("kept").string)
            try FileManager.default.createSymbolicLink(
                atPath: place, withDestinationPath: bench.primary.string + name)
            let before = try bench.files(bench.primary)

            let report = try #require(bench.sync("b").first)

            #expect(!report.isReached && report.taken == 0, "\(name)")
            #expect(try name.isEmpty ? isAway(state(bench)) : isOther(state(bench)), "\(name)")
            #expect(try bench.files(bench.primary).count == before.count, "\(name)")
            try FileManager.default.removeItem(atPath: place)
            try FileManager.default.moveItem(atPath: bench.path("kept").string, toPath: place)
        }
        #expect(try bench.sync().first?.isComplete == true)
    }

    /// A disk of a copy on which every call fails with a reason, beside one that works.
    @Test(arguments: [
        Errno.ioError, .permissionDenied, .noSuchAddressOrDevice, .staleNFSFileHandle,
        .noSpace, .readOnlyFileSystem,
    ])
    func `a broken disk of a copy fails no command of the archive`(reason: Errno) throws {
        let bench = try CopyBench()
        try bench.add("b")
        let broken = BrokenFolder(bench.path("b"), reason)

        let news = try bench.package(1, broken)
        let reports = try bench.sync(on: broken)

        #expect(news.first?.isReached == false)
        #expect(reports.first?.isComplete == false && reports.first?.lacking == 1)
        let codes = Set((news + reports).flatMap(\.findings).map(\.code))
        #expect(codes.isSubset(of: [.copyStoreAway, .copyStoreFull]))
        let reading = try Archive.open(bench.root, in: bench.world(broken), for: .reading)
        #expect(try reading.storeStandings().count == 1)
        #expect(try reading.status().storesReady == 0)
        #expect(try bench.sync().first?.isComplete == true)
        try bench.expectEqual("b")
    }

    @Test func `what a store may be is decided before anything is written`() throws {
        let bench = try CopyBench()
        try bench.add("b")
        try bench.folder.write("x", to: "full/thư.txt")
        let stranger = try CopyBench()
        try stranger.add("b")
        try FileManager.default.copyItem(
            atPath: stranger.path("b").string, toPath: bench.path("strange").string)
        let wrong: [(String, String, String)] = [
            ("b", "../c", "LT-STORE-NAME"), ("chinh", "../c", "LT-STORE-NAME"),
            ("Kho", "../c", "LT-STORE-NAME"), ("c", "../full", "LT-STORE-NOT-EMPTY"),
            ("c", "../strange", "LT-STORE-NOT-EMPTY"), ("c", "../b", "LT-STORE-ADDRESS"),
            ("c", "../b/in", "LT-STORE-ADDRESS"), ("c", "stores/chinh", "LT-STORE-ADDRESS"),
            ("c", "stores/chinh/in", "LT-STORE-ADDRESS"), ("c", "work/in", "LT-STORE-ADDRESS"),
            ("c", "..", "LT-STORE-ADDRESS"), ("c", ".", "LT-STORE-ADDRESS"),
            ("c", "stores", "LT-STORE-ADDRESS"), ("c", "../none/c", "LT-STORE-COPY-AWAY"),
            ("c", "ftp://x/y", "LT-STORE-ADDRESS"), ("c", "s3://bucket", "LT-STORE-ADDRESS"),
        ]
        for (name, address, code) in wrong {
            let failure = #expect(throws: (any Error).self, "\(address)") {
                try bench.write { try $0.addStore(bench.request(name, at: address)) }
            }
            #expect(
                failure.map { FailureReport(describing: $0).code } == code, "\(name) \(address)")
        }
        #expect(try bench.read().storeStandings().map(\.entry.name) == ["b"])
        try bench.write { try $0.addStore(bench.request("d", at: "stores/d")) }
        #expect(try bench.read().storeStandings().map(\.entry.name) == ["b", "d"])
        try bench.expectHonest()
    }

    /// Files that a founding would write over, clear away, or take for a store's.
    @Test(arguments: [
        "README.txt", "incoming/x", "ledger/entries.jsonl", "details/x.json", "policy/luật.pdf",
        "ocfl/ghi chú.txt", "ocfl/0=ocfl_1.1", "ocfl/extensions/x",
    ])
    func `a folder of people's own is left as it is`(path: String) throws {
        let bench = try CopyBench()
        try bench.folder.write("của tôi", to: "u/" + path)
        try FileManager.default.createDirectory(
            atPath: bench.path("u/policy").string, withIntermediateDirectories: true)
        let before = try bench.files(bench.path("u"))

        let failure = #expect(throws: ArchiveFailure.self) { try bench.add("u") }

        #expect(failure?.reason == .storeNotEmpty)
        #expect(failure.map { FailureReport(describing: $0).status } == .usage)
        #expect(try bench.files(bench.path("u")) == before)
    }

    @Test func `an empty folder below the storage root is somebody's own, too`() throws {
        let bench = try CopyBench()
        try FileManager.default.createDirectory(
            atPath: bench.path("u/ocfl/old").string, withIntermediateDirectories: true)
        let failure = #expect(throws: ArchiveFailure.self) { try bench.add("u") }
        #expect(failure?.reason == .storeNotEmpty)
    }

    @Test func `another archive's store whose card is gone is not taken over`() throws {
        let bench = try CopyBench()
        let stranger = try CopyBench(dossiers: 1)
        try stranger.add("b")
        try stranger.sync()
        let card = stranger.path("b").appending("store.json")
        try FileManager.default.removeItem(atPath: card.string)
        let address = stranger.path("b").string

        let failure = #expect(throws: ArchiveFailure.self) {
            try bench.write { try $0.addStore(bench.request("b", at: address)) }
        }

        #expect(failure?.reason == .storeNotEmpty)
        #expect(try DiskVolume().status(card) == nil)
    }

    @Test(arguments: ["khác/store.json", "khác/0=ocfl_1.1", "khác/luutru.yaml"])
    func `a place inside another archive's store is refused, however deep`(mark: String) throws {
        let bench = try CopyBench()
        try bench.folder.write("x", to: mark)
        let deep = bench.path("khác/ocfl/sâu")
        try FileManager.default.createDirectory(
            atPath: deep.string, withIntermediateDirectories: true)

        for address in ["../khác/c", "../khác/ocfl/sâu", "../khác/ocfl/sâu/c"] {
            let failure = #expect(throws: ArchiveFailure.self, "\(address)") {
                try bench.write { try $0.addStore(bench.request("c", at: address)) }
            }
            #expect(failure?.reason == .storeNotEmpty && failure?.subject == address)
        }

        #expect(try FileManager.default.contentsOfDirectory(atPath: deep.string) == [])
        try bench.write { try $0.addStore(bench.request("c", at: "stores/c")) }
        try bench.expectHonest()
    }

    @Test func `a founding that lacks its card alone is gone on with`() throws {
        let bench = try CopyBench(dossiers: 1)
        let store = DirectoryStore(root: bench.path("b"), volume: DiskVolume())
        let card = try bench.read().card
        try store.found(card, readMe: Array(StoreReadMe.text.utf8))
        try FileManager.default.removeItem(atPath: store.layout.card.string)
        try FileManager.default.removeItem(atPath: store.layout.policy.string)
        try bench.folder.write("{", to: "b/.store.json.aside")

        try bench.add("b")
        try bench.sync()

        try bench.expectEqual("b")
        try bench.expectHonest()
    }

    @Test(arguments: ["../b", "stores/../../b", "../link"])
    func `a store that is the primary one at the same time is refused`(address: String) throws {
        let bench = try CopyBench(dossiers: 1)
        try bench.add("b")
        try bench.sync()
        try FileManager.default.createSymbolicLink(
            atPath: bench.path("link").string, withDestinationPath: bench.path("b").string)
        let file = URL(filePath: bench.root.appending("luutru.yaml").string)
        let bytes = Configuration.edited(Array(try Data(contentsOf: file)), ["store": address])
        try Data(bytes).write(to: file)

        for purpose in [Archive.Purpose.reading, .writing, .auditing] {
            let failure = #expect(throws: ArchiveFailure.self) {
                try Archive.open(bench.root, in: bench.world(), for: purpose)
            }
            #expect(failure?.reason == .storeIsPrimary && failure?.subject == "b")
            #expect(failure.map { FailureReport(describing: $0).status } == .usage)
        }
        let promoted = #expect(throws: ArchiveFailure.self) {
            try Archive.promote(bench.root, "b", because: "x", in: bench.world())
        }
        #expect(promoted?.reason == .storeIsPrimary)
        #expect(try DiskVolume().status(bench.root.appending("promotion.json")) == nil)
    }
}
