import Auditing
import Cataloging
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Audits whose parts are read apart and brought in together.
@Suite struct AuditShardTests {
    private func parts(
        _ kho: CopiedArchive, _ count: Int, deep: Bool = false
    ) throws -> [FilePath] {
        var request = AuditRequest(.everything)
        request.isDeep = deep
        return try (1...count).map { number in
            let shard = try #require(AuditShard("\(number)/\(count)"))
            let archive = try kho.open(.reading)
            let path = kho.folder.path("phần-\(number)-\(kho.world().now().seconds)")
            try archive.write(archive.auditShard(shard, request) { _ in }, to: path)
            return path
        }
    }

    private func merge(_ kho: CopiedArchive, _ paths: [FilePath]) throws -> AuditReport {
        let archive = try kho.open()
        let report = try archive.mergeAudits(paths)
        try archive.finish()
        return report
    }

    private func expectRefusal(_ kho: CopiedArchive, _ paths: [FilePath], _ what: String) throws {
        let before = try kho.status().ledgerEntries
        let failure = #expect(throws: ArchiveFailure.self, "\(what)") { try merge(kho, paths) }
        #expect(failure?.reason == .auditReport, "\(what)")
        #expect(try kho.status().ledgerEntries == before, "\(what)")
    }

    @Test(arguments: [false, true])
    func `four parts come to the same report as one run`(isDeep: Bool) throws {
        let kho = try CopiedArchive(dossiers: 9, stores: ["hai"])
        try AuditRunTests.flip(kho.file(".tar", of: 2, in: "hai"))
        try AuditRunTests.flip(kho.file(".sums", of: 5, in: "chinh"))
        try Data("x".utf8).write(to: URL(filePath: kho.store("hai").string + "/ocfl/lạ"))
        // Whoever reads a database with a log locks it in its memory.
        let besides = ["lock", "catalog.sqlite-shm", "catalog.sqlite-wal"]
        let state = try FolderState(kho.root, besides: besides)

        let paths = try parts(kho, 4, deep: isDeep)
        #expect(try state.differences(to: FolderState(kho.root, besides: besides)) == [])
        let merged = try merge(kho, paths)
        #expect(try kho.status().openDamage == 3)
        var request = AuditRequest(.everything)
        request.isDeep = isDeep
        let whole = try kho.audit(request)

        #expect(merged.isComplete && merged.checked == whole.checked && whole.checked == 18)
        #expect(merged.damaged == whole.damaged && whole.damaged == 2)
        #expect(Set(merged.findings) == Set(whole.findings))
        for (part, one) in zip(merged.stores, whole.stores) {
            // Acts since then made the ledger longer, and nothing else.
            #expect(part.bytes == one.bytes, "\(part.store)")
        }
        #expect(try kho.open(.reading).auditPlan().map(\.due) == [0, 0])
        try kho.expectEqualCatalog()
    }

    @Test func `what a writer stands in the middle of is looked at again, and is no finding`()
        throws
    {
        let kho = try CopiedArchive(dossiers: 2, stores: [])
        let all = try #require(AuditShard("1/1"))
        let tar = try kho.file(".tar", in: "chinh")
        let inventory = URL(filePath: try kho.file("inventory.json", in: "chinh").string)
        let bytes = try Data(contentsOf: inventory)
        func read(_ pause: @escaping @Sendable (Duration) -> Void) throws -> AuditReport {
            var world = kho.world()
            world.pause = pause
            let archive = try Archive.open(kho.root, in: world, for: .reading)
            return try archive.auditShard(all, AuditRequest(.everything)) { _ in }.answer
        }

        try FileManager.default.removeItem(at: inventory)
        let standing = try read { _ in }
        let passing = try read { _ in
            #expect(throws: Never.self) { try bytes.write(to: inventory) }
        }
        try AuditRunTests.flip(tar)
        let flipped = try read { _ in
            #expect(throws: Never.self) { try AuditRunTests.flip(tar) }
        }

        #expect(standing.hasErrors && standing.checked == 2)
        #expect(passing.damaged == 0 && passing.findings.isEmpty && passing.checked == 2)
        // Nobody writes in a file that is stored: bytes that were wrong once are told.
        #expect(flipped.damaged == 1 && flipped.hasErrors && flipped.checked == 2)
    }

    @Test func `parts that are missing leave the rest due`() throws {
        let kho = try CopiedArchive(dossiers: 9, stores: [])
        let paths = try parts(kho, 3)

        let report = try merge(kho, Array(paths.dropFirst()))

        #expect(!report.isComplete && (1..<9).contains(report.checked))
        #expect(try kho.open(.reading).auditPlan()[0].due == 9 - report.checked)
        try kho.expectEqualCatalog()
    }

