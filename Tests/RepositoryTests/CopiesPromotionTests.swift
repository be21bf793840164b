import Cataloging
import Files
import Foundation
import Glibc
import Policies
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// A copy store is made the primary one, with and without the old one, and from then on only its machine writes.
@Suite struct CopiesPromotionTests {
    private let bench: CopyBench

    init() throws {
        bench = try CopyBench(dossiers: 1)
        let file = URL(filePath: bench.root.appending("luutru.yaml").string)
        let text = try String(contentsOf: file, encoding: .utf8)
        try (text + "copies: # ba bản\n  place: Kho A\n").write(
            to: file, atomically: true, encoding: .utf8)
        try bench.add("b")
        try bench.add("c")
        try bench.sync()
    }

    @discardableResult
    private func promote(_ name: String, on volume: any Volume = DiskVolume()) throws -> Promotion {
        try Archive.promote(bench.root, name, because: "Ổ cũ hỏng", in: bench.world(volume))
    }

    private func loseThePrimary() throws {
        try FileManager.default.removeItem(atPath: bench.root.appending("stores/chinh").string)
    }

    private func expectLeads(_ name: String, epoch: Int64) throws {
        let archive = try bench.read()
        #expect(archive.objects.layout.root.lexicallyNormalized() == bench.path(name))
        #expect(archive.card.epoch == epoch)
        #expect(try archive.catalog.primaryStore?.epoch == epoch)
        #expect(try DiskVolume().status(bench.root.appending("promotion.json")) == nil)
    }

    @Test func `after a loss a copy leads, and the archive goes on`() throws {
        try loseThePrimary()
        #expect(throws: ArchiveFailure.self) { try bench.package(2) }

        let done = try promote("b")

        #expect(done.name == "b" && done.former == "cu-1" && done.epoch == 2 && done.lacking == 0)
        try expectLeads("b", epoch: 2)
        let configuration = try bench.read().configuration
        #expect(configuration.stores.map(\.name) == ["c", "cu-1"])
        #expect(configuration.primaryHolding.place == "Kho B")
        #expect(configuration.primaryHolding.medium == "removable")
        #expect(configuration.stores.last?.place == "Kho A")
        try bench.package(2)
        try bench.amend(1)
        try bench.expectEqual("c")
        #expect(try DirectoryStore(root: bench.path("c"), volume: DiskVolume()).card()?.epoch == 2)
        try bench.expectHonest()
        _ = try Archive.rebuildCatalog(bench.root, in: bench.world())
        try bench.expectHonest()
    }

    @Test func `a report names stores, media and places as they were at the time`() throws {
        let stores = try bench.read().configuration.stores
        func audit() throws {
            try bench.write { try $0.audit(AuditRequest(.everything)) { _ in } }
        }
        try audit()
        try promote("b")
        try bench.package(2)
        try audit()
        try bench.write { archive in
            try archive.retireStore("c", to: nil, because: "Hỏng") { _ in }
        }

        let days = try ["2026-11-20", "2026-12-20"].map { try #require(CivilDate($0)) }
        for _ in 1...2 {
            let report = try bench.read().activity(from: days[0], to: days[1])
            #expect(report.backups.map(\.store.name) == ["b", "c", "cu-1"])
            #expect(report.backups.map(\.store.place) == ["Kho B", "Kho B", "Kho A"])
            #expect(report.backups.map(\.store.medium) == ["removable", "removable", "disk"])
            let first = stores.first(where: { $0.name == "b" })
            #expect(report.backups.first?.store.id == first?.store)
            let primaries = report.runs.map(\.store).filter { $0.name == "chinh" }
            #expect(primaries.map(\.text) == ["chinh", "chinh (b)"])
            #expect(Set(primaries.map(\.id)).count == 2)
            #expect(report.events.map(\.store.name) == ["b", "c", "b", "c"])
            _ = try Archive.rebuildCatalog(bench.root, in: bench.world())
        }
    }

    @Test func `an old primary that is there becomes a copy, and can lead again`() throws {
        let done = try promote("b")
        #expect(done.told.allSatisfy { $0.isReached })
        try bench.package(2)
        try bench.sync()
        try bench.expectHonest()
        let former = try #require(bench.read().storeStandings().first { $0.entry.name == "cu-1" })
        #expect(former.held == 2 && former.lacking == 0)
        // The audit entered something that the copies have not heard of.
        try bench.sync()

        let back = try promote("cu-1")

        #expect(back.epoch == 3 && back.lacking == 0)
        #expect(try bench.read().objects.layout.root == bench.root.appending("stores/chinh"))
        try bench.package(3)
        try bench.sync()
        try bench.expectHonest()
        #expect(try bench.read().storeStandings().allSatisfy { $0.held == 3 })
    }

    @Test func `the old machine is refused, whichever store it meets`() throws {
        let old = bench.base.appending("kho-cu")
        try FileManager.default.copyItem(atPath: bench.root.string, toPath: old.string)
        try loseThePrimary()
        try promote("b")
        try bench.package(2)

        for gone in ["", "b", "c"] {
            if !gone.isEmpty { try bench.unmount(gone) }
            let failure = #expect(throws: ArchiveFailure.self, "\(gone)") {
                try Archive.open(old, in: bench.world(), for: .writing)
            }
            #expect(failure?.reason == .storeAhead, "\(gone)")
            if !gone.isEmpty { try bench.mount(gone) }
        }
    }

