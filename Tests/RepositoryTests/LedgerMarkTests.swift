import Evidence
import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// Invariant R3: an earlier entry that was changed stops every writer, and an untouched ledger is not read again.
@Suite struct LedgerMarkTests {
    private let bench: ExportBench

    init() throws { bench = try ExportBench(dossiers: 3) }

    private var root: FilePath { bench.root }
    private var entries: URL {
        URL(filePath: root.string + "/stores/chinh/ledger/entries.jsonl")
    }
    private var mark: String { root.string + "/keys/ledger-mark" }

    @discardableResult
    private func act(
        _ minutes: Int64, _ volume: any Volume = DiskVolume(), meanwhile: () throws -> Void = {}
    ) throws -> Int64 {
        let archive = try Archive.open(root, in: ExportBench.world(minutes, volume), for: .writing)
        try meanwhile()
        _ = try archive.enter(.fonds, [.code: "P\(minutes)", .name: "Phông"])
        try archive.finish()
        return archive.head.count
    }

    private func expectSuspect(_ minutes: Int64) {
        let failure = #expect(throws: ArchiveFailure.self) { try act(minutes) }
        #expect(failure?.reason == .ledgerSuspect)
    }

    /// Changes the agent of an entry in place, and gives the file its old time of modification again.
    private func change(entry wanted: Int, to agent: String = "os:tesk") throws {
        let text = try String(contentsOf: entries, encoding: .utf8)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines[wanted] = lines[wanted].replacing("os:test", with: agent)
        let attributes = try FileManager.default.attributesOfItem(atPath: entries.path)
        let file = try FileHandle(forWritingTo: entries)
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: Data(lines.joined(separator: "\n").utf8))
        try file.close()
        try FileManager.default.setAttributes(
            [.modificationDate: attributes[.modificationDate] as Any], ofItemAtPath: entries.path)
    }

    /// Makes chain and catalog fit the changed entry.
    private func mendChain() throws {
        var last = String(repeating: "0", count: 64)
        var text = ""
        for line in try String(contentsOf: entries, encoding: .utf8).split(separator: "\n") {
            var members = try JSONValue(parsing: line.utf8).objectValue ?? [:]
            members["prev"] = .string(last)
            let new = JSONValue.object(members).canonicalText
            last = PolicyStore.digest(of: Array(new.utf8)).hex
            text += new + "\n"
        }
        try text.write(to: entries, atomically: false, encoding: .utf8)
        let run = Process()
        run.executableURL = URL(filePath: "/usr/bin/env")
        run.arguments = [
            "python3", "-c",
            "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.close()",
            root.string + "/catalog.sqlite",
            "UPDATE ledgerHead SET last = x'\(last)', size = \(text.utf8.count)",
        ]
        try run.run()
        run.waitUntilExit()
        #expect(run.terminationStatus == 0)
    }

    @Test(arguments: ["os:tesk", "os:somebody"], [0, 2])
    func `an earlier entry that was changed stops a writer`(agent: String, entry: Int) throws {
        try act(10)
        let before = try Data(contentsOf: entries)
        try change(entry: entry, to: agent)

        expectSuspect(20)

        try before.write(to: entries)
        try act(30)
    }

    @Test(arguments: ["os:tesk", "os:somebody"], [0, 2])
    func `status tells of it, before anybody writes`(agent: String, entry: Int) throws {
        try act(10)
        let before = try Data(contentsOf: entries)
        func status(_ minutes: Int64) throws -> (isSuspect: Bool, wrong: [Health.Kind]) {
            let reader = try Archive.open(
                root, in: ExportBench.world(minutes), for: .reading)
            return (try reader.status().isLedgerSuspect, try reader.health().wrong.map(\.kind))
        }
        #expect(try !status(11).isSuspect)
        try change(entry: entry, to: agent)

        let changed = try status(20)

        #expect(changed.isSuspect && changed.wrong == [.ledgerSuspect])
        try before.write(to: entries)
        #expect(try !status(21).isSuspect)
    }

    @Test(arguments: ["os:tesk", "os:somebody"])
    func `one with chain and catalog to fit does as well`(agent: String) throws {
        try act(10)
        try change(entry: 1, to: agent)
        try mendChain()

        let reader = try Archive.open(root, in: ExportBench.world(20), for: .reading)
        #expect(try reader.status().isLedgerSuspect)
        expectSuspect(20)
    }

    @Test func `an audit tells of it and signs nothing`() throws {
        try act(10)
        let note = try Data(contentsOf: URL(filePath: root.string + "/keys/checkpoint"))
        try change(entry: 1)
        for (minutes, ids) in [(20, []), (60, ["H61.12.2024.01.CĐS"])] as [(Int64, [String])] {
            let archive = try Archive.open(root, in: ExportBench.world(minutes), for: .auditing)
            let report = try archive.audit(ids) { _ in }
            try archive.finish()
            #expect(report.findings.map(\.code).contains(.ledgerInconsistent), "\(ids)")
        }
        #expect(try Data(contentsOf: URL(filePath: root.string + "/keys/checkpoint")) == note)
    }

    @Test func `a change under a run is found by the next`() throws {
        try act(10) { try change(entry: 1) }

        expectSuspect(20)
    }

    @Test func `an untouched ledger is not read again, and without its mark once`() throws {
        let volume = WatchedVolume(ending: "entries.jsonl")
        func opened(_ minutes: Int64) throws -> Int {
            let before = volume.opened
            try act(minutes, volume)
            return volume.opened - before
        }
        try act(10)
        let marked = try opened(20)
        try FileManager.default.removeItem(atPath: mark)
        #expect(try opened(30) > marked)
        #expect(try opened(40) == marked)
        try Data("không phải".utf8).write(to: URL(filePath: mark))
        #expect(try opened(50) > marked)
        #expect(try opened(60) == marked)
    }

    @Test func `a copied archive is proved once and goes on`() throws {
        try act(10)
        let copy = bench.folder.path("ban-sao").string
        try FileManager.default.copyItem(atPath: root.string, toPath: copy)
        let before = try Data(contentsOf: URL(filePath: copy + "/keys/ledger-mark"))

        _ = try Archive.open(FilePath(copy), in: ExportBench.world(20), for: .writing)

        #expect(try Data(contentsOf: URL(filePath: copy + "/keys/ledger-mark")) != before)
    }

    @Test func `checkpoints put back to an older state are no mark's`() throws {
        let names = ["/keys/checkpoint", "/stores/chinh/ledger/checkpoint"]
        let older = try names.map { try Data(contentsOf: URL(filePath: root.string + $0)) }
        try act(10)
        let mark = try Data(contentsOf: URL(filePath: mark))
        for (name, bytes) in zip(names, older) {
            try bytes.write(to: URL(filePath: root.string + name))
        }
        // The ledger grew out of what they say, so the run goes on, after it proved that.
        _ = try Archive.open(root, in: ExportBench.world(20), for: .writing)
        #expect(try Data(contentsOf: URL(filePath: self.mark)) != mark)
    }
}