    @Test func `a report counts once, and as read when it was read, after a rebuild too`() throws {
        let kho = try CopiedArchive(dossiers: 3, stores: ["hai"])
        let paths = try parts(kho, 2)
        let again = try parts(kho, 1)
        let hour = kho.world().now().seconds
        _ = kho.world(afterHours: 90 * 24)
        #expect(try merge(kho, paths).isComplete)

        for _ in 1...2 {
            try expectRefusal(kho, paths, "the same parts")
            try expectRefusal(kho, [paths[1]], "one of them")
            _ = try Archive.rebuildCatalog(kho.root, in: kho.world())
        }
        let failure = #expect(throws: ArchiveFailure.self) { try merge(kho, [paths[1]]) }
        #expect(failure?.subject == paths[1].string)
        #expect(failure?.facts["detail"]?.contains("merged before: urn:uuid:") == true)
        let status = try kho.status()
        #expect(try #require(status.lastAudit).seconds < hour)
        let archive = try kho.open(.reading)
        let days = try ["2026-11-20", "2026-12-20", "2027-12-31"].map {
            try #require(CivilDate($0))
        }
        let early = try archive.activity(from: days[0], to: days[1])
        #expect(early.runs.count == 2 && early.runs.allSatisfy { $0.ended.seconds < hour })
        #expect(try archive.activity(from: days[1], to: days[2]).runs.isEmpty)
        #expect(try merge(kho, again).isComplete)
    }

    @Test func `a merge that ended after one store goes on with the next, and counts none twice`()
        throws
    {
        let kho = try CopiedArchive(dossiers: 2, stores: ["hai"])
        let paths = try parts(kho, 2)
        var runs: [AuditRun] = []
        var number = 1
        while runs.isEmpty, number < 2000 {
            do {
                let volume = FaultyVolume(failingAt: number, .death)
                _ = try kho.open(.auditing, volume).mergeAudits(paths)
            } catch {
                // The process is gone: the next one finds what it left.
            }
            runs = try kho.open().catalog.auditRuns(limit: 9)
            number += 2
        }
        #expect(runs.map(\.store) == [nil])

        #expect(try merge(kho, paths).stores.map(\.store) == ["hai"])

        #expect(try kho.open(.reading).catalog.auditRuns(limit: 9).count == 2)
        try expectRefusal(kho, paths, "once more")
        try kho.expectEqualCatalog()
    }

    @Test func `what was found after the parts were read stays open`() throws {
        let kho = try CopiedArchive(dossiers: 3, stores: ["hai"])
        let paths = try parts(kho, 2)
        try AuditRunTests.flip(kho.file(".tar", in: "hai"))
        #expect(try kho.audit().damaged == 1)

        #expect(try merge(kho, paths).findings.isEmpty)

        #expect(try kho.status().openDamage == 1)
        #expect(try kho.repair().items.map(\.ending) == [.repaired])
        #expect(try kho.status().openDamage == 0)
    }

