import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// Invariant I1 of `docs/design.md`: damage is answered for.
@Suite struct IncidentTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        for (number, name) in ["một", "hai", "ba"].enumerated() {
            let dossier = try folder.makeDossier(name, notation: "0\(number + 1).CĐS")
            let outcome = try Archive.package(dossier, into: root, in: world(Int64(number + 1)))
            guard case .packaged = outcome.result else {
                Issue.record("not packaged: \(outcome.findings)")
                return
            }
        }
    }

    private func world(_ minutes: Int64) -> World {
        TestWorld.make(
            seed: UInt64(minutes), from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func open(_ minutes: Int64) throws -> Archive {
        try Archive.open(root, in: world(minutes), for: .auditing)
    }

    @discardableResult
    private func audit(_ minutes: Int64) throws -> AuditReport {
        let archive = try open(minutes)
        let report = try archive.audit([], progress: { _ in })
        try archive.finish()
        return report
    }

    private func tars(_ store: String = "kho/stores/chinh") throws -> [URL] {
        let ocfl = folder.url.appending(path: store + "/ocfl")
        return try FileManager.default.subpathsOfDirectory(atPath: ocfl.path)
            .filter { $0.hasSuffix(".tar") }.sorted().map { ocfl.appending(path: $0) }
    }

    /// Closes the first incident though its damage is there.
    private func close(_ minutes: Int64, _ reason: String) throws {
        let archive = try open(minutes)
        try archive.closeIncident(1, because: reason, isUnresolved: true)
        try archive.finish()
    }

    private func damage(_ file: URL) throws {
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 0x10
        try bytes.write(to: file)
    }

    @Test func `one run opens one incident, and a later run adds the same damage to it`() throws {
        let tars = try tars()
        try damage(tars[0])
        try damage(tars[1])
        let first = try audit(10)
        #expect(first.incidents == [1])
        #expect(first.findings.count > 2)
        #expect(try audit(20).incidents == [1])
        let incidents = try open(30).incidents(onlyOpen: true)
        let incident = try #require(incidents.first)
        #expect(incidents.count == 1)
        #expect(abs(incident.deadline.seconds - incident.opened.seconds - 86_400) <= 2)
        #expect(incident.store == "chinh" && !incident.isOverdue)
        #expect(incident.findings == Int64(first.findings.count * 2))
        #expect(incident.openDamage == Int64(first.findings.count))
        // Damage in another place is another incident.
        try damage(tars[2])
        #expect(try audit(40).incidents.sorted() == [1, 2])
        #expect(try open(50).incident(2).damages.allSatisfy { $0.at > incident.deadline } == false)
        #expect(try open(60).incident(1).acts.map(\.change) == ["open", "note", "note", "note"])
    }

    @Test func `damage that every run finds again stands once in the incident`() throws {
        try damage(try tars()[0])
        let found = try audit(10).findings.count
        try audit(20)
        try audit(30)

        let shown = try open(40).incident(1)
        let page = try open(40).incidentPage(
            1, MinutesWords(damage: { $0.rawValue }, finding: { $0.text }))

        #expect(shown.damages.count <= found && shown.listed.findings == Int64(found * 3))
        #expect(!shown.damages.isEmpty && Set(shown.damages).count == shown.damages.count)
        #expect(shown.damages.allSatisfy { $0.count == 3 })
        #expect(shown.damages.allSatisfy { $0.last.seconds - $0.at.seconds >= 19 * 60 })
        #expect(page.contains("\(found * 3) phát hiện") && !page.contains("chỗ hỏng đầu"))
    }

    @Test func `a report that is late is told until it is noted`() throws {
        try damage(tars()[0])
        try audit(10)
        #expect(try open(20).status().overdueReports == 0)
        let late: Int64 = 25 * 60
        #expect(try open(late).status().openIncidents == 1)
        #expect(try open(late).status().overdueReports == 1)
        #expect(try open(late).health().status == .findings)
        let archive = try open(late + 1)
        try archive.noteIncident(1, "Đã báo cáo Sở Nội vụ, công văn 12", isReport: true)
        #expect(try archive.status().overdueReports == 0)
        #expect(try archive.incident(1).acts.last?.text == "Đã báo cáo Sở Nội vụ, công văn 12")
        #expect(throws: ArchiveFailure.self) {
            try archive.noteIncident(2, "x", isReport: false)
        }
    }

    @Test func `an incident is not closed while its damage is open`() throws {
        let tar = try tars()[0]
        let good = try Data(contentsOf: tar)
        try damage(tar)
        try audit(10)
        let failure = #expect(throws: ArchiveFailure.self) {
            try open(20).closeIncident(1, because: "xong", isUnresolved: false)
        }
        #expect(failure.map { FailureReport(describing: $0).status } == .refused)
        try good.write(to: tar)
        let after = try open(30)
        _ = try after.audit([], progress: { _ in })
        try after.closeIncident(1, because: "đã chép lại từ bản lưu", isUnresolved: false)
        #expect(try after.incidents(onlyOpen: true).isEmpty)
        #expect(try after.incidents(onlyOpen: false).first?.isUnresolved == false)
        #expect(throws: ArchiveFailure.self) {
            try after.closeIncident(1, because: "lại", isUnresolved: false)
        }
    }

    @Test func `damage that stays is not told every night, and new damage is`() throws {
        let tars = try tars()
        try damage(tars[0])
        try audit(10)
        try close(20, "không còn bản lành")
        #expect(try audit(30).incidents.isEmpty)
        #expect(try open(31).incidents(onlyOpen: true).isEmpty)
        try damage(tars[1])
        #expect(try audit(40).incidents == [2])
        // Mended and damaged again, it is new.
        for tar in [tars[0], tars[1]] { try damage(tar) }
        #expect(try audit(50).findings.isEmpty)
        try damage(tars[0])
        #expect(try audit(60).incidents == [3])
    }

    @Test func `a catalog made anew knows the same incidents`() throws {
        let tars = try tars()
        try damage(tars[0])
        try audit(10)
        try close(20, "giữ nguyên")
        try damage(tars[1])
        try audit(30)
        let before = try open(40).incidents(onlyOpen: false)
        // Whole again, so that nothing but incidents can differ.
        for tar in tars[0...1] { try damage(tar) }
        #expect(try Archive.checkCatalog(root, in: world(50)).isEmpty)
        _ = try Archive.rebuildCatalog(root, in: world(60))
        let after = try open(70).incidents(onlyOpen: false)
        #expect(after.map(\.number) == before.map(\.number))
        #expect(after.map(\.closed) == before.map(\.closed))
        #expect(after.map(\.findings) == before.map(\.findings))
        #expect(after.map(\.openDamage) == before.map(\.openDamage))
    }

    @Test func `the minutes say what was found, what was mended, from where and by whom`() throws {
        let other = folder.path("ban-sao")
        do {
            let adding = try open(5)
            _ = try adding.addStore(
                StoreRequest(
                    name: "hai", address: other.string, role: .copy, medium: .disk,
                    place: "Phòng máy 2"))
            try adding.finish()
        }
        do {
            let syncing = try open(6)
            _ = try syncing.syncStores([], progress: { _ in })
            try syncing.finish()
        }
        try damage(tars()[0])
        try audit(10)
        let repairing = try open(20)
        let report = try repairing.repair([], isDryRun: false, progress: { _ in })
        #expect(report.items.map(\.ending) == [.repaired])
        try repairing.closeIncident(1, because: "đã sửa <b>xong</b>", isUnresolved: false)
        let shown = try repairing.incident(1)
        #expect(shown.repairs.map(\.ending) == [.repaired] && shown.repairs[0].source == "hai")
        let page = try repairing.incidentPage(
            1, MinutesWords(damage: { "loại \($0.rawValue)" }, finding: { "lời \($0.text)" }))
        for part in [
            "BIÊN BẢN", "UBND tỉnh Vĩnh Long", "loại medium", "đã sửa, đọc lại đúng", "os:test",
            "đã sửa &lt;b&gt;xong&lt;/b&gt;", "@page { size: A4", "lời LT-",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"))
    }
}
