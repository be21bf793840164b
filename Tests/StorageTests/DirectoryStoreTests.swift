import Files
import Foundation
import Records
import SystemPackage
import Testing

@testable import Storage

/// A copy store in a folder does what every copy store must, and leaves nothing half done.
@Suite struct DirectoryStoreTests {
    private let sample: SampleStore
    private let folder: FilePath

    init() throws {
        sample = try SampleStore()
        folder = sample.path.appending("bản sao")
    }

    private var store: DirectoryStore { DirectoryStore(root: folder, volume: DiskVolume()) }
    private var suite: CopyStoreConformance {
        CopyStoreConformance(store: store, sample: sample)
    }

    private func founded() throws -> CopyStoreConformance {
        try DiskVolume().makeFolders(folder)
        for path in store.layout.folders { try DiskVolume().makeFolders(path) }
        try store.objects.initialise()
        return suite
    }

    @Test func `an empty store is made and keeps its card`() throws {
        try suite.keepsItsCard()
    }

    @Test func `an object comes in whole and once`() throws {
        try founded().takesAnObject()
    }

    @Test func `later versions follow`() throws {
        try founded().takesLaterVersions()
    }

    @Test func `a damaged original is not spread`() throws {
        try founded().refusesADamagedOriginal()
    }

    @Test func `the ledger grows at its end alone`() throws {
        try suite.appendsToTheLedger()
    }

    @Test func `files come in under their names with their own bytes`() throws {
        try suite.putsFiles()
    }

    @Test
    func
        `a version that a crash left without inventory is finished, one that is not right is set aside`()
        throws
    {
        for isRight in [true, false] {
            let sample = try SampleStore()
            let store = DirectoryStore(
                root: sample.path.appending("bản sao"), volume: DiskVolume())
            for path in store.layout.folders { try DiskVolume().makeFolders(path) }
            try store.objects.initialise()
            let suite = CopyStoreConformance(store: store, sample: sample)
            let before = try sample.store.inventory(of: sample.object).1
            _ = try store.take(
                CopiedObject(sample.object, inventory: before, in: sample.store), suite.run)
            let after = try sample.addVersion(to: sample.object, after: before)
            let target = store.objects.folder(of: sample.object)
            // The version's folder came in, the root inventory did not follow.
            try FileManager.default.copyItem(
                atPath: sample.folder.appending("v2").string, toPath: target.appending("v2").string)
            if !isRight {
                let tar = target.appending("v2/content/urn_uuid_X.v2.tar")
                try sample.rewrite(tar, Array("rác".utf8))
            }

            let outcome = try store.take(
                CopiedObject(sample.object, inventory: after.inventory, in: sample.store),
                suite.run)

            guard case .held(let receipt) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(receipt.version == 2 && receipt.inventory == after.inventory)
            let aside = try DiskVolume().status(store.layout.recovered) != nil
            #expect(aside == !isRight)
            var inspection = ObjectInspection(
                of: "o", in: target, volume: DiskVolume(), buffer: WorkBuffer(count: 4096),
                progress: { _ in })
            try inspection.run(expecting: sample.object, inventory: after.inventory)
            #expect(inspection.findings.isEmpty)
        }
    }

    @Test func `another object in its place is told and left alone`() throws {
        let suite = try founded()
        let wanted = CopiedObject(
            sample.object, inventory: try sample.store.inventory(of: sample.object).1,
            in: sample.store)
        _ = try store.take(wanted, suite.run)
        let inventory = store.objects.folder(of: sample.object).appending("inventory.json")
        try sample.rewrite(inventory, Array("{}".utf8))

        let outcome = try store.take(wanted, suite.run)

        guard case .different = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try DiskVolume().readAll(inventory, limit: 10) == Array("{}".utf8))
    }

    @Test func `a folder that is not there is away, not empty`() {
        #expect(throws: CopyStoreFailure.self) { try store.card() }
    }
}
