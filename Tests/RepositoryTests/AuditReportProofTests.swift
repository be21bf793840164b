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
            good.replacing("\"damaged\":1", with: "\"damaged\":0"), naming: "damaged 0 < 1")
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
}
