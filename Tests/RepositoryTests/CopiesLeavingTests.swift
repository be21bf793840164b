import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Invariants S1 and S4 of `docs/design.md` where a disk leaves, or is exchanged, while it is worked with.
@Suite struct CopiesLeavingTests {
    /// What comes into the place of the disk.
    enum Place: String, CaseIterable, Sendable {
        case stranger, empty, nothing
    }

    /// Makes what comes into the place of a store's disk.
    private func leaving(_ place: Place, in bench: CopyBench) throws -> LeavingVolume.Leaving {
        if place == .empty {
            try FileManager.default.createDirectory(
                atPath: bench.path("other").string, withIntermediateDirectories: false)
        }
        return place == .nothing ? .gone : .exchanged(bench.path("other"))
    }

    /// Names and bytes of what stands in a place, and its empty folders.
    private func standing(_ path: FilePath, _ bench: CopyBench) throws -> [String: Data]? {
        guard try DiskVolume().status(path) != nil else { return nil }
        var found = try FileManager.default.subpathsOfDirectory(atPath: path.string)
            .reduce(into: [String: Data]()) { $0[$1] = Data() }
        found.merge(try bench.files(path)) { $1 }
        return found
    }

    /// What came into the disk's place has every byte that it had.
    ///
    /// Between the look at the card and the call that it guards a disk may still be exchanged: that call alone may make a name.
    private func expectUntouched(
        _ path: FilePath, _ bench: CopyBench, _ before: [String: Data]?, _ note: String
    ) throws {
        guard let now = try standing(path, bench) else { return #expect(before == nil, "\(note)") }
        let old = before ?? [:]
        for (name, bytes) in old { #expect(now[name] == bytes, "\(note) \(name)") }
        #expect(now.count <= old.count + 1, "\(note) \(now.keys.filter { old[$0] == nil })")
    }

    /// Takes away what stands in the disk's place, and brings the disk back.
    private func comeBack(_ bench: CopyBench, _ name: String) throws {
        try? FileManager.default.removeItem(atPath: bench.path(name).string)
        try bench.mount(name)
    }

    /// A sync alone, which nothing follows that looks at the store.
    private func sync(_ bench: CopyBench, _ volume: any Volume) throws -> SyncReport? {
        let archive = try Archive.open(bench.root, in: bench.world(volume), for: .writing)
        let report = try archive.syncStores([]) { _ in }.first
        try archive.finish()
        return report
    }

    @Test(arguments: Place.allCases)
    func `a disk that leaves in the middle of a sync gets no word, and nothing else is written to`(
        place: Place
    ) throws {
        let model = try CopyBench(dossiers: 2)
        try model.add("b")
        if place == .stranger {
            let stranger = try CopyBench(dossiers: 1)
            try stranger.add("b")
            try stranger.sync()
            try FileManager.default.copyItem(
                atPath: stranger.path("b").string, toPath: model.path("other").string)
        }
        var left = 0
        for number in stride(from: 1, to: 4000, by: 19) {
            let bench = try CopyBench(copying: model, as: "\(place)-\(number)")
            let leaving = try leaving(place, in: bench)
            let before = place == .nothing ? nil : try standing(bench.path("other"), bench)
            let volume = LeavingVolume(bench.path("b"), atCall: number, leaving)

            let report = try #require(try sync(bench, volume))

            guard volume.count >= number else { break }
            left += 1
            let note = "\(place) \(number)"
            #expect(!report.isReached, "\(note)")
            let codes = Set(report.findings.map(\.code))
            #expect(codes.isSubset(of: [.copyStoreAway, .copyStoreOther]), "\(note) \(codes)")
            try expectUntouched(bench.path("b"), bench, before, note)
            try comeBack(bench, "b")
            let wrong = try bench.read().checkStores(["b"]).flatMap(\.findings)
            #expect(!wrong.contains { $0.code == .copyMissing }, "\(note) \(wrong)")
            #expect(try bench.sync().first?.isComplete == true, "\(note)")
            try bench.expectEqual("b")
            try bench.remove()
        }
        #expect(left > 5)
    }

    @Test(arguments: [Place.empty, .nothing])
    func `a disk that leaves in the middle of a repair is away, and comes back to be mended`(
        place: Place
    ) throws {
        let bench = try CopyBench(dossiers: 2)
        try bench.add("b")
        try bench.sync()
        var left = 0
        for number in stride(from: 1, to: 4000, by: 23) {
            try damage(bench)
            let leaving = try leaving(place, in: bench)
            let before = place == .nothing ? nil : try standing(bench.path("other"), bench)
            let volume = LeavingVolume(bench.path("b"), atCall: number, leaving)

            let report = try repair(bench, volume)

            let hasLeft = volume.count >= number
            if hasLeft {
                left += 1
                let codes = Set(report.findings.map(\.code))
                #expect(
                    codes.isSubset(of: [.copyStoreAway, .copyStoreOther]), "\(number) \(codes)")
                try expectUntouched(bench.path("b"), bench, before, "\(number)")
                try comeBack(bench, "b")
            } else if place == .empty {
                try FileManager.default.removeItem(atPath: bench.path("other").string)
            }
            let endings = try report.items.map(\.ending) + repair(bench).items.map(\.ending)
            #expect(
                endings.allSatisfy { [.repaired, .sound].contains($0) }, "\(number) \(endings)")
            guard hasLeft else { break }
        }
        #expect(left > 3)
        try bench.expectHonest()
    }

