import Foundation
import Policies
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// What `audit:` in `luutru.yaml` may say.
@Suite struct AuditConfigurationTests {
    private static let head = """
        archive: urn:uuid:00000000-0000-4000-8000-0123456789AB
        agencyName: UBND
        agencyCode: H61
        fondsCode: H61
        fondsName: Phông
        store: stores/chinh

        """

    private func policy(_ lines: String) throws -> AuditPolicy {
        try Configuration.reading(Array((Self.head + lines).utf8)).auditPolicy
    }

    @Test func `without it the usual days hold, and each line changes one thing`() throws {
        #expect(try policy("") == AuditPolicy())
        #expect(
            try policy(
                "audit:\n  - days: 30\n    slow-days: 200\n    window: \"22:00-05:00\"\n    rate: 80M\n"
            )
                == AuditPolicy(
                    days: 30, slowDays: 200, window: .init(from: 1320, to: 300), rate: 80 << 20))
    }

    @Test(arguments: [
        ("days: 0", "1…1095"), ("days: x", "1…1095"), ("slow-days: 1096", "1…1095"),
        ("window: 22-5", "22:00-05:00"), ("window: \"22:00-22:00\"", "22:00-05:00"),
        ("window: \"24:00-05:00\"", "22:00-05:00"), ("rate: 0", "80M"), ("rate: 80X", "80M"),
        ("rate: 9999999999T", "80M"), ("day: 3", "≈ days"),
    ])
    func `a line of another form is named`(line: String, detail: String) throws {
        let failure = #expect(throws: ArchiveFailure.self) {
            try policy("audit:\n  - \(line)\n")
        }
        #expect(failure?.facts["line"] == "8")
        #expect(failure?.facts["detail"]?.contains(detail) == true)
    }

    @Test(arguments: [
        ("500G", Int64(500) << 30), ("1", 1), ("3K", 3072), ("2T", 2 << 40), ("0", nil),
        ("-1", nil), ("", nil), ("G", nil), ("99999999999T", nil), ("1.5G", nil),
    ])
    func `amounts of bytes`(text: String, bytes: Int64?) {
        #expect(ByteCount.reading(text) == bytes)
    }

    @Test func `media that are mounted by hand, and vaults, have the longer time`() throws {
        let kho = try CopiedArchive(dossiers: 1, stores: [])
        let archive = try kho.open(.writing)
        let disk = try archive.addStore(
            StoreRequest(
                name: "a", address: kho.folder.path("a").string, role: .copy, medium: .disk,
                place: "A"))
        let tape = try archive.addStore(
            StoreRequest(
                name: "b", address: kho.folder.path("b").string, role: .copy, medium: .tape,
                place: "B"))
        var configuration = archive.configuration
        configuration.stores = [disk, tape]
        let policy = AuditPolicy(days: 9, slowDays: 99)
        #expect(policy.days(for: nil, configuration) == 9)
        #expect(policy.days(for: disk.store, configuration) == 9)
        #expect(policy.days(for: tape.store, configuration) == 99)
    }

    @Test func `the plan tells what is due in every store`() throws {
        let kho = try CopiedArchive(dossiers: 3, stores: ["hai"])
        let before = try kho.open(.reading).auditPlan()
        #expect(before.map(\.store) == ["chinh", "hai"])
        #expect(before.map(\.due) == [3, 3])
        #expect(before.allSatisfy { $0.dueBytes == $0.bytes && $0.bytes > 0 && $0.missing == 0 })
        #expect(before[0].stalest != nil && before[0].stalestRead == nil)

        _ = try kho.audit()

        let after = try kho.open(.reading).auditPlan()
        #expect(after.map(\.due) == [0, 0])
        #expect(after.allSatisfy { $0.stalestRead != nil && $0.dueBytes == 0 })
    }

    @Test func `the plan looks ahead to the deadline of what was read longest ago`() throws {
        let kho = try CopiedArchive(dossiers: 3, stores: [])
        let file = URL(filePath: kho.root.appending("luutru.yaml").string)
        let text = try String(contentsOf: file, encoding: .utf8)
        let audit = "audit:\n  - days: 90\n    window: \"22:00-22:01\"\n    rate: 1K\n"
        try Data((text + audit).utf8).write(to: file)
        #expect(try kho.audit().checked == 3)
        func outlook(afterDays days: Int64) throws -> AuditOutlook {
            try kho.open(.reading, afterHours: days * 24).auditPlan()[0]
        }

        let soon = try outlook(afterDays: 30)
        let nights = Int((soon.bytes - 1) / (60 << 10) + 1)
        #expect(nights > 1 && soon.nightsNeeded == nights && soon.missing == 0 && soon.due == 0)
        #expect([59, 60].contains(soon.nightsLeft))
        let late = try outlook(afterDays: 59)
        #expect(late.due == 3 && late.nightsLeft <= 1 && late.missing >= nights - 1)
        let over = try outlook(afterDays: 21)
        #expect(over.due == 3 && over.nightsLeft == 0 && over.missing == nights)
        let read = try #require(over.stalestRead)
        #expect(over.deadline?.seconds == read.seconds + 90 * 86_400)
    }

    @Test
    func `what is due is read before its days are over, and monitoring hears of what is late`()
        throws
    {
        let kho = try CopiedArchive(dossiers: 2, stores: ["hai"])
        #expect(try kho.audit().checked == 4)
        func health(afterDays days: Int64) throws -> [Health.Kind] {
            try kho.open(.reading, afterHours: days * 24).health().waiting.map(\.kind)
        }

        #expect(try kho.audit(AuditRequest(.due), afterHours: 80 * 24).checked == 0)
        #expect(try health(afterDays: 9) == [])
        #expect(try kho.audit(AuditRequest(.due), afterHours: 10).checked == 4)
        #expect(try health(afterDays: 89) == [])
        #expect(try health(afterDays: 2) == [.auditsBehind])
    }
}
