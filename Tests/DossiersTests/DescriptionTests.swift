import Dossiers
import Records
import Testing

struct DescriptionTests {
    @Test func `fills in what the lists leave out`() throws {
        let folder = try DossierFolder(SampleDossier())
        let closed = try #require(try folder.examine().closed)
        let documents = try folder.documents()

        #expect(closed.dossier.code == "H61.12.2024.01.CĐS")
        #expect(closed.dossier.fields[.totalDoc] == "2")
        #expect(closed.dossier.fields[.numberOfPage] == "3")
        #expect(closed.dossier.arrangement[.fonds] == "P01")
        #expect(closed.dossier.arrangement[.retentionPeriod] == "20 năm")
        #expect(documents.map { $0.fields[.docOrdinal] } == ["1", "2"])
        #expect(
            documents.map { $0.fields[.arcFileCode] } == [closed.dossier.code, closed.dossier.code])
        #expect(documents[1].fields[.docCode] == "H61.12.2024.01.CĐS.0000002")
        #expect(documents[1].fields[.docId] == documents[1].fields[.docCode])
        #expect(documents[1].fields[.maintenance] == "05")
        #expect(documents[1].fields[.riskRecovery] == "0")
        #expect(documents[1].fields[.riskRecoveryStatus] == nil)
    }

    @Test func `turns words into codes and dates into the circular's form`() throws {
        var sample = SampleDossier()
        sample["mode"] = "sử dụng có điều kiện"
        sample["startDate"] = "2024-01"
        sample["endDate"] = "2024"
        sample["language"] = "[Tiếng Việt, 02]"
        sample.set("typeName", "BA\u{301}O CA\u{301}O")
        sample.set("issuedDate", "2024-3-5")
        let folder = try DossierFolder(sample)
        let dossier = try #require(try folder.examine().closed?.dossier)
        let document = try folder.documents()[0]

        #expect(dossier.fields[.mode] == "02")
        #expect(dossier.fields[.startDate] == "01/2024")
        #expect(dossier.fields[.endDate] == "2024")
        #expect(dossier.fields[.language] == "01;02")
        #expect(document.fields[.typeName] == "14")
        #expect(document.fields[.issuedDate] == "05/03/2024")
    }

    @Test(arguments: [
        ("15 năm", nil, "07", "15 năm"), ("07", "15 năm", "07", "15 năm"),
        ("'05'", nil, "05", "20 năm"),
        ("Khác", "Đến khi hết hiệu lực", "07", "Đến khi hết hiệu lực"),
        ("20 năm", "20 NĂM", "05", "20 NĂM"), ("Vĩnh viễn", nil, "01", "Vĩnh viễn"),
    ])
    func `keeps the exact period beside its code`(
        period: String, exact: String?, code: String, words: String
    ) throws {
        var sample = SampleDossier()
        sample["maintenance"] = period
        sample["retentionPeriod"] = exact
        let examination = try DossierFolder(sample).examine()
        let dossier = try #require(examination.closed?.dossier, "\(examination.findings)")
        #expect(dossier.fields[.maintenance] == code)
        #expect(dossier.arrangement[.retentionPeriod] == words)
    }

    @Test(arguments: [
        ("07", "20 năm"), ("Khác", "Khác"), ("15 năm", "12 năm"), ("20 năm", "10 năm"),
    ])
    func `refuses two periods that are not one`(period: String, exact: String) throws {
        var sample = SampleDossier()
        sample["maintenance"] = period
        sample["retentionPeriod"] = exact
        let findings = try DossierFolder(sample).examine().findings
        #expect(findings.map(\.code) == [.periodDiffers])
    }

    @Test func `describes pictures and recordings by their own elements`() throws {
        var sample = SampleDossier()
        sample.columns = [
            "file", "typePic", "typeMedia", "mode", "photoTime", "colour", "playTime",
        ]
        sample.rows = [
            ["a.txt", "Ảnh", "", "01", "03/2024", "Màu", ""],
            ["Phụ lục/b.txt", "", "Ghi âm", "01", "", "", "00:03:10"],
        ]
        let documents = try DossierFolder(sample).documents()

        #expect(documents.map(\.kind) == [.picture, .recording])
        #expect(documents[0].fields[.typePic] == "02")
        #expect(documents[0].fields[.photoTime] == "03/2024")
        #expect(documents[0].fields[.colour] == "01")
        #expect(documents[0].fields[.numberOfPage] == nil)
        #expect(documents[1].fields[.typeMedia] == "01")
        #expect(documents[1].fields[.playTime] == "00:03:10")
    }

    @Test func `gives documents in the order of their ordinals`() throws {
        var sample = SampleDossier()
        sample.set("docOrdinal", "7", row: 0)
        sample.set("docOrdinal", "3", row: 1)
        let documents = try DossierFolder(sample).documents()
        #expect(documents.map(\.ordinal) == [3, 7])
        #expect(documents.map(\.file.text) == ["Phụ lục/b.txt", "a.txt"])
        #expect(documents[1].fields[.docCode] == "H61.12.2024.01.CĐS.0000007")
    }

    @Test func `reads a list as spreadsheets write it`() throws {
        var sample = SampleDossier()
        sample.list = Array(
            """
            \u{FEFF}file;typeName;issuedDate;organName;subject;language;numberOfPage;mode;;\r
            a.txt;2;05/03/2024;UBND tỉnh;"Về việc\r\n""một""; hai";1;1;1;;\r
            Phụ lục\\b.txt;02;06/03/2024;UBND tỉnh;Về việc thứ hai;01;2;01;;\r
            ;;;;;;;;;\r\n
            """.utf8)
        let documents = try DossierFolder(sample).documents()
        #expect(documents.map(\.file.text) == ["a.txt", "Phụ lục/b.txt"])
        #expect(documents[0].fields[.subject] == "Về việc\r\n\"một\"; hai")
        #expect(documents[0].fields[.typeName] == "02")
    }

    @Test func `leaves out rows of separators, however many they have`() throws {
        var sample = SampleDossier()
        sample.rows += [[""], ["", " "], Array(repeating: "", count: 12), ["\u{A0}", "\t"]]
        #expect(try DossierFolder(sample).documents().count == 2)
    }

    @Test func `reads a list with tabs`() throws {
        var sample = SampleDossier()
        sample.rows[0][4] = "một, hai; ba"
        let rows = ([sample.columns] + sample.rows).map { $0.joined(separator: "\t") + "\r\n" }
        sample.list = Array(rows.joined().utf8)
        #expect(try DossierFolder(sample).documents()[0].fields[.subject] == "một, hai; ba")
    }

    @Test func `places stay right behind a quoted line break`() throws {
        var sample = SampleDossier()
        sample.set("subject", "\"một\nhai, \"\"ba\"\"\"")
        sample.set("mode", "77", row: 1)
        let findings = try DossierFolder(sample).examine().findings
        #expect(findings.map(\.place) == [Place(line: 4, column: 60)])
    }

    @Test func `counts no pages of a list that could not be read to its end`() throws {
        var sample = SampleDossier()
        sample["numberOfPage"] = "3"
        sample.set("subject", "\"mở", row: 1)
        let codes = try DossierFolder(sample).examine().findings.map(\.code)
        #expect(codes == [.quoteUnclosed])
    }

    @Test func `adds the pages of a document whose file is missing`() throws {
        var sample = SampleDossier()
        sample["numberOfPage"] = "3"
        sample.files.removeLast()
        let codes = try DossierFolder(sample).examine().findings.map(\.code)
        #expect(codes == [.fileMissing])
    }

    @Test func `a column that is missing is one finding for all rows`() throws {
        var sample = SampleDossier()
        sample.drop("organName")
        sample.drop("mode")
        let codes = try DossierFolder(sample).examine().findings.map(\.code)
        #expect(codes == [.columnMissing, .columnMissing])
    }
}
