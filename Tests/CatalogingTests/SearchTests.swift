import Cataloging
import Foundation
import Records
import Testing

struct SearchTests {
    private let folder: CatalogFolder
    private let catalog: Catalog

    init() throws {
        folder = try CatalogFolder()
        catalog = try Catalog.create(at: folder.file("catalog.sqlite"))
        try catalog.add(
            SampleHolding.version(1),
            [
                SampleHolding.document(1, subject: "Quyết định phê duyệt đề án đất đai"),
                SampleHolding.document(
                    2, subject: "Quyết định giao đất".decomposedStringWithCanonicalMapping,
                    number: "05",
                    notation: "QĐ-STNMT", date: "03/2022", organ: "Sở Tài nguyên và Môi trường"),
                SampleHolding.document(
                    3, subject: "Báo cáo quyết toán", number: "77", notation: "BC-STC",
                    date: "2019",
                    type: "14", word: "Báo cáo", organ: "Sở Tài chính"),
                SampleHolding.document(
                    4, subject: "Tờ trình về đường Điện Biên", number: "11", notation: "TTr-UBND",
                    date: "01/01/2020",
                    type: "15", word: "Tờ trình"),
            ])
    }

    @Test(arguments: [
        "quyet dinh", "QUYẾT ĐỊNH", "quyết định", "Quyết định".decomposedStringWithCanonicalMapping,
    ])
    func `finds both forms of Unicode however the words are typed`(words: String) throws {
        let titles = try catalog.titles(words + " dat")

        #expect(
            titles.map { SearchFolding.fold($0) } == [
                "quyet dinh giao dat", "quyet dinh phe duyet de an dat dai",
            ])
    }

    @Test func `takes d for đ and đ for d`() throws {
        #expect(try catalog.titles("duong dien bien") == ["Tờ trình về đường Điện Biên"])
        #expect(try catalog.titles("Đường Điện") == ["Tờ trình về đường Điện Biên"])
        #expect(SearchFolding.fold("Đường  ĐIỆN-Ðông\n") == "duong dien-dong")
    }

    @Test func `finds a number and sign as typed, and nothing that only shares its parts`() throws {
        let hits = try catalog.search(SearchQuery(words: "1123/QĐ-UBND", limit: 9, sort: .newest))

        #expect(hits.map(\.number) == ["1123/QĐ-UBND"])
        #expect(
            hits.first?.matched.contains { $0.field == "number" && $0.snippet == "1123/QĐ-UBND" }
                == true)
        #expect(try catalog.titles("UBND/1123").isEmpty)
    }

    @Test func `puts the record whose code was typed before newer ones that only mention it`()
        throws
    {
        try catalog.add(
            SampleHolding.version(2),
            [
                SampleHolding.document(
                    1, subject: "Thay 1123/QĐ-UBND", number: "9", date: "01/01/2025")
            ])

        for sort in SearchQuery.Sort.allCases {
            let hits = try catalog.search(SearchQuery(words: "1123/qd-ubnd", limit: 9, sort: sort))
            #expect(hits.map(\.number) == ["1123/QĐ-UBND", "9/QĐ-UBND"])
        }
    }

    @Test func `keeps the words of a phrase together`() throws {
        #expect(try catalog.titles("\"dinh quyet\"").isEmpty)
        #expect(try catalog.titles("“đề án” \"phê duyệt\"").count == 1)
        #expect(try catalog.titles("án đề").count == 1)
    }

    @Test func `takes a star for any ending`() throws {
        #expect(
            try catalog.titles("toan*").map { SearchFolding.fold($0) } == ["bao cao quyet toan"])
        #expect(try catalog.titles("quye* dat*").count == 2)
        #expect(try catalog.titles("quyết-t*").count == 1)
        #expect(try catalog.titles("zzz*").isEmpty)
    }

    @Test func `finds numbers by their beginning, however many begin so`() throws {
        try catalog.add(
            SampleHolding.version(77),
            (1...1500).map {
                SampleHolding.document($0, subject: "Công văn số \(970_000 + $0)", number: "1")
            })

        #expect(try catalog.titles("97149*").count == 10)
        #expect(try catalog.titles("970*", limit: 2000).count == 999)
        #expect(try catalog.titles("97*", limit: 2000).count == 1500)
        #expect(try catalog.titles("văn 97*", limit: 2000).count == 1500)
    }

    @Test func `gives the newest first and counts a month or year from its first day`() throws {
        let hits = try catalog.search(SearchQuery(words: "", number: nil, limit: 50, sort: .newest))

        #expect(
            hits.map(\.issued) == ["2022-03", "2021-12-30", "2021-05-12", "2020-01-01", "2019"])
        #expect(hits[1].documentOrdinal == nil)
    }

    @Test func `holds to dates, agency, kind, number and fonds`() throws {
        func found(_ change: (inout SearchQuery) -> Void) throws -> [Int?] {
            var query = SearchQuery(words: "", limit: 50, sort: .newest)
            change(&query)
            return try catalog.search(query).map(\.documentOrdinal)
        }

        #expect(
            try found {
                ($0.from, $0.to) = (CivilDate(year: 2020), CivilDate(year: 2021, month: 5))
            } == [1, 4])
        #expect(try found { $0.from = CivilDate(year: 2022) } == [2])
        #expect(try found { $0.to = CivilDate(year: 2019) } == [3])
        #expect(try found { $0.organ = "tai nguyen" } == [2])
        #expect(try found { $0.organ = "nguyên tài" } == [])
        #expect(try found { $0.organ = "---" } == [])
        #expect(try found { $0.typeName = "14" } == [3])
        #expect(try found { $0.number = "5" } == [2])
        #expect(try found { $0.number = "5/qđ-stnmt" } == [2])
        #expect(try found { $0.number = "1123/QĐ" } == [])
        #expect(try found { ($0.fonds, $0.typeName) = ("P01", "15") } == [4])
        #expect(try found { $0.fonds = "P0" } == [])
        #expect(try found { ($0.words, $0.number) = ("bao cao", "77") } == [3])
        #expect(
            try found { ($0.from, $0.to) = (CivilDate(year: 2022), CivilDate(year: 2021)) } == [])
    }

    @Test func `ranks a title that has the words together before one that has them apart`() throws {
        try catalog.add(
            SampleHolding.version(3),
            [
                SampleHolding.document(
                    1, subject: "Cấp đất và giấy tờ khác về việc nước sạch", date: "01/01/2025"),
                SampleHolding.document(2, subject: "Cấp nước sạch", date: "01/01/2001"),
            ])

        #expect(
            try catalog.titles("cấp nước sạch", sort: .newest).first?.hasPrefix("Cấp đất") == true)
        #expect(try catalog.titles("cấp nước sạch", sort: .relevance).first == "Cấp nước sạch")
        #expect(
            try catalog.titles("cấp nước sạch", sort: .relevance, limit: 1) == ["Cấp nước sạch"])
    }

    @Test func `says in which fields the words stand and cuts long texts around them`() throws {
        let long =
            String(repeating: "chữ ", count: 40) + "mốc giới "
            + String(repeating: "sau ", count: 40)
        try catalog.add(
            SampleHolding.version(4),
            [SampleHolding.document(1, subject: long, organ: "Chi cục Mốc giới")])

        let hit = try #require(
            try catalog.search(SearchQuery(words: "moc", limit: 9, sort: .newest)).first)

        #expect(hit.matched.map(\.field) == ["organName", "subject"])
        #expect(
            hit.matched[1].snippet.hasPrefix("…chữ") && hit.matched[1].snippet.contains("mốc giới"))
        #expect(hit.matched[1].snippet.hasSuffix("…") && hit.matched[1].snippet.utf8.count < 200)
        #expect(hit.matched[0].snippet == "Chi cục Mốc giới")
    }

    @Test func `finds a dossier by its title and its code`() throws {
        let byTitle = try catalog.search(
            SearchQuery(words: "tru so xay dung", limit: 9, sort: .relevance))
        let byCode = try catalog.search(
            SearchQuery(words: "000.00.12.h28.2021.1", limit: 9, sort: .newest))

        #expect(
            byTitle.map(\.documentOrdinal) == [nil]
                && byTitle.first?.matched.map(\.field) == ["title"])
        #expect(byCode.map(\.documentOrdinal) == [nil])
        #expect(byCode.first?.matched.map(\.snippet) == ["000.00.12.H28.2021.1"])
    }

    @Test func `hides an older version once a newer one is there, in whatever order they come`()
        throws
    {
        let first = SampleHolding.document(1, subject: "Bản cũ chuyển đổi số")
        let second = SampleHolding.document(1, subject: "Bản mới chuyển đổi số")
        try catalog.add(SampleHolding.version(5, version: 1), [first])
        try catalog.add(SampleHolding.version(5, version: 2), [second])
        try catalog.add(SampleHolding.version(6, version: 2), [second])
        try catalog.add(SampleHolding.version(6, version: 1), [first])
        try catalog.write { writer in
            let old = try writer.add(SampleHolding.version(7, version: 1))
            try writer.add(first, to: old)
            let new = try writer.add(SampleHolding.version(7, version: 2))
            try writer.add(second, to: new)
        }

        #expect(
            try catalog.titles("chuyển đổi số")
                == [String](repeating: "Bản mới chuyển đổi số", count: 3))
        #expect(try catalog.titles("bản cũ").isEmpty)
        #expect(try catalog.versions(of: SampleHolding.object(5)).map(\.version) == [1, 2])
    }
}