    @Test func `a report that somebody changed or made is refused, and nothing is entered`() throws
    {
        let kho = try CopiedArchive(dossiers: 4, stores: ["hai"])
        let paths = try parts(kho, 2)
        let good = try String(contentsOfFile: paths[1].string, encoding: .utf8)
        let stranger = "urn:uuid:00000000-0000-4000-8000-0123456789AB"
        func changed(_ name: String, _ text: String) throws -> FilePath {
            try kho.folder.write(text, to: name)
            return kho.folder.path(name)
        }
        func replaced(_ old: String, _ new: String) throws -> String {
            #expect(good.contains(old), "\(old)")
            return good.replacing(old, with: new)
        }
        let archive = try #require(good.firstMatch(of: #/"archive":"([^"]+)"/#)).1
        let object = try #require(good.firstMatch(of: #/"objects":\["([^"]+)"/#)).1
        let store = try #require(good.firstMatch(of: #/"store":"([^"]+)"/#)).1
        let last = try #require(good.firstMatch(of: #/"last":"([^"]+)"/#)).1
        let forgeries: [(String, String)] = [
            ("empty", ""), ("no JSON", "{\n"), ("cut", String(good.dropLast(20))),
            ("another archive", try replaced(String(archive), stranger)),
            ("an object that is not held", try replaced(String(object), stranger)),
            ("another store", try replaced(String(store), stranger)),
            (
                "another ledger",
                try replaced(String(last), String(repeating: "0", count: 64))
            ),
            ("another part", try replaced("\"shard\":\"2/2\"", "\"shard\":\"1/2\"")),
            ("no part", try replaced("\"shard\":\"2/2\"", "\"shard\":\"3/2\"")),
            (
                "a finding of no code",
                try replaced(
                    "\"findings\":[]",
                    "\"findings\":[{\"code\":\"LT-X\",\"facts\":{},\"severity\":\"error\",\"subject\":\"\(object)\"}]"
                )
            ),
            (
                "a finding of another object",
                try replaced(
                    "\"findings\":[]",
                    "\"findings\":[{\"code\":\"E092\",\"facts\":{},\"severity\":\"error\",\"subject\":\"\(stranger)\"}]"
                )
            ),
            ("more damage than reading", try replaced("\"damaged\":0", "\"damaged\":99")),
            (
                "read in the future",
                try replaced("\"finished\":\"20", "\"finished\":\"21")
            ),
        ]
        for (what, text) in forgeries {
            try expectRefusal(kho, [paths[0], changed("giả", text)], what)
        }
        try expectRefusal(kho, [paths[1], paths[1]], "twice")
        let three = try parts(kho, 3)
        try expectRefusal(kho, [paths[0], three[1]], "of two runs")
        let all = try #require(AuditShard("1/1"))
        #expect(throws: ArchiveFailure.self) {
            let archive = try kho.open(.reading)
            let report = try archive.auditShard(all, AuditRequest(.everything)) { _ in }
            try archive.write(report, to: paths[0])
        }
        #expect(try merge(kho, paths).isComplete)
    }

    @Test func `a folder is no report`() throws {
        let kho = try CopiedArchive(dossiers: 1, stores: [])
        let paths = try parts(kho, 1)

        try expectRefusal(kho, [kho.root], "a folder")
        try expectRefusal(kho, paths + [kho.folder.path()], "a report and a folder")
        #expect(
            FailureReport(describing: ArchiveFailure(.auditReport, subject: "")).status == .usage)
    }

    @Test func `numbers that no archive has, and names that it does not know, are refused`() throws
    {
        let kho = try CopiedArchive(dossiers: 4, stores: ["hai"])
        let paths = try parts(kho, 2)
        let good = try String(contentsOfFile: paths[0].string, encoding: .utf8)
        let most = String(Int64.max)
        let forgeries: [(String, String)] = [
            ("dossiers", good.replacing(#/"checked":\d+/#, with: "\"checked\":" + most)),
            ("one dossier too many", good.replacing(#/"checked":\d+/#, with: "\"checked\":5")),
            ("bytes", good.replacing(#/"bytes":\d+/#, with: "\"bytes\":" + most)),
            ("damage", good.replacing(#/"damaged":\d+/#, with: "\"damaged\":" + most)),
            ("less than nothing", good.replacing(#/"damaged":\d+/#, with: "\"damaged\":-1")),
            (
                "a name that clears a screen",
                good.replacing("\"name\":\"chinh\"", with: "\"name\":\"\\u001b[2J\\u0007\"")
            ),
            ("no name", good.replacing("\"name\":\"hai\"", with: "\"name\":\"\"")),
        ]
        for (what, text) in forgeries {
            #expect(text != good, "\(what)")
            try kho.folder.write(text, to: "giả")
            try expectRefusal(kho, [kho.folder.path("giả")], what)
            try expectRefusal(kho, [kho.folder.path("giả"), paths[1]], what)
        }
        #expect(try merge(kho, paths).stores.map(\.store) == ["chinh", "hai"])
    }

    @Test func `an entry with numbers that no archive has stops no report`() throws {
        let kho = try CopiedArchive(dossiers: 1, stores: [])
        let archive = try kho.open()
        for _ in 1...2 {
            try archive.record(
                archive.draft(
                    LedgerAct.audit, "fixity check",
                    facts: [
                        "scope": .string("part"), "checked": .number(.max), "bytes": .number(.max),
                        "damaged": .number(.max), "complete": false,
                    ]))
        }
        try archive.finish()
        let reading = try kho.open(.reading)

        let from = try #require(CivilDate("2026-11-01"))
        let to = try #require(CivilDate("2027-11-01"))

        let report = try reading.activity(from: from, to: to)
        let page = reading.text(
            of: report, as: .inspection, MinutesWords(damage: { _ in "" }, finding: { _ in "" }))

        #expect(report.runs.count == 2)
        #expect(page.contains(String(Int64.max)))
    }

    @Test func `deep audits read every file in the bundles, of stores behind a network too`() throws
    {
        let kho = try CopiedArchive(dossiers: 2, stores: ["hai"])
        var request = AuditRequest(.everything)
        request.isDeep = true
        let volume = WatchedVolume(ending: ".tar")
        #expect(try kho.audit(request, volume).findings.isEmpty)
        #expect(volume.opened == 4)
        let archive = try kho.open(.reading)
        let copy = DirectoryStore(root: kho.store("hai"), volume: DiskVolume())
        let trust = try archive.trustIfProvable()
        func audit() throws -> DeepAudit {
            let target = AuditTarget("hai", archive.configuration.stores[0].store, copy)
            return DeepAudit(
                try archive.objectAudit(target, AuditRequest(.everything)) { _ in },
                .remote(copy), on: DiskVolume(), trusting: trust, progress: { _ in })
        }
        let object = kho.objects[0]
        let inventory = try archive.catalog.inventoryDigest(of: object)

        let right = try audit().inspect(audit().place(of: object), inventory: inventory)
        try AuditRunTests.flip(kho.file(".tar", in: "hai"))
        let wrong = try audit().inspect(audit().place(of: object), inventory: inventory)

        #expect(right.findings.isEmpty && !right.isDamaged && right.bytes > 0)
        #expect(wrong.isDamaged && wrong.findings.contains { $0.code == .contentDigestWrong })
        #expect(wrong.findings.allSatisfy { $0.subject.hasPrefix(object.text) })
    }
}
