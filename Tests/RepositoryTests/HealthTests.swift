import Foundation
import Policies
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// What monitoring sees, and what the watch does by itself.
@Suite struct HealthTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        _ = try Archive.package(folder.makeDossier(), into: root, in: world(1))
    }

    private static let day: Int64 = 24 * 60

    private func world(_ minutes: Int64) -> World {
        TestWorld.make(
            seed: UInt64(minutes), from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func open(
        _ minutes: Int64, for purpose: Archive.Purpose = .auditing
    ) throws -> Archive {
        try Archive.open(root, in: world(minutes), for: purpose)
    }

    private func addStore() throws {
        let archive = try open(2)
        _ = try archive.addStore(
            StoreRequest(
                name: "hai", address: folder.path("hai").string, role: .copy, medium: .disk,
                place: "Phòng \"máy\" 2"))
        try archive.finish()
    }

    private func damage() throws {
        let ocfl = root.string + "/stores/chinh/ocfl/"
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: ocfl).first { $0.hasSuffix(".tar") })
        let tar = URL(filePath: ocfl + name)
        var bytes = try Data(contentsOf: tar)
        bytes[1000] ^= 1
        try bytes.write(to: tar)
    }

    private func configure(_ lines: String) throws {
        let path = URL(filePath: root.string + "/luutru.yaml")
        let text = try String(contentsOf: path, encoding: .utf8)
        try Data((text + lines).utf8).write(to: path)
    }

    @Test func `a clock before the last entry is told, as nothing can be entered then`() throws {
        try addStore()
        let early = try open(0, for: .reading)
        #expect(try early.health().wrong.map(\.kind) == [.clockBehind])
        let last = try #require(early.status().lastEntryAhead)
        #expect(try last > early.world.now() && early.metrics().contains("luutru_clock_behind 1\n"))
        let later = try open(3, for: .reading)
        #expect(try later.status().lastEntryAhead == nil)
        #expect(try later.metrics().contains("luutru_clock_behind 0\n"))
    }

    @Test func `a catalog that was put back is told, and the next run that writes feeds it`()
        throws
    {
        try addStore()
        #expect(try open(3, for: .reading).catalogFinding() == nil)
        let files = FileManager.default
        func catalog() throws -> [String] {
            try files.contentsOfDirectory(atPath: root.string)
                .filter { $0.hasPrefix("catalog.sqlite") }.map { root.string + "/" + $0 }
        }
        let old = try catalog().map { (path: $0, bytes: try Data(contentsOf: URL(filePath: $0))) }
        try damage()
        do {
            let archive = try open(4)
            _ = try archive.audit([], progress: { _ in })
            try archive.finish()
            _ = try archive.syncNews(progress: { _ in })
        }
        for path in try catalog() { try files.removeItem(atPath: path) }
        for file in old { try file.bytes.write(to: URL(filePath: file.path)) }

        let reading = try open(5, for: .reading)
        let lag = try reading.catalogLag()
        let finding = try #require(try reading.catalogFinding())
        #expect(lag > 0 && finding.code == .catalogBehind && finding.severity == .warning)
        let status = try reading.status()
        #expect(status.catalogBehind == lag && !status.isLedgerSuspect)
        #expect(status.ledgerEntries == status.ledgerSigned)
        let health = try reading.health()
        #expect(health.waiting.contains { $0.kind == .catalogBehind && $0.count == lag })
        #expect(try reading.storeStandings().map(\.ledgerLead) == [0])
        #expect(try reading.metrics().contains("luutru_catalog_behind \(lag)\n"))

        try open(6).finish()
        let after = try open(7, for: .reading)
        #expect(try after.catalogFinding() == nil)
        #expect(try after.status().openDamage > 0)
    }

    @Test
    func `an old snapshot says that its store knows more, and a copy that was put back is told`()
        throws
    {
        try addStore()
        let snapshot = folder.path("anh-chup").string
        try FileManager.default.copyItem(atPath: root.string, toPath: snapshot)
        let oldCopy = folder.path("ban-cu").string
        func sync(_ minutes: Int64) throws {
            let archive = try open(minutes)
            _ = try archive.syncStores([], progress: { _ in })
            try archive.finish()
        }
        try sync(3)
        try FileManager.default.copyItem(atPath: folder.path("hai").string, toPath: oldCopy)
        let dossier = try folder.makeDossier("ho-so-2", notation: "02.X")
        _ = try Archive.package(dossier, into: root, in: world(4))
        try sync(5)
        let healthy = try open(6, for: .reading)
        #expect(try healthy.status().storesWrong == 0 && healthy.health().status == .done)
        let old = try Archive.open(FilePath(snapshot), in: world(6), for: .reading)
        #expect(try old.status().storesWrong == 1)
        #expect(try old.health().wrong.map(\.kind).contains(.storesWrong))
        try FileManager.default.removeItem(atPath: folder.path("hai").string)
        try FileManager.default.moveItem(atPath: oldCopy, toPath: folder.path("hai").string)
        let back = try open(7, for: .reading)
        #expect(try back.status().storesWrong == 1)
        #expect(try back.health().wrong.map(\.kind) == [.storesWrong])
        try sync(8)
        #expect(try open(9, for: .reading).status().storesWrong == 0)
    }

    @Test func `what is well, waits or is wrong is told apart`() throws {
        #expect(try open(2, for: .reading).health().status == .done)
        try addStore()
        let lacking = try open(3, for: .reading).health()
        #expect(lacking.status == .incomplete && lacking.waiting.map(\.kind) == [.copiesLacking])
        do {
            let syncing = try open(4)
            _ = try syncing.syncStores([], progress: { _ in })
            try syncing.finish()
        }
        #expect(try open(5, for: .reading).health().status == .done)
        let away = folder.path("xa").string
        try FileManager.default.moveItem(atPath: folder.path("hai").string, toPath: away)
        #expect(try open(6, for: .reading).health().waiting.map(\.kind) == [.storesAway])
        try FileManager.default.moveItem(atPath: away, toPath: folder.path("hai").string)
        // Nothing was ever read in it: after 92 days both stores are behind.
        let late = try open(93 * Self.day, for: .reading).health()
        #expect(late.waiting.map(\.kind) == [.auditsBehind] && late.waiting[0].count == 2)
        try damage()
        let archive = try open(94 * Self.day)
        _ = try archive.audit([], progress: { _ in })
        #expect(try archive.health().wrong.map(\.kind) == [.openDamage, .openIncidents])
    }

    @Test func `the metrics are in the exposition format, each name once`() throws {
        try addStore()
        try damage()
        let archive = try open(10)
        _ = try archive.audit([], progress: { _ in })
        try archive.finish()
        let text = try archive.metrics()
        let values = try Exposition.values(of: text)
        #expect(values["luutru_dossiers"] == 1 && values["luutru_incidents_open"] == 1)
        #expect(values["luutru_open_damage{store=\"chinh\"}"] ?? 0 > 0)
        #expect(values["luutru_open_damage{store=\"hai\"}"] == 0)
        #expect(values["luutru_lacking_copies{store=\"hai\"}"] == 1)
        #expect(values["luutru_store_ready{store=\"hai\"}"] == 1)
        #expect(values.keys.contains("luutru_last_audit_timestamp_seconds{store=\"chinh\"}"))
    }

    @Test func `metrics replace the file before, and nothing else`() throws {
        let archive = try open(10, for: .reading)
        let file = folder.path("luutru.prom")
        try archive.writeMetrics(to: file)
        try archive.writeMetrics(to: file)
        let written = try String(contentsOfFile: file.string, encoding: .utf8)
        #expect(try Exposition.values(of: written)["luutru_documents"] == 2)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(!names.contains { $0.hasSuffix(".aside") })
        for wrong in [root.appending("a.prom"), folder.path("a.txt"), folder.path("kho")] {
            #expect(throws: ArchiveFailure.self) { try archive.writeMetrics(to: wrong) }
        }
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool") else {
            return print("not run: promtool absent")
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/promtool")
        process.arguments = ["check", "metrics"]
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: file.string))
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    private func round(_ minutes: Int64) throws -> [WatchOutcome] {
        var outcomes: [WatchOutcome] = []
        try WatchRound(root, in: world(minutes), pace: { _ in { _ in } }).run {
            outcomes.append($0)
        }
        return outcomes
    }

    @Test func `the watch audits, tells, mends and copies, each when it is due`() throws {
        try addStore()
        try folder.write("#!/bin/sh\ncat > \(folder.path("heard").string)\n", to: "bao")
        let program = folder.path("bao").string
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        // Nine in the morning in Vietnam is outside, eleven in the evening inside.
        try configure(
            """
            audit:
              days: 1
              window: "22:00-05:00"
            repair: auto
            notify:
              command: \(program)

            """)
        #expect(try round(60).map(\.duty) == [.sync])
        try damage()
        let night = try round(Self.day + 15 * 60)
        #expect(night.map(\.duty) == [.audit, .notify, .repair, .sync])
        #expect(night.map(\.status) == [.findings, .done, .done, .done])
        #expect(night[2].facts["repaired"] == 1)
        #expect(FileManager.default.fileExists(atPath: folder.path("heard").string))
        #expect(try round(Self.day + 16 * 60).map(\.duty) == [.sync])
        #expect(try open(Self.day + 17 * 60).incident(1).listed.openDamage == 0)
    }

    private func audit(_ world: World) throws {
        let archive = try Archive.open(root, in: world, for: .auditing)
        _ = try archive.audit([], progress: { _ in })
        try archive.finish()
    }

    @Test func `damage found soon after a repair is mended at once`() throws {
        try addStore()
        try configure("repair: auto\n")
        let world = world(60)
        let watch = WatchRound(root, in: world, pace: { _ in { _ in } })
        func round() throws -> [WatchOutcome] {
            var outcomes: [WatchOutcome] = []
            try watch.run { outcomes.append($0) }
            return outcomes
        }
        func repairs(_ outcomes: [WatchOutcome]) -> [Int64?] {
            outcomes.filter { $0.duty == .repair }.map { $0.facts["repaired"] }
        }
        _ = try round()
        for _ in 1...2 {
            try damage()
            try audit(world)
            #expect(try repairs(round()) == [1])
        }
        #expect(world.now().seconds < TestWorld.start.seconds + 2 * 3600)
    }

    @Test func `a repair that leaves damage is tried again after an hour`() throws {
        try configure("repair: auto\n")
        try damage()
        let watch = WatchRound(root, in: world(60), pace: { _ in { _ in } })
        func duties() throws -> [WatchPolicy.Duty] {
            var duties: [WatchPolicy.Duty] = []
            try watch.run { duties.append($0.duty) }
            return duties
        }
        #expect(try duties().contains(.repair))
        #expect(try !duties().contains(.repair))
    }

    @Test func `another command at work ends the round, not the watch`() throws {
        try configure("audit:\n  days: 1\n")
        let holder = try open(5)
        let outcomes = try round(Self.day)
        #expect(outcomes.map(\.status) == [.locked])
        withExtendedLifetime(holder) {}
    }
}

