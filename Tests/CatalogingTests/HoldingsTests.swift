import Cataloging
import Foundation
import Records
import Testing

struct HoldingsTests {
    private let folder: CatalogFolder
    private let catalog: Catalog

    init() throws {
        folder = try CatalogFolder()
        catalog = try Catalog.create(at: folder.file("catalog.sqlite"))
    }

    @Test func `gives back every value of a version, its documents and entries`() throws {
        let version = SampleHolding.version(1, documents: 2)
        let documents = [
            SampleHolding.document(1, subject: "Một"),
            CatalogedDocument(
                ordinal: 2, kind: .picture, fields: [.imageTitle: "Ảnh", .photoTime: "2001"],
                typeWord: nil,
                entryPath: RelativePath(bytes: [0x61, 0xFF, 0x62]), originalName: "ảnh",
                offset: .max, size: 0,
                sha256: SampleHolding.digest(.sha256, 9),
                format: FormatIdentification(
                    name: "unknown", version: nil, puid: nil, mimeType: "application/octet-stream",
                    basis: .unknown)),
        ]
        try catalog.add(version, documents)

        var read: [CatalogedDocument] = []
        try catalog.documents(of: version.object, version: 1) { document in
            let entry = try catalog.entry(of: version.object, version: 1, path: document.entryPath)
            #expect(entry?.size == document.size && entry?.offset == document.offset)
            read.append(document)
        }

        #expect(try catalog.object(version.object) == version)
        #expect(try catalog.object(version.object, version: 2) == nil)
        #expect(read == documents)
        #expect(try catalog.entry(of: version.object, version: 1, path: RelativePath("a")) == nil)
    }

    @Test func `finds a document by ordinal, code, number, entry name and original name`() throws {
        let object = SampleHolding.object(1)
        let one = SampleHolding.document(1, subject: "Một", docCode: "M.1", name: "Tờ khai.pdf")
        let two = SampleHolding.document(
            2, subject: "Hai", number: "9", docCode: "M.2", name: "TO KHAI.pdf")
        let three = SampleHolding.document(
            3, subject: "Ba", number: "9", docCode: "M.3", name: "TO KHAI.pdf")
        try catalog.add(SampleHolding.version(1), [one, two, three])
        func match(_ text: String) throws -> DocumentMatch {
            try catalog.document(of: object, version: 1, matching: text)
        }

        #expect(try match("2") == .one(two))
        #expect(try match("m.3") == .one(three))
        #expect(try match("1123/qd-ubnd") == .one(one))
        #expect(try match("9/QĐ-UBND") == .several([two, three]))
        #expect(try match("urn/representations/rep1/data/2.pdf") == .one(two))
        #expect(try match("Tờ khai.pdf") == .one(one))
        #expect(try match("TO KHAI.pdf") == .several([two, three]))
        #expect(try match("tờ KHAI.pdf") == .several([one, two, three]))
        for text in ["4", "0", "99999999999999999999"] { #expect(try match(text) == .none) }
    }

    @Test func `lists dossiers by code page by page`() throws {
        for number in 1...5 {
            try catalog.add(
                SampleHolding.version(
                    number, code: "C\(6 - number)", fonds: number == 3 ? "P02" : "P01"))
        }
        try catalog.add(SampleHolding.version(5, version: 2, code: "C1"))

        let first = try catalog.list(fonds: nil, after: nil, limit: 2)
        let rest = try catalog.list(fonds: nil, after: first.last, limit: 10)
        let fonds = try catalog.list(fonds: "P01", after: first.last, limit: 10)

        #expect((first + rest).map(\.dossier.code) == ["C1", "C2", "C3", "C4", "C5"])
        #expect(first.first?.version == 2)
        #expect(fonds.map(\.dossier.code) == ["C4", "C5"])
    }

    @Test func `counts current versions, in all and by fonds`() throws {
        try catalog.add(SampleHolding.version(1, documents: 3))
        try catalog.add(SampleHolding.version(1, version: 2, documents: 4))
        try catalog.add(SampleHolding.version(2, fonds: "P02", documents: 5))

        let counts = try catalog.counts()

        #expect(counts.dossiers == 2 && counts.versions == 3 && counts.documents == 9)
        #expect(
            counts.fonds.map(\.code) == ["P01", "P02"] && counts.fonds.map(\.documents) == [4, 5])
        #expect(counts.payloadBytes == 2000 && counts.tarBytes == 3 * 4096)
    }

    @Test func `knows a code that a dossier has or had`() throws {
        try catalog.add(SampleHolding.version(1, code: "CŨ/1"))
        try catalog.add(SampleHolding.version(1, version: 2, code: "MỚI/1"))

        #expect(
            try catalog.existing(code: "CŨ/1".decomposedStringWithCanonicalMapping)
                == SampleHolding.object(1))
        #expect(try catalog.existing(code: "MỚI/1") == SampleHolding.object(1))
        #expect(try catalog.existing(code: "CU/1") == nil)
    }

    @Test func `refuses the same version twice, and keeps nothing of a refused transaction`() throws
    {
        try catalog.add(
            SampleHolding.version(1), [SampleHolding.document(1, subject: "Văn bản đúng")])

        #expect(throws: CatalogFailure.self) {
            try catalog.add(SampleHolding.version(1), [SampleHolding.document(1, subject: "Sai")])
        }
        #expect(throws: CatalogFailure.self) {
            try catalog.add(
                SampleHolding.version(2),
                [
                    SampleHolding.document(1, subject: "Sai"),
                    SampleHolding.document(1, subject: "Sai"),
                ])
        }
        #expect(throws: CatalogFailure(.value)) {
            try catalog.add(
                SampleHolding.version(3), [SampleHolding.document(1 << 30, subject: "Sai")])
        }

        #expect(try catalog.titles("sai").isEmpty)
        #expect(try catalog.titles("bản đúng") == ["Văn bản đúng"])
        #expect(try catalog.counts().versions == 1)
    }
}
