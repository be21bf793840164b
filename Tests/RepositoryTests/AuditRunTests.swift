import Cataloging
import Files
import Foundation
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Invariant A1 of `docs/design.md`: what was read is told, and read once.
@Suite struct AuditRunTests {
    private func request(
        _ scope: AuditRequest.Scope = .everything, _ change: (inout AuditRequest) -> Void = { _ in }
    ) -> AuditRequest {
        var request = AuditRequest(scope)
        change(&request)
        return request
    }

    private func tars() -> WatchedVolume { WatchedVolume(ending: ".tar") }

    @Test func `every store is read, each object once`() throws {
        let kho = try CopiedArchive(dossiers: 3)
        let volume = tars()

        let report = try kho.audit(request(), volume)

        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.stores.map(\.store) == ["chinh", "hai", "ba"])
        #expect(report.stores.allSatisfy { $0.checked == 3 && $0.isComplete })
        #expect(volume.opened == 9)
        #expect(Set(volume.paths).count == 9)
        try kho.expectEqualCatalog()
    }

    @Test func `three interruptions by bytes, and what is resumed reads each object once`() throws {
        let kho = try CopiedArchive(dossiers: 8, stores: ["hai"])
        let volume = tars()
        let tar = try kho.file(".tar", in: "chinh")
        let size = try #require(try DiskVolume().status(tar)).size
        var runs = 0
        var isComplete = false

        while !isComplete, runs < 12 {
            runs += 1
            let report = try kho.audit(
                request {
                    $0.mostBytes = size * 5 / 2
                    $0.isResuming = runs > 1
                }, volume)
            isComplete = report.isComplete
            #expect(report.findings.isEmpty)
            try kho.expectEqualCatalog("run \(runs)")
        }

        #expect(runs >= 4, "\(runs)")
        #expect(isComplete)
        #expect(volume.opened == 16)
        #expect(Set(volume.paths).count == 16)
    }

    @Test func `time that is up ends a run between two objects`() throws {
        let kho = try CopiedArchive(dossiers: 4, stores: [])
        let volume = tars()
        var asked = 0

        let report = try kho.audit(
            request {
                $0.isTimeOver = {
                    asked += 1
                    return asked > 3
                }
            }, volume)
        let rest = try kho.audit(request { $0.isResuming = true }, volume)

        #expect(!report.isComplete && report.checked == 2)
        #expect(rest.isComplete && rest.checked == 2)
        #expect(Set(volume.paths).count == 4 && volume.opened == 4)
    }

    @Test func `what is due is read stalest first, and nothing that is not`() throws {
        let kho = try CopiedArchive(dossiers: 4, stores: ["hai"])
        let day: Int64 = 24

        #expect(try kho.audit(request(.due)).checked == 8)
        #expect(try kho.audit(request(.due), afterHours: day).checked == 0)
        let last = kho.objects[3].text
        #expect(try kho.audit(request(.objects([last])), afterHours: 60 * day).checked == 2)
        let first = kho.objects[1].text
        #expect(try kho.audit(request(.objects([first])), afterHours: 10 * day).checked == 2)
        #expect(try kho.audit(request(.due), afterHours: 25 * day).checked == 4)
        let volume = tars()
        #expect(try kho.audit(request { $0.stores = ["chinh"] }, volume).checked == 4)
        let order = volume.paths.compactMap { path in
            kho.objects.firstIndex { path.string.contains($0.fileName) }
        }
        #expect(order.first == 3 && order[1] == 1, "\(order)")
        try kho.expectEqualCatalog()
    }

    @Test func `a dossier that came after a run was not read by it`() throws {
        let kho = try CopiedArchive(dossiers: 1, stores: [])
        _ = try kho.audit()
        let more = try kho.folder.makeDossier("mới", notation: "mới")
        _ = try Archive.package(more, into: kho.root, in: kho.world())

        let report = try kho.audit(request(.due))

        #expect(report.checked == 1)
    }

    @Test func `samples draw some, shards part all, stores are chosen by name`() throws {
        let kho = try CopiedArchive(dossiers: 12, stores: ["hai"])
        let volume = tars()
        var checked = 0
        for number in 1...5 {
            let shard = try #require(AuditShard("\(number)/5"))
            checked += try kho.audit(
                request {
                    $0.shard = shard
                    $0.stores = ["chinh"]
                }, volume
            ).checked
        }
        #expect(checked == 12)
        #expect(Set(volume.paths).count == 12 && volume.opened == 12)

        let half = try kho.audit(
            request {
                $0.perMille = 500
                $0.stores = ["hai"]
            })
        #expect(half.stores.map(\.store) == ["hai"])
        #expect((1...11).contains(half.checked))
        #expect(throws: ArchiveFailure.self) {
            try kho.audit(request { $0.stores = ["không có"] })
        }
        for text in ["0/3", "4/3", "3", "1/0", "1/10001", "a/b", "1/2/3"] {
            #expect(AuditShard(text) == nil, "\(text)")
        }
        try kho.expectEqualCatalog()
    }

    @Test func `a sample draws a dossier of every store at least`() throws {
        let kho = try CopiedArchive(dossiers: 3)

        for _ in 1...4 {
            let report = try kho.audit(request { $0.perMille = 1 })
            #expect(report.stores.count == 3)
            #expect(report.stores.allSatisfy { $0.checked >= 1 && $0.isComplete })
        }
    }

    @Test func `a run that is gone on with tells what its earlier parts found`() throws {
        let kho = try CopiedArchive(dossiers: 3, stores: ["hai"])
        try Self.flip(kho.file(".tar", of: 0, in: "chinh"))
        try Self.flip(kho.file(".tar", of: 1, in: "chinh"))
        var report = try kho.audit(request { $0.mostBytes = 1 })
        #expect(report.earlier == nil && !report.isComplete)
        var checked = report.checked
        var found = report.findings.count
        var runs = 1

        while !report.isComplete, runs < 12 {
            report = try kho.audit(
                request {
                    $0.mostBytes = 1
                    $0.isResuming = true
                })
            #expect(report.earlier?.checked == checked && report.earlier?.findings == found)
            checked += report.checked
            found += report.findings.count
            runs += 1
        }

        #expect(report.isComplete && report.findings.isEmpty && checked == 6 && found >= 2)
        #expect(report.hasErrors && !report.isOnlyUntrusted)
        #expect(report.earlier?.damaged == 2)
        #expect(report.stores.map(\.store) == ["chinh", "hai"])
        let next = try kho.audit(request { $0.isResuming = true })
        #expect(next.earlier == nil && next.damaged == 2)
    }

    @Test(arguments: ["chinh", "hai"], [0, 1, 2])
    func `a folder that may not be entered is a finding, and the rest is read`(
        name: String, depth: Int
    ) throws {
        let kho = try CopiedArchive(dossiers: 3, stores: ["hai"])
        let place = kho.place(0, in: name)
        let tuple = place.removingLastComponent()
        let denied = [place.appending("v1/content"), place, tuple][depth]

        let report = try kho.audit(request(), DenyingVolume(denied))

        let read = try #require(report.stores.first { $0.store == name })
        #expect(report.isComplete && read.checked == 3 && read.damaged == 1)
        #expect(read.findings.contains { $0.code == .fileUnreadable })
        #expect(read.findings.contains { $0.subject.hasPrefix(kho.objects[0].text) })
        #expect(!read.findings.contains { $0.subject.hasPrefix(kho.objects[1].text) })
        #expect(try kho.status().openDamage >= 1)
    }

    /// A dossier that no copy has.
    private func packaged(_ name: String, in kho: CopiedArchive) throws -> ObjectIdentifier {
        let archive = try kho.open(.writing)
        let packaging = try archive.packaging(
            identifier: nil, isDryRun: false, passphrase: nil, progress: { _ in }, fileDone: {})
        let dossier = try kho.folder.makeDossier(name, notation: "99.CĐS")
        guard case .packaged(let packaged) = try packaging.package(dossier).result else {
            throw ArchiveFailure(.usage, subject: "not packaged")
        }
        try archive.finish()
        return packaged.object
    }

    @Test func `what a killed sync left without a receipt is a note and no damage`() throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let object = try packaged("sau", in: kho)
        let copy = ObjectStore(
            layout: StoreLayout(root: kho.store("hai")), volume: DiskVolume())
        let version = copy.folder(of: object).appending("v1")
        try DiskVolume().makeFolders(version)
        try Data("{".utf8).write(to: URL(filePath: version.string + "/inventory.json"))

        let report = try kho.audit()
        let all = try #require(AuditShard("1/1"))
        let part = try kho.open(.reading).auditShard(all, AuditRequest(.everything)) { _ in }

        #expect(report.findings.map(\.code) == [.copyUnfinished])
        #expect(!report.hasErrors && report.damaged == 0 && report.incidents.isEmpty)
        #expect(part.answer.findings.map(\.code) == [.copyUnfinished])
        #expect(try kho.status().openDamage == 0)
    }

    @Test func `a store that is away is told and hides no other`() throws {
        let kho = try CopiedArchive(dossiers: 2)
        let away = kho.folder.path("ba-mang-đi").string
        try FileManager.default.moveItem(atPath: kho.store("ba").string, toPath: away)
        let bad = try kho.file(".tar", in: "hai")
        try Self.flip(bad)

        let report = try kho.audit()

        #expect(report.absent.map(\.code) == [.copyStoreAway])
        #expect(report.isComplete && !report.isNamed)
        #expect(report.stores.map(\.store) == ["chinh", "hai"])
        #expect(report.stores[1].damaged == 1)
        #expect(try kho.status().openDamage == 1)
    }

    @Test func `the report tells what this run found, and the status what is open in any store`()
        throws
    {
        let kho = try CopiedArchive(dossiers: 3)
        try Self.flip(kho.file(".tar", of: 0, in: "hai"))
        #expect(try kho.audit().damaged == 1)

        let other = try kho.audit(request { $0.stores = ["ba"] })

        #expect(other.findings.isEmpty)
        let status = try kho.status()
        #expect(status.openDamage == 1 && status.damagedDossiers == 1)
        #expect(!status.hasLastAuditFailed)
        #expect(try kho.repair().items.map(\.ending) == [.repaired])
        #expect(try kho.status().openDamage == 0)
        try kho.expectEqualCatalog()
    }

    @Test func `what is found stands in the ledger before the run ends`() throws {
        let kho = try CopiedArchive(dossiers: 4, stores: [])
        for number in 0..<4 { try Self.flip(kho.file(".sums", of: number, in: "chinh")) }
        let archive = try kho.open()
        var seen: [Int] = []

        _ = try archive.audit(request()) { _ in
            seen.append(try archive.catalog.openDamageCount().places)
        }

        #expect(Set(seen).isSuperset(of: [0, 1, 2, 3]))
        #expect(try archive.catalog.openDamageCount().places == 4)
    }

    @Test func `a run that is killed at any call is told by the next, which goes on`() throws {
        let template = try CopiedArchive(dossiers: 3, stores: ["hai"])
        let place = template.folder
        var number = 1
        var told = 0
        var spared = 0
        while true {
            let root = place.path("kho-\(number)")
            try FileManager.default.copyItem(
                atPath: template.root.string, toPath: root.string)
            let volume = FaultyVolume(failingAt: number, .death)
            do {
                let archive = try Archive.open(root, in: template.world(volume), for: .auditing)
                _ = try archive.audit(request()) { _ in }
                try archive.finish()
            } catch let failure {
                #expect(failure is FileFailure, "call \(number): \(failure)")
            }
            let isOver = volume.count < number
            let (report, runs) = try next(root, template)
            #expect(report.findings.isEmpty, "call \(number): \(report.findings)")
            let killed = runs.filter { !$0.isComplete }
            told += killed.isEmpty ? 0 : 1
            // An object that a killed run had told of is not read again.
            spared += isOver ? 0 : 6 - report.checked
            #expect(report.checked + killed.reduce(0) { $0 + $1.checked } >= (isOver ? 0 : 3))
            #expect(
                try Archive.checkCatalog(root, in: template.world()) == [], "call \(number)")
            try FileManager.default.removeItem(atPath: root.string)
            if isOver { break }
            number += number < 60 ? 5 : 17
        }
        #expect(told > 10 && spared > 10, "\(told) \(spared)")
        #expect(number > 100)
    }

    /// The next run, and all that the catalog then knows.
    private func next(
        _ root: FilePath, _ template: CopiedArchive
    ) throws -> (AuditReport, [AuditRun]) {
        let archive = try Archive.open(root, in: template.world(), for: .auditing)
        let report = try archive.audit(request { $0.isResuming = true }) { _ in }
        try archive.finish()
        return (report, try archive.catalog.auditRuns(limit: 20))
    }

    static func flip(_ path: FilePath, at place: Int? = nil) throws {
        var bytes = try Data(contentsOf: URL(filePath: path.string))
        bytes[place ?? bytes.count / 2] ^= 0x10
        let file = try FileHandle(forWritingTo: URL(filePath: path.string))
        try file.write(contentsOf: bytes)
        try file.close()
    }
}
