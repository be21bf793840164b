import Foundation
import Rehearsal
import SystemPackage
import Testing

/// Incidents, reports, notices and health as people type them.
@Suite struct IncidentCommandTests {
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = try folder.makeArchive().string
        let dossier = try folder.makeDossier().string
        #expect(try luutru("package", dossier).status == 0)
    }

    private func luutru(_ arguments: String...) throws -> Program.Run {
        try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho, "LANG": "vi_VN.UTF-8"])
    }

    private func flip() throws {
        let ocfl = kho + "/stores/chinh/ocfl/"
        let name = try #require(
            FileManager.default.subpathsOfDirectory(atPath: ocfl).first { $0.hasSuffix(".tar") })
        let tar = URL(filePath: ocfl + name)
        var bytes = try Data(contentsOf: tar)
        bytes[1000] ^= 1
        try bytes.write(to: tar)
    }

    private func configure(_ lines: String) throws {
        let path = URL(filePath: kho + "/luutru.yaml")
        let text = try String(contentsOf: path, encoding: .utf8)
        try Data((text + lines).utf8).write(to: path)
    }

    private func payload(_ run: Program.Run) throws -> [String: Any] {
        try #require(run.json.last?["payload"] as? [String: Any], "\(run.output) \(run.errors)")
    }

    @Test func `an incident goes its way from finding to closing`() throws {
        #expect(try luutru("status", "--check").output == "TỐT\n")
        #expect(try luutru("incident", "list").status == 0)
        try flip()
        let audit = try luutru("audit", "run")
        #expect(audit.status == 1 && audit.output.contains("SỰ CỐ 1"))
        let check = try luutru("status", "--check")
        #expect(check.status == 1 && check.output.contains("1 sự cố đang mở"))
        #expect(check.output.split(separator: "\n").count == 1)
        #expect(try payload(luutru("status", "--json"))["openIncidents"] as? Int == 1)
        #expect(try luutru("status").status == 1)
        #expect(try luutru("incident", "list").status == 1)
        let note = try luutru("incident", "note", "1", "Đã báo Sở Nội vụ", "--reported")
        #expect(note.status == 0)
        let refused = try luutru("incident", "close", "1", "--reason", "xong")
        #expect(refused.status == 4 && refused.errors.contains("LT-INCIDENT-DAMAGE-OPEN"))
        #expect(try luutru("incident", "close", "9", "--reason", "x").status == 64)
        try flip()
        #expect(try luutru("audit", "run").status == 0)
        #expect(try luutru("incident", "close", "1", "--reason", "đã chép lại").status == 0)
        let shown = try payload(luutru("incident", "show", "1", "--json"))
        #expect(shown["openDamage"] as? Int == 0 && shown["closed"] is String)
        #expect(shown["reported"] is String && shown["unresolved"] as? Bool == false)
        #expect(try luutru("status", "--check").status == 0)
        #expect(try luutru("incident", "list", "--all").status == 0)
        let none = try luutru("incident", "list")
        #expect(none.status == 0 && none.errors.contains("1 sự cố đã đóng"), "\(none)")
    }

    @Test func `over a catalog that was put back nothing reads as if all were well`() throws {
        let files = FileManager.default
        func catalog() throws -> [String] {
            try files.contentsOfDirectory(atPath: kho).filter { $0.hasPrefix("catalog.sqlite") }
                .map { kho + "/" + $0 }
        }
        let old = try catalog().map { (path: $0, bytes: try Data(contentsOf: URL(filePath: $0))) }
        try flip()
        #expect(try luutru("audit", "run").status == 1)
        for path in try catalog() { try files.removeItem(atPath: path) }
        for file in old { try file.bytes.write(to: URL(filePath: file.path)) }

        let check = try luutru("status", "--check")
        #expect(check.status == 3 && check.output.contains("danh mục thiếu"), "\(check)")
        let status = try luutru("status")
        #expect(status.status == 3 && status.output.contains("luutru catalog check"))
        #expect(try payload(luutru("status", "--json"))["catalogBehind"] as? Int ?? 0 > 0)
        for command in [
            ["incident", "list"], ["repair", "--all", "--dry-run"], ["store", "list"],
        ] {
            let run = try Program.run(command, environment: ["LUUTRU_ARCHIVE": kho])
            #expect(run.status == 3 && run.errors.contains("LT-CATALOG-BEHIND"), "\(run)")
        }
        let plan = try luutru("audit", "plan", "--json").json.first
        #expect(plan?["kind"] as? String == "finding")
        #expect(try luutru("search", "quyết định").errors.contains("LT-CATALOG-BEHIND"))

        #expect(try luutru("catalog", "check").status == 0)
        #expect(try luutru("status", "--check").status == 1)
        #expect(try luutru("incident", "list").status == 1)
    }

    @Test func `minutes and logs are written once, as pages and tables`() throws {
        try flip()
        #expect(try luutru("audit", "run").status == 1)
        let minutes = folder.url.path + "/su-co.html"
        #expect(try luutru("incident", "report", "1", "-o", minutes).status == 0)
        #expect(try luutru("incident", "report", "1", "-o", minutes).status == 64)
        #expect(try luutru("incident", "report", "1", "-o", kho + "/a.html").status == 64)
        #expect(try luutru("incident", "report", "1").status == 64)
        #expect(try payload(luutru("incident", "report", "1", "--json"))["number"] as? Int == 1)
        let days = ["--from", "2020-01-01", "--to", "2099-12-31"]
        func report(_ more: String...) throws -> Program.Run {
            try Program.run(
                ["audit", "report"] + days + more, environment: ["LUUTRU_ARCHIVE": kho])
        }
        let table = folder.url.path + "/bang.csv"
        #expect(try report("--csv", "-o", table).status == 0)
        let csv = try Data(contentsOf: URL(filePath: table))
        #expect(csv.starts(with: [0xEF, 0xBB, 0xBF]))
        let rows = String(decoding: csv.dropFirst(3), as: UTF8.self).components(
            separatedBy: "\r\n")
        #expect(rows[0].hasPrefix("Việc,") && rows.contains { $0.hasPrefix("kiểm tra,") })
        #expect(rows.contains { $0.hasPrefix("sự cố,") })
        let form = try report("--form", "kiem-tra")
        #expect(form.output.contains("BIÊN BẢN") && !form.output.contains("NHẬT KÝ SAO LƯU"))
        let both = try report("--html")
        #expect(both.output.contains("BIÊN BẢN") && both.output.contains("NHẬT KÝ SAO LƯU"))
        let json = try payload(report("--json"))
        #expect((json["runs"] as? [Any])?.count == 1)
        #expect((json["incidents"] as? [Any])?.count == 1)
        #expect(try report("--form", "khac").status == 64)
        #expect(try report("--csv", "--html").status == 64)
        let wrong = try luutru("audit", "report", "--from", "2026-02-01", "--to", "2026-01-01")
        #expect(wrong.status == 64)
        // Days without any act give empty minutes, not none.
        let early = try luutru(
            "audit", "report", "--from", "2020-01-01", "--to", "2020-01-02", "--form", "sao-luu")
        #expect(early.status == 0 && early.output.contains("Không có lần sao lưu nào"))
    }

    @Test func `metrics are written beside the answer`() throws {
        let file = folder.url.path + "/luutru.prom"
        #expect(try luutru("status", "--metrics", file).status == 0)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains("luutru_dossiers 1\n"))
        #expect(try luutru("status", "--metrics", folder.url.path + "/x.txt").status == 64)
    }

    @Test func `a mail server that is away is a warning, and is told by the next run`() throws {
        let inbox = try TestFolder()
        guard let server = try MailServer(inbox) else { return print("not run: aiosmtpd absent") }
        func mail(_ port: Int) -> String {
            """
            notify-mail:
              server: smtp://127.0.0.1:\(port)
              from: luutru@vinhlong.gov.vn
              to:
                - truc@vinhlong.gov.vn
                - so@vinhlong.gov.vn

            """
        }
        let path = URL(filePath: kho + "/luutru.yaml")
        let plain = try String(contentsOf: path, encoding: .utf8)
        try configure(mail(1))
        try flip()
        let away = try luutru("audit", "run")
        #expect(away.status == 1 && away.errors.contains("LT-NOTICE-MAIL"))
        #expect(try luutru("status", "--check").output.contains("1 thông báo"))
        try Data((plain + mail(server.port)).utf8).write(to: path)
        #expect(try luutru("audit", "run").errors.contains("Đã báo sự cố 1"))
        #expect(try luutru("audit", "run").status == 1)
        let mails = try server.mails
        #expect(mails.count == 1)
        let first = try #require(mails.first)
        #expect(first.contains("X-From: luutru@vinhlong.gov.vn"))
        #expect(first.contains("X-To: truc@vinhlong.gov.vn,so@vinhlong.gov.vn"))
        #expect(first.contains("Subject: =?UTF-8?B?") && first.contains("MIME-Version: 1.0"))
    }

    private func configureMail(_ port: Int) throws {
        try configure(
            """
            notify-mail:
              server: smtp://127.0.0.1:\(port)
              from: luutru@vinhlong.gov.vn
              to: [truc@vinhlong.gov.vn, so@vinhlong.gov.vn]
              timeout: 3

            """)
    }

    @Test func `an address that the server refuses is named, and the others are told`() throws {
        let inbox = try TestFolder()
        guard let server = try MailServer(inbox) else { return print("not run: aiosmtpd absent") }
        try configureMail(server.port)
        try inbox.write("truc@vinhlong.gov.vn\nso@vinhlong.gov.vn\n", to: "refuse")
        try flip()

        let nobody = try luutru("audit", "run").errors
        try inbox.write("truc@vinhlong.gov.vn\n", to: "refuse")
        let one = try luutru("audit", "run").errors
        let again = try luutru("audit", "run").errors

        #expect(nobody.contains("LT-NOTICE-MAIL") && !nobody.contains("Đã báo"), "\(nobody)")
        #expect(nobody.contains("refused: truc@vinhlong.gov.vn: 550 5.1.1 no such user; so@"))
        #expect(one.contains("LT-NOTICE-RECEIVER") && one.contains("Đã báo sự cố 1"), "\(one)")
        #expect(one.contains("truc@vinhlong.gov.vn") && one.contains("550 5.1.1 no such user"))
        #expect(!again.contains("LT-NOTICE") && !again.contains("Đã báo"), "\(again)")
        #expect(try server.mails.map { $0.contains("X-To: so@vinhlong.gov.vn\r\n") } == [true])
    }

    @Test(arguments: ["DATA", "QUIT"])
    func `a mail server that falls silent is not waited for beyond its time`(
        command: String
    ) throws {
        let inbox = try TestFolder()
        guard let server = try MailServer(inbox) else { return print("not run: aiosmtpd absent") }
        try configureMail(server.port)
        try inbox.write(command + "\n", to: "silent")
        try flip()

        let began = ContinuousClock.now
        let run = try luutru("audit", "run")
        let seconds = began.duration(to: .now).components.seconds

        #expect(seconds < 30, "\(seconds) s")
        // What was taken before is sent, whatever becomes of the farewell.
        #expect(run.errors.contains("Đã báo sự cố 1") == (command == "QUIT"), "\(run.errors)")
        #expect(run.errors.contains("timed-out") == (command == "DATA"), "\(run.errors)")
    }

    @Test func `a login goes over TLS alone, from a file that nobody else reads`() throws {
        guard Program.isInstalled("openssl") else { return print("not run: openssl absent") }
        let inbox = try TestFolder()
        let key = inbox.url.path + "/key.pem"
        let certificate = inbox.url.path + "/crt.pem"
        let made = try Program.start(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
                certificate,
            ])
        #expect(made.status == 0)
        guard let server = try MailServer(inbox, certificate: certificate, key: key) else {
            return print("not run: aiosmtpd absent")
        }
        let login = folder.url.path + "/thu"
        try folder.write("luutru\nmat khau\n", to: "thu")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: login)
        try configure(
            """
            notify-mail:
              server: smtp://localhost:\(server.port)
              from: luutru@vinhlong.gov.vn
              to: truc@vinhlong.gov.vn
              credentials: \(login)
              roots: \(certificate)

            """)
        try flip()
        let open = try luutru("audit", "run")
        #expect(open.errors.contains("LT-NOTICE-CREDENTIALS"), "\(open.errors)")
        #expect(try server.mails.isEmpty)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: login)
        let sent = try luutru("audit", "run")
        #expect(sent.errors.contains("Đã báo sự cố 1"), "\(sent.errors)")
        let mail = try #require(server.mails.first)
        #expect(mail.contains("X-TLS: True") && mail.contains("X-Login: True"))
    }

    @Test func `a password is never sent to a server without TLS`() throws {
        let inbox = try TestFolder()
        guard let server = try MailServer(inbox) else { return print("not run: aiosmtpd absent") }
        try folder.write("luutru\nmat khau\n", to: "thu")
        let login = folder.url.path + "/thu"
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: login)
        try configure(
            """
            notify-mail:
              server: smtp://127.0.0.1:\(server.port)
              from: luutru@vinhlong.gov.vn
              to: truc@vinhlong.gov.vn
              credentials: \(login)

            """)
        try flip()
        #expect(try luutru("audit", "run").errors.contains("LT-NOTICE-MAIL"))
        #expect(try server.mails.isEmpty)
    }
}
