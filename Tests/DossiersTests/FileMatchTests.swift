import Dossiers
import Files
import Foundation
import Records
import SystemPackage
import Testing

struct FileMatchTests {
    private static let composed = "Qu\u{1EBF}t \u{111}\u{1ECB}nh.txt"
    private static let decomposed = "Que\u{302}\u{301}t \u{111}i\u{323}nh.txt"

    @Test(arguments: [(composed, decomposed), (decomposed, composed), (composed, composed)])
    func `finds a file in another form and keeps the disk's bytes`(listed: String, onDisk: String)
        throws
    {
        var sample = SampleDossier()
        sample.files[0].name = onDisk
        sample.rows[0][0] = listed
        let document = try DossierFolder(sample).documents()[0]
        #expect(document.file.bytes == Array(onDisk.utf8))
    }

    @Test func `prefers the very bytes among twins, which collide`() throws {
        var sample = SampleDossier()
        sample.files = [(Self.composed, [0x61]), (Self.decomposed, [0x62])]
        sample.rows[0][0] = Self.decomposed
        sample.rows[1][0] = Self.composed
        let codes = try DossierFolder(sample).examine().findings.map(\.code)
        #expect(codes == [.nameCollision])
    }

    @Test(arguments: ["./Phụ lục/b.txt", "Phụ lục//b.txt", "Phụ lục/./b.txt", "Phụ lục\\b.txt"])
    func `reads a path in any spelling`(path: String) throws {
        var sample = SampleDossier()
        sample.rows[1][0] = path
        #expect(try DossierFolder(sample).documents()[1].file.text == "Phụ lục/b.txt")
    }

    @Test func `finds a name that holds a backslash`() throws {
        var sample = SampleDossier()
        sample.files[0].name = "a\\1.txt"
        sample.rows[0][0] = "a\\1.txt"
        #expect(try DossierFolder(sample).documents()[0].file.text == "a\\1.txt")
    }

    @Test(arguments: [".ẩn.txt", "..a.txt", "a..txt", "Phụ lục/.b", "a .txt", "'a'.txt"])
    func `finds names with dots and blanks where they may be`(name: String) throws {
        var sample = SampleDossier()
        sample.files[0].name = name
        sample.rows[0][0] = name
        #expect(try DossierFolder(sample).documents()[0].file.text == name)
    }

    @Test(arguments: [" a.txt", "a.txt ", "Phụ lục/ b.txt", " Phụ lục/b.txt", "\u{A0}a.txt"])
    func `takes a name with a blank at its end as it stands where such a file is`(name: String)
        throws
    {
        var sample = SampleDossier()
        sample.files[0].name = name
        sample.rows[0][0] = name
        #expect(try DossierFolder(sample).documents()[0].file.text == name)
    }

    @Test(arguments: [" Phụ lục/b.txt", "Phụ lục/b.txt  "])
    func `leaves blanks around a name out where no such file is`(path: String) throws {
        var sample = SampleDossier()
        sample.rows[1][0] = path
        #expect(try DossierFolder(sample).documents()[1].file.text == "Phụ lục/b.txt")
    }

    @Test func `holds a name of 255 bytes`() throws {
        var sample = SampleDossier()
        let name = String(repeating: "ế", count: 83) + "ab.txt"
        #expect(name.utf8.count == 255)
        sample.files[0].name = name
        sample.rows[0][0] = name
        #expect(try DossierFolder(sample).documents()[0].file.text == name)
    }

    @Test func `tells size, time and stamp of each file`() throws {
        let folder = try DossierFolder(SampleDossier())
        let document = try folder.documents()[0]
        let status = try #require(try DiskVolume().status(folder.path.appending("a.txt")))
        #expect(document.size == 6)
        #expect(document.modified.microseconds == status.modified)
        #expect(document.stamp.inode == status.inode)
        #expect(document.stamp.changed == status.changed)
    }

    @Test func `counts the documents and their bytes, the lists apart`() throws {
        let examination = try DossierFolder(SampleDossier()).examine()
        #expect(examination.documentCount == 2)
        #expect(examination.bytes == 10)
        #expect(examination.code == "H61.12.2024.01.CĐS")
        #expect(examination.closed?.received.map(\.path.text) == ["dossier.yaml", "documents.csv"])
    }

    @Test func `warns once of a format, however many files have it`() throws {
        var sample = SampleDossier()
        for index in sample.files.indices {
            sample.files[index].name = "\(index).odd"
            sample.files[index].bytes = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0]
            sample.rows[index][0] = "\(index).odd"
        }
        let findings = try DossierFolder(sample).examine().findings
        #expect(findings.map(\.code) == [.formatNotAccepted])
        #expect(findings.first?.facts["count"] == "2")
    }

    @Test func `takes a PDF whose pages are as stated`() throws {
        var sample = SampleDossier()
        sample.rows[1][0] = "b.pdf"
        sample.files[1] = ("b.pdf", SampleDossier.pdf(pages: 2))
        let examination = try DossierFolder(sample).examine()
        #expect(!examination.findings.containsErrors)
    }

    @Test func `does not walk deeper than the limit, however deep a folder is`() throws {
        var sample = SampleDossier()
        sample.add(Array(repeating: "d", count: 200).joined(separator: "/") + "/c.txt")
        let findings = try DossierFolder(sample).examine().findings
        #expect(findings.map(\.code) == [.limitDepth])
    }

    @Test func `stops at more files than a dossier may have`() throws {
        var sample = SampleDossier()
        sample.limits.documents = 4
        for number in 0..<20 { sample.add("thừa \(number).txt") }
        let codes = try DossierFolder(sample).examine().findings.map(\.code)
        #expect(codes.filter { $0 == .limitDocuments }.count == 1)
        #expect(!codes.contains(.fileExtra))
    }

    @Test func `sums sizes that no disk has without a crash`() throws {
        let folder = try DossierFolder(SampleDossier())
        let examination = try folder.examine(HugeVolume())
        #expect(examination.bytes == .max)
        #expect(examination.findings.filter { $0.code == .limitFileSize }.count >= 2)
    }
}
