import Cataloging
import Foundation
import Records
import Testing

struct HostileSearchTests {
    static let questions = [
        "", " ", "\"", "\"\"\"", "\"dat", "dat\"", "*", "**", "dat**", "* dat", "-dat", "^dat",
        "dat^2", "title:dat",
        "title : dat", "{title organ}: dat", "dat AND", "OR", "NOT dat", "AND OR NOT",
        "NEAR(dat dai)",
        "NEAR(dat dai, 5)", "dat NEAR/2 dai", "(dat", "dat)", "+dat", "dat + dai", "dat,dai",
        "'dat'", "dat; DROP TABLE",
        "dat\u{0}dai", "\u{0}", "\u{FFFF}", "\u{E000}f1", "\u{E000}", "\u{10FFFF}",
        "a\u{301}\u{301}\u{301}", "\\", "%",
        "_", "🏛", "한국어 *", "ไทย", String(repeating: "dat ", count: 2500),
        String(repeating: "x", count: 10_240),
        String(repeating: "\"", count: 10_240), String(repeating: "a*", count: 5000),
        String(repeating: "1/", count: 5000),
        (0..<1000).map { "w\($0)*" }.joined(separator: " "),
        String(repeating: "\u{301}", count: 10_000),
    ]

    @Test(arguments: questions)
    func `no text is a wrong question`(words: String) throws {
        let folder = try CatalogFolder()
        let catalog = try Catalog.create(at: folder.file("catalog.sqlite"))
        try catalog.add(SampleHolding.version(1), [SampleHolding.document(1, subject: "Đất đai")])

        for sort in SearchQuery.Sort.allCases {
            _ = try catalog.search(
                SearchQuery(
                    words: words, organ: words.isEmpty ? nil : words, typeName: words,
                    number: words, fonds: words,
                    limit: .max, sort: sort))
            _ = try catalog.search(SearchQuery(words: words, limit: -1, sort: sort))
            _ = try catalog.search(SearchQuery(words: words, limit: 10, sort: sort))
        }
        _ = try catalog.resolve(words)
        _ = try catalog.document(of: SampleHolding.object(1), version: 1, matching: words)
        _ = try catalog.existing(code: words)
    }

    @Test func `words of the index's own language are only words`() throws {
        let folder = try CatalogFolder()
        let catalog = try Catalog.create(at: folder.file("catalog.sqlite"))
        try catalog.add(
            SampleHolding.version(1), [SampleHolding.document(1, subject: "Đất đai và nhà ở")])

        #expect(try catalog.titles("dat NOT nha").isEmpty)
        #expect(try catalog.titles("-dat").count == 1)
        #expect(try catalog.titles("subject:dat").isEmpty)
        #expect(try catalog.titles("!!!").isEmpty)
    }

    @Test func `keeps records whose texts are strange`() throws {
        let folder = try CatalogFolder()
        let catalog = try Catalog.create(at: folder.file("catalog.sqlite"))
        let strange = "a\u{1}b \u{E000}fP99 \u{FFFE} " + String(repeating: "z", count: 100_000)
        try catalog.add(
            SampleHolding.version(1, code: strange),
            [
                SampleHolding.document(
                    1, subject: strange, number: strange, date: "không rõ", name: strange)
            ])

        let found = try catalog.search(SearchQuery(words: "b fp99", limit: 9, sort: .newest))
        #expect(found.map(\.documentOrdinal) == [nil, 1] && found.last?.title == strange)
        #expect(
            try catalog.search(SearchQuery(words: "", fonds: "P99", limit: 9, sort: .newest))
                .isEmpty)
        #expect(try CatalogComparison.differences(between: catalog, and: catalog, limit: 9).isEmpty)
    }
}
