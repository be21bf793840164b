import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// The register of fonds: nothing is overwritten, and every day is answered as it was.
@Suite struct FondsTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
    }

    private static func world(
        _ minutes: Int64, seed: UInt64? = nil, _ volume: any Volume = DiskVolume()
    ) -> World {
        TestWorld.make(
            volume, seed: seed ?? UInt64(minutes),
            from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func open(_ minutes: Int64) throws -> Archive {
        try Archive.open(root, in: Self.world(minutes), for: .writing)
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func reason(_ body: () throws -> Void) -> ArchiveFailure.Reason? {
        (#expect(throws: ArchiveFailure.self) { try body() })?.reason
    }

    @Test func `a fonds is renamed and recoded, and each day is answered as it was`() throws {
        let archive = try open(1)
        _ = try archive.enter(.fonds, [.code: "P01", .name: "Sở A"])
        _ = try archive.amend(
            .fonds, "P01", [.code: "P02", .name: "Sở B"], from: .day(day("2025-07-01")))
        for code in ["P01", "P02", "p01"] {
            let before = try archive.registeredUnit(
                .fonds, code, inFonds: nil, asOf: day("2025-06-30"))
            let after = try archive.registeredUnit(
                .fonds, code, inFonds: nil, asOf: day("2025-07-01"))
            #expect(before.entry.code == "P01" && before.entry.values[.name] == "Sở A")
            #expect(after.entry.code == "P02" && after.entry.values[.name] == "Sở B")
            #expect(before.entry.id == after.entry.id && before.entry.id != nil)
        }
        #expect(reason { _ = try archive.enter(.fonds, [.code: "P01", .name: "x"]) } == .codeTaken)
        #expect(
            reason { _ = try archive.amend(.fonds, "P02", [.name: "Sở B"], from: .today) }
                == .registerUnchanged)
    }

    @Test func `a succession is told from both sides by one entry, and closes the old fonds`()
        throws
    {
        let archive = try open(1)
        for code in ["A", "B", "C"] {
            _ = try archive.enter(.fonds, [.code: code, .name: "Phông " + code])
        }
        let before = try archive.status().ledgerEntries
        _ = try archive.succeed("A", by: ["B", "C"], on: day("2025-07-01"), .split)
        #expect(try archive.status().ledgerEntries == before + 1)
        let old = try archive.registeredUnit(.fonds, "A", inFonds: nil, asOf: nil)
        #expect(old.entry.isClosed && old.entry.successors.count == 2)
        let earlier = try archive.registeredUnit(.fonds, "A", inFonds: nil, asOf: day("2025-06-30"))
        #expect(!earlier.entry.isClosed && earlier.entry.successors.isEmpty)
        let new = try archive.registeredUnit(.fonds, "C", inFonds: nil, asOf: nil)
        #expect(new.entry.predecessors.map(\.fonds) == [old.entry.id])
        #expect(
            reason { _ = try archive.succeed("B", by: ["A"], on: day("2025-08-01"), .merge) }
                == .registerCycle)
        #expect(
            reason { _ = try archive.succeed("A", by: ["A"], on: day("2025-08-01"), .rename) }
                == .registerCycle)
    }

    @Test func `a code of nothing but blanks is none`() throws {
        let archive = try open(1)
        #expect(
            reason { _ = try archive.enter(.fonds, [.code: "   ", .name: "Phông"]) }
                == .registerField)
    }

    @Test(arguments: [FondsLink.Kind.merge, .rename])
    func `what has one successor by its nature is not given two`(kind: FondsLink.Kind) throws {
        let archive = try open(1)
        for code in ["A", "B", "C"] {
            _ = try archive.enter(.fonds, [.code: code, .name: "Phông " + code])
        }
        let before = try archive.status().ledgerEntries
        #expect(
            reason { _ = try archive.succeed("A", by: ["B", "C"], on: day("2025-07-01"), kind) }
                == .usage)
        #expect(try archive.status().ledgerEntries == before)
    }

    @Test func `a fonds ends once on a day, and only in parts by several acts`() throws {
        let archive = try open(1)
        for code in ["A", "B", "C"] {
            _ = try archive.enter(.fonds, [.code: code, .name: "Phông " + code])
        }
        let on = try day("2025-07-01")
        _ = try archive.succeed("A", by: ["B"], on: on, .merge)
        #expect(reason { _ = try archive.succeed("A", by: ["C"], on: on, .merge) } == .usage)
        #expect(reason { _ = try archive.succeed("A", by: ["C"], on: on, .transfer) } == .usage)
        #expect(
            reason { _ = try archive.succeed("A", by: ["B"], on: on, .merge) }
                == .registerUnchanged)
        _ = try archive.succeed("B", by: ["C"], on: on, .split)
        _ = try archive.enter(.fonds, [.code: "D", .name: "Phông D"])
        let split = try archive.succeed("B", by: ["D"], on: on, .split)
        #expect(split.successors.count == 2)
    }

    @Test func `no fonds stands above itself, on no day`() throws {
        let archive = try open(1)
        _ = try archive.enter(.fonds, [.code: "A", .name: "A"])
        _ = try archive.enter(.fonds, [.code: "B", .name: "B", .parent: "A"])
        _ = try archive.enter(.fonds, [.code: "C", .name: "C", .parent: "B"])
        for parent in ["A", "C"] {
            #expect(
                reason { _ = try archive.amend(.fonds, "A", [.parent: parent], from: .today) }
                    == .registerCycle)
        }
        _ = try archive.amend(.fonds, "B", [.parent: ""], from: .day(day("2030-01-01")))
        #expect(
            reason {
                _ = try archive.amend(.fonds, "A", [.parent: "C"], from: .day(day("2029-12-31")))
            } == .registerCycle)
        _ = try archive.amend(.fonds, "A", [.parent: "C"], from: .day(day("2030-01-01")))
    }

    @Test func `the first fonds of an old archive has an identifier from its first change on`()
        throws
    {
        let old = #"{"code":"H1","format":"luutru-fonds 1","name":"Phông","state":"open"}"#
        let file = root.string + "/stores/chinh/policy/fonds-0001.json"
        try Data(old.utf8).write(to: URL(filePath: file))
        let digest = PolicyStore.digest(of: Array(old.utf8))
        try open(1).adopt(["policy/fonds-0001.json": digest])
        #expect(
            try open(2).registeredUnit(.fonds, "H1", inFonds: nil, asOf: nil).entry.id == nil)
        let child = try open(3).enter(.fonds, [.code: "H2", .name: "Con", .parent: "H1"])
        let named = try open(4).registeredUnit(.fonds, "h1", inFonds: nil, asOf: nil)
        #expect(named.entry.id != nil && child.values[.parent] == named.entry.id?.text)
        _ = try open(5).amend(.fonds, "H1", [.code: "H9"], from: .today)
        let before = try open(6).registeredUnit(.fonds, "H9", inFonds: nil, asOf: day("2020-01-01"))
        #expect(before.entry.code == "H1" && before.states.count == 3)
        #expect(try open(7).registerLines(.fonds, inFonds: nil, asOf: nil).count == 2)
        _ = try Archive.rebuildCatalog(root, in: Self.world(8))
        #expect(try Archive.checkCatalog(root, in: Self.world(9)).isEmpty)
        let report = try Archive.open(root, in: Self.world(10), for: .auditing).audit(
            [], progress: { _ in })
        // The file that the first entry adopted was put in the place of another by hand, here alone.
        #expect(Set(report.findings.map(\.code)) == [.policyFileWrong])
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `any sequence of changes gives a catalog that a rebuild gives too`(seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        var codes = ["H61.12"]
        for step in 1...14 {
            let archive = try open(Int64(step) + Int64(seed) * 100)
            let code = try #require(codes.randomElement(using: &chance))
            let other = try #require(codes.randomElement(using: &chance))
            let year = 2020 + Int.random(in: 0...9, using: &chance)
            let from = try day("\(year)-05-01")
            // What may not be is refused, and leaves nothing either.
            switch Int.random(in: 0...5, using: &chance) {
            case 0, 1:
                codes.append("P\(seed).\(step)")
                _ = try archive.enter(
                    .fonds, [.code: codes[codes.count - 1], .name: "Phông", .parent: other])
            case 2:
                let new = "Q\(seed).\(step)"
                _ = try archive.amend(.fonds, code, [.code: new], from: .day(from))
                codes.append(new)
            case 3: _ = try? archive.amend(.fonds, code, [.parent: other], from: .day(from))
            case 4: _ = try? archive.succeed(code, by: [other], on: from, .merge)
            default: _ = try? archive.amend(.fonds, code, [.note: "\(step)"], from: .correction)
            }
        }
        #expect(try Archive.checkCatalog(root, in: Self.world(5000)).isEmpty)
        let before = try lines()
        _ = try Archive.rebuildCatalog(root, in: Self.world(5001))
        #expect(try lines() == before)
        #expect(try Archive.checkCatalog(root, in: Self.world(5002)).isEmpty)
        let report = try Archive.open(root, in: Self.world(5003), for: .auditing).audit(
            [], progress: { _ in })
        #expect(report.findings.isEmpty)
    }

    private func lines() throws -> [String] {
        let archive = try Archive.open(root, in: Self.world(5010), for: .reading)
        return try ["2019-01-01", "2023-01-01", "2029-12-31"].flatMap { text in
            try archive.registerLines(.fonds, inFonds: nil, asOf: day(text)).map {
                "\(text) \($0.code) \($0.state) \($0.above?.text ?? "-")"
            }
        }
    }

    @Test
    func `killed at any call, a change is in force or it is not, and the next command is clean`()
        throws
    {
        let archive = try open(1)
        _ = try archive.enter(.fonds, [.code: "A", .name: "A"])
        _ = try archive.enter(.fonds, [.code: "B", .name: "B"])
        let counting = FaultyVolume(failingAt: 0, .death)
        _ = try Self.succeed(try copy("count"), counting)
        #expect(counting.count > 20)
        var outcomes: Set<Bool> = []
        for call in 1...counting.count {
            let place = try copy("k\(call)")
            _ = try? Self.succeed(place, FaultyVolume(failingAt: call, .death))
            _ = try Archive.open(place, in: Self.world(60), for: .writing)
            let after = try Archive.open(place, in: Self.world(61), for: .reading)
            let old = try after.registeredUnit(.fonds, "A", inFonds: nil, asOf: nil).entry
            let new = try after.registeredUnit(.fonds, "B", inFonds: nil, asOf: nil).entry
            #expect(old.isClosed == !new.predecessors.isEmpty, "call \(call)")
            outcomes.insert(old.isClosed)
            #expect(try Archive.checkCatalog(place, in: Self.world(62)).isEmpty, "call \(call)")
            let report = try Archive.open(place, in: Self.world(63), for: .auditing).audit(
                [], progress: { _ in })
            #expect(report.findings.isEmpty, "call \(call)")
            try FileManager.default.removeItem(atPath: place.string)
        }
        #expect(outcomes == [true, false])
    }

    private static func succeed(_ place: FilePath, _ volume: FaultyVolume) throws -> RegisterEntry {
        let archive = try Archive.open(place, in: world(30, volume), for: .writing)
        let on = try #require(CivilDate("2025-07-01"))
        return try archive.succeed("A", by: ["B"], on: on, .merge)
    }

    private static func world(_ minutes: Int64, _ volume: any Volume) -> World {
        world(minutes, seed: nil, volume)
    }

    private func copy(_ name: String) throws -> FilePath {
        let place = folder.path(name)
        try FileManager.default.copyItem(atPath: root.string, toPath: place.string)
        return place
    }

    @Test func `a catalog of the version before is shown the policy it did not index`() throws {
        _ = try open(1).enter(.fonds, [.code: "A", .name: "A"])
        let catalog = root.string + "/catalog.sqlite"
        let run = Process()
        run.executableURL = URL(filePath: "/usr/bin/python3")
        run.arguments = [
            "-c",
            """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1])
            for t in ("policy", "registerState", "registerCode"): c.execute("DELETE FROM " + t)
            c.commit()
            """, catalog,
        ]
        try run.run()
        run.waitUntilExit()
        #expect(run.terminationStatus == 0)
        _ = try open(5)
        #expect(try Archive.checkCatalog(root, in: Self.world(6)).isEmpty)
        #expect(try open(7).registeredUnit(.fonds, "A", inFonds: nil, asOf: nil).entry.code == "A")
    }

    @Test func `a policy file that was exchanged is no longer in force after a rebuild`() throws {
        _ = try open(1).enter(.fonds, [.code: "A", .name: "A"])
        let file = root.string + "/stores/chinh/policy/fonds-0002.json"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing("\"A\"", with: "\"X\"").write(
            toFile: file, atomically: false, encoding: .utf8)
        _ = try Archive.rebuildCatalog(root, in: Self.world(3))
        let archive = try Archive.open(root, in: Self.world(4), for: .reading)
        #expect(
            reason { _ = try archive.registeredUnit(.fonds, "X", inFonds: nil, asOf: nil) }
                == .unregistered)
    }
}