/// A strict reader of the text exposition format, version 0.0.4.
private enum Exposition {
    struct Wrong: Error {
        let line: String
    }

    /// Values by name and labels as they stand; a line out of form or order, or a name twice, is an error.
    static func values(of text: String) throws -> [String: Int64] {
        guard text.hasSuffix("\n") else { throw Wrong(line: "no end") }
        var values: [String: Int64] = [:]
        var described: Set<Substring> = []
        var typed: Substring = ""
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ", maxSplits: 3)
            if line.hasPrefix("# HELP ") {
                guard words.count == 4, described.insert(words[2]).inserted else {
                    throw Wrong(line: String(line))
                }
                continue
            }
            if line.hasPrefix("# TYPE ") {
                guard words.count == 4, words[3] == "gauge", described.contains(words[2]) else {
                    throw Wrong(line: String(line))
                }
                typed = words[2]
                continue
            }
            let pattern = /([a-z_]+)(\{[a-z]+="(?:[^"\\\n]|\\["\\n])*"\})? (-?[0-9]+)/
            guard let match = try pattern.wholeMatch(in: line), match.1 == typed,
                let value = Int64(match.3)
            else { throw Wrong(line: String(line)) }
            let key = String(match.1) + String(match.2 ?? "")
            guard values.updateValue(value, forKey: key) == nil else {
                throw Wrong(line: String(line))
            }
        }
        return values
    }
}
