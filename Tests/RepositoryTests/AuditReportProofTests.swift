import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// A report of a part that tells what no reading could have told is refused, and the refusal says what that is.
@Suite struct AuditReportProofTests {
    private let kho: CopiedArchive
    private let good: String

    init() throws {
        kho = try CopiedArchive(dossiers: 2, stores: ["hai", "ba"])
        try AuditRunTests.flip(kho.file(".tar", in: "hai"))
        let shard = try #require(AuditShard("1/1"))
        let report = try kho.open(.reading).auditShard(shard, AuditRequest(.everything)) { _ in }
        good = String(decoding: report.bytes, as: UTF8.self)
    }

    private func merge(_ text: String) throws -> AuditReport {
        let name = "phần-\(kho.world().now().seconds)"
        try kho.folder.write(text, to: name)
        let archive = try kho.open()
        let report = try archive.mergeAudits([kho.folder.path(name)])
        try archive.finish()
        return report
    }

    private func expectRefusal(_ text: String, naming what: String) {
        #expect(text != good, "\(what)")
        let failure = #expect(throws: ArchiveFailure.self, "\(what)") { try merge(text) }
        #expect(failure?.reason == .auditReport, "\(what)")
        let detail = failure?.facts["detail"] ?? ""
        #expect(detail.contains(what), "\(detail)")
    }

    @Test func `damage that does not fit the findings, and a code that is made milder`() throws {
        expectRefusal(
            good.replacing("\"damaged\":1", with: "\"damaged\":0"), naming: "damaged 0 ≠ 1")
        expectRefusal(
            good.replacing("\"severity\":\"error\"", with: "\"severity\":\"information\""),
            naming: ": severity information")
        #expect(try merge(good).damaged == 1)
    }

    @Test func `names that were exchanged, and no store at all`() throws {
        let swapped = good.replacing("\"name\":\"hai\"", with: "\"name\":\"?\"")
            .replacing("\"name\":\"ba\"", with: "\"name\":\"hai\"")
            .replacing("\"name\":\"?\"", with: "\"name\":\"ba\"")
        expectRefusal(swapped, naming: "name ba")
        let start = try #require(good.firstRange(of: "\"stores\":["))
        expectRefusal(String(good[..<start.upperBound]) + "]}\n", naming: "stores: []")
    }

    /// The report with another severity of one code.
    private func with(_ severity: String, of code: String) -> String {
        let range = range(ofFinding: code)
        let milder = good[range].replacing(
            "\"severity\":\"error\"", with: "\"severity\":\"\(severity)\"")
        return String(good[..<range.lowerBound]) + milder + String(good[range.upperBound...])
    }

    private func range(ofFinding code: String) -> Range<String.Index> {
        guard let start = good.firstRange(of: "{\"code\":\"\(code)\"")?.lowerBound,
            let end = good[start...].firstRange(of: "\"subject\"")?.lowerBound
        else { return good.endIndex..<good.endIndex }
        return start..<end
    }

    /// The report with one finding more in the store that has some.
    private func adding(_ code: String, about subject: String) -> String {
        good.replacing(
            "\"findings\":[{",
            with: "\"findings\":[{\"code\":\"\(code)\",\"facts\":{},"
                + "\"severity\":\"error\",\"subject\":\"\(subject)\"},{")
    }

    @Test func `one code alone that is made milder`() throws {
        for severity in ["warning", "information"] {
            expectRefusal(
                with(severity, of: "LT-SEGMENT-DAMAGED"),
                naming: "LT-SEGMENT-DAMAGED: severity \(severity)")
        }
        expectRefusal(with("warning", of: "E092"), naming: "E092: severity warning")
    }

    @Test func `members that no report has`() {
        for place in ["{\"agent\"", "{\"bytes\""] {
            let text = good.replacing(place, with: "{\"aaa\":1," + place.dropFirst())
            #expect(text != good, "\(place)")
            #expect(ShardReport(Array(text.utf8)) == nil, "\(place)")
        }
        #expect(ShardReport(Array(good.utf8)) != nil)
    }

    @Test func `more or less damage than the findings tell of`() throws {
        expectRefusal(
            good.replacing("\"damaged\":1", with: "\"damaged\":2"), naming: "damaged 2 ≠ 1")
        expectRefusal(
            good.replacing(#/"findings":\[\{.*?\}\]/#, with: "\"findings\":[]"),
            naming: "damaged 1 ≠ 0")
    }

    @Test func `findings about what the part did not read`() throws {
        let subjects = [
            "urn:uuid:00000000-0000-4000-8000-0123456789AB/inventory.json", "../../etc/passwd",
            "ocfl/../../etc/passwd", "/etc/passwd", "ledger/entries.jsonl", "",
            String(kho.objects[0].text.dropFirst("urn:uuid:".count)),
        ]
        for subject in subjects {
            expectRefusal(adding("E092", about: subject), naming: "E092: subject \(subject)")
        }
        for subject in [kho.objects[0].text, "policy/../ledger/checkpoint", "details/x"] {
            expectRefusal(
                adding("LT-POLICY-FILE-WRONG", about: subject),
                naming: "LT-POLICY-FILE-WRONG: subject \(subject)")
        }
        let stranger = "urn:uuid:00000000-0000-4000-8000-0123456789AB"
        expectRefusal(
            adding("LT-CATALOG-ROW-MISSING", about: stranger),
            naming: "LT-CATALOG-ROW-MISSING: subject \(stranger)")
        expectRefusal(adding("LT-STORE-OBJECT-NO-ENTRY", about: stranger), naming: "checked 2 < 3")
    }

    @Test(arguments: [false, true])
    func `what a part does find beside the dossiers is taken`(isDeep: Bool) throws {
        let root = kho.store("hai")
        try Data("x".utf8).write(to: URL(filePath: root.string + "/lạ"))
        try Data("x".utf8).write(to: URL(filePath: root.string + "/README.txt"))
        try Data("x".utf8).write(to: URL(filePath: root.string + "/policy/lạ"))
        try Data("x".utf8).write(to: URL(filePath: root.string + "/ledger/lạ"))
        let folder = kho.place(1, in: "hai")
        let other = root.appending("ocfl").appending("000").appending("000").appending("000")
        try FileManager.default.createDirectory(
            atPath: other.string, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: folder.string,
            toPath: other.appending(folder.lastComponent?.string ?? "").string)
        let shard = try #require(AuditShard("1/1"))
        var request = AuditRequest(.everything)
        request.isDeep = isDeep

        let report = try kho.open(.reading).auditShard(shard, request) { _ in }
        let merged = try merge(String(decoding: report.bytes, as: UTF8.self))

        let codes = Set(report.answer.findings.map(\.code))
        #expect(
            codes.isSuperset(of: [
                .storeExtraFile, .policyFileUnadopted, .objectWithoutEntry, .storeReadMeWrong,
            ]))
        #expect(Set(merged.findings) == Set(report.answer.findings))
        #expect(merged.damaged == report.answer.damaged && merged.damaged > 0)
    }
}