    /// Removes a file of each dossier in the copy, and has an audit note it.
    private func damage(_ bench: CopyBench) throws {
        for name in try FileManager.default.subpathsOfDirectory(atPath: bench.path("b").string)
        where name.hasPrefix("ocfl/") && name.hasSuffix(".sums") {
            try FileManager.default.removeItem(atPath: bench.path("b").appending(name).string)
        }
        let archive = try Archive.open(bench.root, in: bench.world(), for: .auditing)
        #expect(try archive.audit([], progress: { _ in }).damaged == 2)
        try archive.finish()
    }

    private func repair(
        _ bench: CopyBench, _ volume: any Volume = DiskVolume()
    ) throws -> RepairReport {
        let archive = try Archive.open(bench.root, in: bench.world(volume), for: .auditing)
        let report = try archive.repair([], isDryRun: false) { _ in }
        try archive.finish()
        return report
    }

    @Test func `a store that another one replaced is not written to, by any call`() throws {
        let bench = try CopyBench()
        try bench.add("b")
        let plain = DirectoryStore(root: bench.path("b"), volume: DiskVolume())
        let card = try #require(try plain.card())
        let store = plain.bound(to: card)
        try store.requireStanding()
        try store.replaceCard(
            StoreCard(
                archive: card.archive, store: card.store, epoch: 7, created: card.created))
        try store.requireStanding()
        try bench.unmount("b")

        let run = CopyRun(buffer: WorkBuffer(count: 4096), progress: { _ in })
        let file = CopiedFile(bench.root.appending("luutru.yaml"), sha512: nil)
        #expect(throws: FileFailure.self) { try store.clearLeftovers() }
        #expect(throws: FileFailure.self) { _ = try store.put(file, as: "policy/x", run) }
        #expect(throws: FileFailure.self) { try store.replace("ledger/checkpoint", with: [1]) }
        #expect(throws: FileFailure.self) { try store.appendToLedger([0x0A], at: 0) }
        #expect(throws: FileFailure.self) { try store.replaceCard(card) }
        #expect(throws: FileFailure.self) { try store.setAside("README.txt", as: "x") }
        #expect(throws: CopyStoreFailure.self) { try store.requireStanding() }
        #expect(throws: CopyStoreFailure.self) { try store.requireAnswer() }
        #expect(try DiskVolume().status(bench.path("b")) == nil)
    }
}
