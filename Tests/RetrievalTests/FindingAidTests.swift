import Files
import Foundation
import Records
import Rehearsal
import SystemPackage
import Testing
import XML

@testable import Retrieval

@Suite struct FindingAidTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private static let nasty = "<b>&\"'</b> ]]> \u{0}\u{7}\u{FFFF} Đường"

    private static func aid(_ text: String = nasty) throws -> FindingAid {
        let id = try #require(ObjectIdentifier("00000000-0000-4000-8000-000000000001"))
        let entry = RegisterEntry(
            .fonds, id: id, from: nil,
            values: [
                .code: text, .name: text, .state: RegisterEntry.open, .history: text + "\n" + text,
                .mainGroups: text, .note: text, .period: text,
            ])
        return FindingAid(
            agencyName: text, agencyCode: text, identifier: id.text, entry: entry,
            languages: [text], description: [(text, text)], extent: extent,
            made: TestWorld.start, software: "luutru")
    }

    private static let extent = FindingAid.Extent(dossiers: 2, documents: 5, size: "1 kB")

    private static func dossier(_ text: String = nasty) throws -> FindingAidDossier {
        FindingAidDossier(
            object: try #require(ObjectIdentifier("00000000-0000-4000-8000-000000000002")),
            dossier: Dossier(
                fields: [
                    .arcFileCode: text, .title: text, .startDate: "01/02/2020",
                    .endDate: "2021", .description: text,
                ], arrangement: [:]),
            documents: 3, location: text, period: text, access: text, language: text)
    }

    private func write(_ form: FindingAidForm, _ text: String = nasty, dossiers: Int = 2) throws
        -> String
    {
        let path = folder.path("aid-\(form.rawValue)-\(dossiers)")
        let section = FindingAid.Section(code: text, name: text, extent: Self.extent)
        let size = try FindingAidFile.write(
            Self.aid(text), as: form, to: path, volume: DiskVolume()
        ) { file in
            guard dossiers > 0 else { return }
            try file.add(Self.dossier(text))
            try file.open(section, isSeries: false)
            try file.add(Self.dossier(text))
            try file.open(section, isSeries: true)
            for _ in 0..<dossiers { try file.add(Self.dossier(text)) }
            try file.close(isSeries: true)
            try file.close(isSeries: false)
        }
        let bytes = try Data(contentsOf: URL(filePath: path.string))
        #expect(Int64(bytes.count) == size)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [0, 1, 3000])
    func `EAD3 is valid by its own schema, whatever the texts are`(dossiers: Int) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "shared/fixtures/schemas/ead3.xsd")
        guard let schema = try? String(contentsOf: file, encoding: .utf8) else {
            return print("not run: fixtures absent")
        }
        let text = try write(.ead3, dossiers: dossiers)
        var rest = Array(text.utf8)[...]
        let violations = try SchemaValidator(schema).validate { buffer in
            let piece = rest.prefix(buffer.count)
            buffer.copyBytes(from: piece)
            rest = rest.dropFirst(piece.count)
            return piece.count
        }
        #expect(violations.isEmpty, "\(violations.prefix(3))")
        #expect(!text.contains("<b>"))
    }

    @Test func `the page escapes every text and asks nothing of a network`() throws {
        let page = try write(.html)
        #expect(!page.contains("<b>"))
        #expect(page.contains("&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;"))
        #expect(!page.contains("\u{0}") && !page.contains("\u{7}"))
        for word in ["http:", "https:", "<script", "<img", "<link", "url(", "@import"] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(page.contains("size: A4") && page.contains("table-header-group"))
        #expect(page.contains("counter(pages)"))
        #expect(page.components(separatedBy: "<table").count == 5)
        #expect(page.components(separatedBy: "</table>").count == 5)
    }

    @Test func `an empty fonds has a page too`() throws {
        #expect(try write(.html, dossiers: 0).contains("Phông chưa có hồ sơ"))
        #expect(try write(.csv, dossiers: 0).split(separator: "\r\n").count == 1)
    }

    @Test(arguments: [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\u{FEFF}=1", "\u{A0}@x",
    ])
    func `no cell is a formula`(text: String) throws {
        #expect(FindingAidCSV.cell(text).first { $0 != "\"" } == "'")
    }

    @Test func `a table opens in spreadsheets as it is`() throws {
        let table = try write(.csv, "a,\"b\";\nĐ")
        #expect(table.hasPrefix("\u{FEFF}STT,Mã phông,"))
        let rows = table.components(separatedBy: "\r\n").dropLast()
        #expect(rows.count == 5)
        #expect(rows.dropFirst().allSatisfy { $0.contains("\"a,\"\"b\"\"; Đ\"") })
        #expect(FindingAidCSV.cell("bình thường") == "bình thường")
    }

    @Test func `a file that is there stays, and a failure leaves none`() throws {
        let path = folder.path("there")
        try folder.write("mine", to: "there")
        #expect(throws: DeliveryFailure.targetExists(path)) {
            try FindingAidFile.write(Self.aid(), as: .csv, to: path, volume: DiskVolume()) { _ in }
        }
        #expect(try String(contentsOfFile: path.string, encoding: .utf8) == "mine")
        struct Stop: Error {}
        let other = folder.path("other")
        #expect(throws: Stop.self) {
            try FindingAidFile.write(Self.aid(), as: .html, to: other, volume: DiskVolume()) { _ in
                throw Stop()
            }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names == ["there"])
    }
}