    @Test func `the old machine is refused in the old primary once that was told of the new one`()
        throws
    {
        let old = bench.base.appending("kho-cu")
        // Both machines reach the old primary, which lies outside the archive's folder.
        try promote("b")
        try bench.sync()
        try FileManager.default.copyItem(atPath: bench.root.string, toPath: old.string)
        try promote("cu-1")
        try bench.sync()
        for name in ["b", "c"] { try bench.unmount(name) }
        try FileManager.default.copyItem(
            atPath: bench.path(".b").string, toPath: bench.path("b").string)

        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.open(old, in: bench.world(), for: .writing)
        }

        #expect(failure?.reason == .storeAhead)
        #expect(failure?.facts["detail"]?.hasPrefix("epoch 3") == true)
    }

    @Test func `a store that lacks entries, or dossiers that the old primary has, does not lead`()
        throws
    {
        try bench.unmount("b")
        try bench.package(2)
        try bench.mount("b")
        func failure() -> ArchiveFailure? {
            #expect(throws: ArchiveFailure.self) { try promote("b") }
        }
        let behind = failure()
        #expect(behind?.reason == .storeIncomplete && behind?.facts["what"] == "ledger")
        // The ledger follows with the next command, the dossier waits for a sync.
        try bench.write { _ in }
        let lacking = failure()
        #expect(lacking?.facts["what"] == "ocfl" && lacking?.facts["lacking"] == "1")
        #expect(try DiskVolume().status(bench.root.appending("promotion.json")) == nil)

        // Without the primary a loss is told, not refused.
        try loseThePrimary()
        let done = try promote("b")
        #expect(done.lacking == 1)
        let report = try Archive.open(bench.root, in: bench.world(), for: .auditing)
            .audit([], progress: { _ in })
        #expect(Set(report.findings.map(\.code)) == [.objectMissing, .copyStoreAway])
    }

    /// Takes something away from the one dossier of a store.
    private func harm(_ what: String, in store: FilePath) throws {
        let ocfl = store.appending("ocfl").string
        let names = try FileManager.default.subpathsOfDirectory(atPath: ocfl).sorted()
        let tar = try #require(names.first { $0.hasSuffix(".tar") })
        let object = String(try #require(names.first { $0.hasSuffix("/v1") }).dropLast(3))
        switch what {
        case "object": try FileManager.default.removeItem(atPath: ocfl + "/" + object)
        case "tar": try FileManager.default.removeItem(atPath: ocfl + "/" + tar)
        case "cut": #expect(truncate(ocfl + "/" + tar, 5000) == 0)
        default:
            let sums = try #require(names.first { $0.hasSuffix(".sums") })
            #expect(truncate(ocfl + "/" + sums, 0) == 0)
        }
    }

    private func repair() throws -> RepairReport {
        try bench.write { try $0.repair([], isDryRun: false, progress: { _ in }) }.result
    }

    @Test(arguments: ["object", "tar", "cut", "sums"])
    func `a copy that lost what it gave its word for does not lead while the primary has it`(
        what: String
    ) throws {
        try harm(what, in: bench.path("b"))

        let failure = #expect(throws: ArchiveFailure.self) { try promote("b") }

        #expect(failure?.reason == .storeIncomplete)
        #expect(failure?.facts["what"] == "ocfl" && failure?.facts["lacking"] == "1")
        #expect(failure?.facts["names"]?.contains("urn:uuid:") == true)
        #expect(failure.map { FailureReport(describing: $0).status } == .incomplete)
        #expect(try DiskVolume().status(bench.root.appending("promotion.json")) == nil)
        // As the failure says.
        var request = AuditRequest(.everything)
        request.stores = ["b"]
        try bench.write { _ = try $0.audit(request, progress: { _ in }) }
        let repaired = try repair().items
        #expect(repaired.allSatisfy { $0.ending == .repaired }, "\(repaired)")
        #expect(!repaired.isEmpty)
        #expect(try promote("b").lacking == 0)
        try expectLeads("b", epoch: 2)
    }

    @Test(arguments: ["object", "tar", "cut", "sums"])
    func `what is lost with the primary is named, entered, and mended from another store`(
        what: String
    ) throws {
        try harm(what, in: bench.path("b"))
        try loseThePrimary()

        let done = try promote("b")

        #expect(done.lacking == 1 && done.missing.count == 1)
        #expect(try bench.read().catalog.openDamageCount().dossiers == 1)
        #expect(try repair().items.map(\.ending) == [.repaired])
        #expect(try bench.read().catalog.openDamageCount().places == 0)
        try bench.expectHonest()
    }

    @Test func `a promotion that is killed while it tells what is lost tells it again`() throws {
        try harm("object", in: bench.path("b"))
        try loseThePrimary()
        for number in stride(from: 60, to: 400, by: 17) {
            let rehearsal = try CopyBench(copying: bench, as: "\(number)")
            let volume = FaultyVolume(failingAt: number, .death)
            _ = try? Archive.promote(rehearsal.root, "b", because: "x", in: rehearsal.world(volume))
            let configuration = try Configuration.read(
                ArchiveLayout(root: rehearsal.root), in: rehearsal.world())
            if try DiskVolume().status(rehearsal.root.appending("promotion.json")) != nil {
                try rehearsal.write { _ in }
            } else if configuration.stores.contains(where: { $0.name == "b" }) {
                _ = try Archive.promote(rehearsal.root, "b", because: "x", in: rehearsal.world())
            }
            #expect(try rehearsal.read().catalog.openDamageCount().dossiers == 1, "\(number)")
            try rehearsal.remove()
            if volume.count < number { break }
        }
    }

    @Test func `of two copies the one that knows less does not lead`() throws {
        try bench.unmount("b")
        try bench.package(2)
        try bench.mount("b")
        try loseThePrimary()

        let failure = #expect(throws: ArchiveFailure.self) { try promote("b") }

        #expect(failure?.reason == .storeIncomplete)
        #expect(try promote("c").lacking == 0)
        try bench.expectHonest()
    }

    @Test func `who lost all that was signed last takes the loss by hand`() throws {
        try bench.unmount("b")
        try bench.unmount("c")
        try bench.package(2)
        try bench.mount("b")
        try loseThePrimary()
        #expect(throws: ArchiveFailure.self) { try promote("b") }

        // As `docs/operations.md` says: the note and the catalog that know of the lost entries go.
        for name in [
            "keys/checkpoint", "catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm",
        ] {
            try? FileManager.default.removeItem(atPath: bench.root.appending(name).string)
        }
        #expect(throws: ArchiveFailure.self) { try promote("b") }
        _ = try Archive.rebuildCatalog(bench.root, in: bench.world())

        try expectLeads("b", epoch: 2)
        #expect(try bench.read().status().dossiers == 1)
        try bench.package(3)
        try bench.expectHonest()
    }

    @Test func `a name that is not there, and a bucket, do not lead`() throws {
        let unknown = #expect(throws: ArchiveFailure.self) { try promote("bb") }
        #expect(unknown?.reason == .unknownStore)
        try bench.unmount("c")
        let away = #expect(throws: ArchiveFailure.self) { try promote("c") }
        #expect(away?.reason == .storeNotThere)
    }

    /// Begins to promote `b` and is killed; then `b` dies and is taken out of the configuration by hand.
    private func abandon() throws {
        let layout = ArchiveLayout(root: bench.root)
        let before = try bench.read().configuration
        try PromotionPlan(layout: layout, configuration: before, name: "b", world: bench.world())
            .marker(because: "x").write(layout, in: bench.world())
        try bench.unmount("b")
        let file = URL(filePath: layout.configuration.string)
        let bytes = Configuration.edited(
            Array(try Data(contentsOf: file)), from: before.stores,
            to: before.stores.filter { $0.name != "b" })
        try Data(bytes).write(to: file)
    }

    @Test(arguments: [false, true])
    func `a promotion whose store is listed no more is given up for another one`(isLost: Bool)
        throws
    {
        try abandon()
        if isLost { try loseThePrimary() }

        let done = try promote("c")

        #expect(done.name == "c" && done.abandoned == "b" && done.lacking == 0)
        try expectLeads("c", epoch: 2)
        try bench.package(2)
        try bench.expectHonest()
    }

    @Test func `the next command that writes gives such a promotion up and says so`() throws {
        try abandon()

        let archive = try Archive.open(bench.root, in: bench.world(), for: .writing)

        #expect(archive.recovered.contains { $0.hasPrefix("promotion.json: b") })
        #expect(try DiskVolume().status(bench.root.appending("promotion.json")) == nil)
        #expect(archive.card.epoch == 1)
    }
}
