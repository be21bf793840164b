import Cataloging
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// The quarterly test of restoring.
@Suite struct DrillTests {
    private func drill(
        _ kho: CopiedArchive, seed: UInt64, to name: String,
        _ change: (inout DrillRequest) -> Void = { _ in }
    ) throws -> DrillReport {
        var request = DrillRequest(seed: seed)
        change(&request)
        let archive = try kho.open()
        let report = try archive.drill(request, in: kho.folder.path(name)) { _ in }
        try archive.finish()
        return report
    }

    @Test(arguments: [1, 2, 3])
    func `all that is harmed in the sandbox is found and mended, and nothing is touched here`(
        seed: UInt64
    ) throws {
        let kho = try CopiedArchive(dossiers: 5, stores: ["hai"])
        let moving = ["ledger", "details", "incoming", "recovered"]
        let before = try FolderState(kho.store("chinh"), besides: moving)
        let copy = try FolderState(kho.store("hai"))

        let report = try drill(kho, seed: seed, to: "diễn tập")

        #expect(report.isPassed, "\(report)")
        #expect(report.dossiers.count == 3 && report.bytes > 0)
        #expect(report.trials.map(\.harm) == DrillReport.Harm.allCases)
        #expect(report.restored.count == 6)
        let after = try FolderState(kho.store("chinh"), besides: moving)
        #expect(before == after)
        let copyAfter = try FolderState(kho.store("hai"))
        #expect(copy == copyAfter)
        #expect(try kho.audit().findings.isEmpty)
        try kho.expectEqualCatalog()
    }

    @Test func `the minutes are filed for machines and people, and the act has their digests`()
        throws
    {
        let kho = try CopiedArchive(dossiers: 1, stores: [])

        let report = try drill(kho, seed: 5, to: "dt")

        let json = try Data(
            contentsOf: URL(filePath: kho.folder.path("dt").string + "/bien-ban.json"))
        let page = try String(
            contentsOfFile: kho.folder.path("dt").string + "/bien-ban.html", encoding: .utf8)
        #expect(try JSONValue(parsing: Array(json)) == report.json)
        #expect(page.contains("BIÊN BẢN DIỄN TẬP PHỤC HỒI DỮ LIỆU"))
        #expect(page.contains(report.isPassed ? "KẾT QUẢ: ĐẠT" : "KẾT QUẢ: KHÔNG ĐẠT"))
        #expect(!page.contains("http") && !page.contains("<script"))
        let act = try #require(try kho.open(.reading).catalog.lastEvent(act: "drill"))
        #expect(act.line.contains(PolicyStore.digest(of: Array(json)).hex))
        #expect(act.line.contains(PolicyStore.digest(of: Array(page.utf8)).hex))
        #expect(act.details != nil)
    }

    @Test func `a dossier that is damaged here is told in the minutes, and the others go on`()
        throws
    {
        let kho = try CopiedArchive(dossiers: 3, stores: ["hai"])
        try AuditRunTests.flip(kho.file(".tar", of: 1, in: "chinh"))

        let report = try drill(kho, seed: 3, to: "dt")

        #expect(!report.isPassed && report.dossiers.count == 3)
        #expect(report.unrestored.map(\.object) == [kho.objects[1]])
        #expect(report.unrestored.first?.codes.isEmpty == false)
        #expect(report.trials.count == DrillReport.Harm.allCases.count)
        #expect(report.trials.allSatisfy { $0.isFound && $0.isMended } && report.isRebuildEqual)
        #expect(Set(report.restored.map(\.object)) == [kho.objects[0], kho.objects[2]])
        #expect(report.restored.allSatisfy { $0.isRight })
        try expectFiled(kho, "dt", naming: kho.objects[1])
    }

    @Test func `a drill of damaged dossiers alone is filed, and not passed`() throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        try AuditRunTests.flip(kho.file(".tar", in: "chinh"))

        let report = try drill(kho, seed: 3, to: "dt")

        #expect(!report.isPassed && report.trials.isEmpty && report.restored.isEmpty)
        #expect(report.unrestored.map(\.object) == kho.objects)
        try expectFiled(kho, "dt", naming: kho.objects[0])
    }

    private func expectFiled(
        _ kho: CopiedArchive, _ name: String, naming object: ObjectIdentifier
    ) throws {
        let folder = kho.folder.path(name).string
        let json = try Data(contentsOf: URL(filePath: folder + "/bien-ban.json"))
        let page = try String(contentsOfFile: folder + "/bien-ban.html", encoding: .utf8)
        for text in [String(decoding: json, as: UTF8.self), page] {
            #expect(text.contains("luutru audit run \(object.text)"))
            #expect(text.contains("luutru repair \(object.text)"))
        }
        #expect(page.contains("KẾT QUẢ: KHÔNG ĐẠT"))
        let act = try #require(try kho.open(.reading).catalog.lastEvent(act: "drill"))
        #expect(act.outcome == "fail" && act.line.contains("\"passed\":false"))
        #expect(act.line.contains(PolicyStore.digest(of: Array(json)).hex))
    }

    @Test func `equal seeds draw and harm alike, names choose, a limit holds`() throws {
        let kho = try CopiedArchive(dossiers: 6, stores: [])
        let one = try drill(kho, seed: 9, to: "a") { $0.count = 2 }
        let two = try drill(kho, seed: 9, to: "b") { $0.count = 2 }
        #expect(one.dossiers == two.dossiers && one.dossiers.count == 2)
        #expect(one.trials.map(\.codes) == two.trials.map(\.codes))
        let named = try drill(kho, seed: 1, to: "c") { $0.names = [kho.objects[4].text] }
        #expect(named.dossiers == [kho.objects[4]])

        let failure = #expect(throws: ArchiveFailure.self) {
            try drill(kho, seed: 1, to: "d") { $0.mostBytes = 10 }
        }
        #expect(failure?.reason == .usage)
        let unknown = #expect(throws: ArchiveFailure.self) {
            try drill(kho, seed: 1, to: "e") { $0.names = ["không có"] }
        }
        #expect(unknown?.reason == .unknownRecord)
        // What is refused leaves no folder behind.
        for name in ["d", "e"] {
            #expect(try DiskVolume().status(kho.folder.path(name)) == nil)
        }
        #expect(throws: ArchiveFailure.self) { try drill(kho, seed: 1, to: "c") }
        #expect(throws: ArchiveFailure.self) { try drill(kho, seed: 1, to: "kho/x") }
    }
}
