import Foundation
import GRDB
import Records
import Testing

@testable import Cataloging

/// What the text index was given from memory is what its view says of the rows.
struct SearchableTextsTests {
    private let folder: CatalogFolder
    private let catalog: Catalog

    init() throws {
        folder = try CatalogFolder()
        catalog = try Catalog.create(at: folder.file("catalog.sqlite"))
    }

    private static func document(
        _ ordinal: Int, _ fields: DocumentFields, word: String? = nil
    ) -> CatalogedDocument {
        CatalogedDocument(
            ordinal: ordinal, kind: .text, fields: fields, typeWord: word,
            entryPath: RelativePath("urn/\(ordinal)"), originalName: "\(ordinal)",
            offset: Int64(ordinal) * 512, size: 1, sha256: SampleHolding.digest(.sha256, ordinal),
            format: FormatIdentification(
                name: "", version: nil, puid: nil, mimeType: "", basis: .unknown))
    }

    /// Every element that search reads, alone and with others, present, empty and absent.
    private static let documents: [CatalogedDocument] = {
        let others: [DocumentField] = [
            .keyword, .description, .autograph, .eventName, .photographer, .photoPlace, .recorder,
            .recordPlace, .archivesNumber,
        ]
        var all = DocumentFields()
        for field in others { all[field] = "chữ \(field.rawValue)" }
        all[.subject] = "Về việc giao đất"
        all[.imageTitle] = "không được tìm"
        var documents = [
            document(1, [:]), document(2, all, word: "Quyết định"),
            document(3, [.imageTitle: "Ảnh lễ hội", .movieTitle: "phim", .codeNumber: ""]),
            document(4, [.movieTitle: "Phim tài liệu", .codeNumber: "0012"]),
            document(5, [.subject: "", .imageTitle: "thay thế", .codeNotation: "QĐ-UBND"]),
            document(
                6,
                [
                    .codeNumber: "007", .codeNotation: "TTr-STC", .typeName: "15",
                    .organName: "Sở Tài chính", .issuedDate: "01/02/2020",
                ]), document(7, [.codeNumber: "000", .codeNotation: "", .typeName: ""]),
        ]
        for (index, field) in others.enumerated() {
            documents.append(document(8 + index, [field: "riêng \(field.rawValue)"]))
        }
        return documents
    }()

    private func fill(mostWishes: Int, dossiers: Int = 3) throws {
        try catalog.queue.write { database in
            let writer = try CatalogWriter(database, mostWishes: mostWishes)
            for number in 1...dossiers {
                let row = try writer.add(
                    SampleHolding.version(number, fonds: number == 2 ? "" : "P0\(number)"))
                for document in Self.documents { try writer.add(document, to: row) }
            }
            try writer.finish()
        }
    }

    private func checkIndex() throws {
        try catalog.queue.write {
            try $0.execute(sql: "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        }
    }

    @Test(arguments: [4, 20, 1000])
    func `the index agrees with the rows however many were indexed together`(batch: Int) throws {
        try fill(mostWishes: batch)

        try checkIndex()
        #expect(try catalog.titles("giao dat").count == 3)
        #expect(try catalog.titles("rieng photoplace").count == 3)
        let sevens = try catalog.search(
            SearchQuery(words: "", number: "7", limit: 9, sort: .newest))
        #expect(sevens.map(\.number) == ["007/TTr-STC", "007/TTr-STC", "007/TTr-STC"])
    }

    @Test func `a row that says something else is not taken for what was indexed`() throws {
        try fill(mostWishes: 20)
        try catalog.queue.write {
            try $0.execute(sql: "UPDATE document SET subject = 'khác' WHERE subject <> ''")
        }

        #expect(throws: DatabaseError.self) { try checkIndex() }
    }

    @Test func `after a large load the index has its usual settings again`() throws {
        try fill(mostWishes: 4)

        let settings = try catalog.queue.read { database in
            try Row.fetchAll(database, sql: "SELECT k, v FROM search_config ORDER BY k").map {
                "\($0[0] as String) \($0[1] as Int)"
            }
        }
        #expect(settings.contains("hashsize 1048576"))
        #expect(settings.contains("crisismerge 16"))
        #expect(settings.contains("automerge 4"))
    }

    @Test func `a version that takes the place of one not yet indexed is alone in search`() throws {
        try catalog.queue.write { database in
            let writer = try CatalogWriter(database, mostWishes: 1000)
            for version in 1...2 {
                let row = try writer.add(SampleHolding.version(1, version: version))
                try writer.add(
                    SampleHolding.document(1, subject: "Lần sửa số \(version)"), to: row)
            }
            try writer.finish()
        }

        try checkIndex()
        #expect(try catalog.titles("lan sua") == ["Lần sửa số 2"])
    }
}
