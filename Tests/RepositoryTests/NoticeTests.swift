import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing

@testable import Repository

/// Invariant I2 of `docs/design.md`: a notice is told until it was told.
@Suite struct NoticeTests {
    private let folder: TestFolder
    private let root: FilePath

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        _ = try Archive.package(folder.makeDossier(), into: root, in: world(1))
    }

    private func world(_ minutes: Int64) -> World {
        TestWorld.make(
            seed: UInt64(minutes), from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    private func configure(_ lines: String) throws {
        let path = URL(filePath: root.string + "/luutru.yaml")
        let text = try String(contentsOf: path, encoding: .utf8)
        try Data((text + lines).utf8).write(to: path)
    }

    private func breakAndAudit(_ minutes: Int64) throws {
        let ocfl = root.string + "/stores/chinh/ocfl/"
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: ocfl).first { $0.hasSuffix(".tar") })
        let tar = URL(filePath: ocfl + name)
        var bytes = try Data(contentsOf: tar)
        bytes[1000] ^= 1
        try bytes.write(to: tar)
        let archive = try open(minutes)
        _ = try archive.audit([], progress: { _ in })
        try archive.finish()
    }

    private func open(_ minutes: Int64) throws -> Archive {
        try Archive.open(root, in: world(minutes), for: .auditing)
    }

    private func program(_ body: String) throws -> String {
        try folder.write("#!/bin/sh\n" + body + "\n", to: "bao")
        let path = folder.path("bao").string
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    @Test func `a program that says much is heard to its end`() throws {
        try configure("notify:\n  command: \(try program("head -c 50000000 /dev/zero"))\n")
        try breakAndAudit(10)

        let told = try open(20).notifyIncidents()

        #expect(told.sent == [1] && told.findings.isEmpty)
    }

    @Test func `a program is told once, and again only while it fails`() throws {
        let heard = folder.path("heard").string
        let path = try program("exit 7")
        try configure("notify:\n  command: \(path)\n")
        try breakAndAudit(10)
        let failing = try open(20)
        let failed = try failing.notifyIncidents()
        #expect(failed.sent.isEmpty && failed.findings.map(\.code) == [.noticeCommand])
        #expect(failed.findings[0].severity == .warning)
        #expect(try failing.waitingNotices() == 1)
        #expect(try failing.health().waiting.map(\.kind).contains(.noticesWait))
        _ = try program("cat >> \(heard)")
        #expect(try failing.notifyIncidents().sent == [1])
        #expect(try failing.notifyIncidents().sent.isEmpty)
        #expect(try failing.waitingNotices() == 0)
        let lines = try String(contentsOfFile: heard, encoding: .utf8)
        let notice = try JSONValue(parsing: lines.utf8.dropLast())
        #expect(notice["incident"]?.numberValue == 1 && notice["store"]?.stringValue == "chinh")
        #expect(notice["command"]?.stringValue == "luutru incident show 1")
        #expect(lines.split(separator: "\n").count == 1)
        #expect(!lines.contains("Hồ sơ") && !lines.contains("os:test"))
        #expect(try failing.incident(1).acts.last?.way == "command")
        let work = try FileManager.default.contentsOfDirectory(atPath: root.string + "/work")
        #expect(work.isEmpty)
    }

    @Test func `a closed incident is told of no more`() throws {
        try breakAndAudit(10)
        try configure("notify:\n  command: \(try program("exit 0"))\n")
        let archive = try open(20)
        try archive.closeIncident(1, because: "x", isUnresolved: true)
        #expect(try archive.notifyIncidents().sent.isEmpty)
    }

    @Test func `a mail has numbers and commands, no record and no person`() throws {
        try breakAndAudit(10)
        let archive = try open(20)
        let listed = try #require(archive.incidents(onlyOpen: true).first)
        let notice = IncidentNotice(incident: listed, archive: archive.configuration.archive)
        let mail = String(
            decoding: notice.mail(
                from: "luutru@vinhlong.gov.vn", to: ["a@vinhlong.gov.vn", "b@vinhlong.gov.vn"],
                at: TestWorld.start), as: UTF8.self)
        let lines = mail.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 && $0.utf8.allSatisfy { $0 < 0x80 } })
        #expect(lines.contains("Date: Sun, 22 Nov 2026 01:00:00 +0000"))
        let body = lines[(try #require(lines.firstIndex(of: "")) + 1)...].joined()
        let text = String(decoding: try #require(Data(base64Encoded: body)), as: UTF8.self)
        #expect(text.contains("luutru incident show 1") && text.contains("Kho: chinh"))
        #expect(!text.contains("Hồ sơ về việc") && !text.contains("os:test"))
    }

    @Test(arguments: [
        "notify:\n  command: bao\n", "notify:\n  timeout: 3\n", "notify: x\n",
        "notify-mail:\n  server: http://x:1\n  from: a@b.vn\n  to: a@b.vn\n",
        "notify-mail:\n  server: smtp://u:p@x\n  from: a@b.vn\n  to: a@b.vn\n",
        "notify-mail:\n  server: smtp://x:25\n  from: a\n  to: a@b.vn\n",
        "notify-mail:\n  server: smtp://x:25\n  from: a@b.vn\n  to: \"a@b.vn>\"\n",
        "notify-mail:\n  server: smtp://x:99999\n  from: a@b.vn\n  to: a@b.vn\n",
        "repair: yes\n",
    ])
    func `a wrong configuration is refused with its line`(lines: String) throws {
        try configure(lines)
        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.open(root, in: world(5), for: .reading)
        }
        #expect(failure?.reason == .configuration && failure?.facts["line"] != nil)
    }
}
