import Cataloging
import Foundation
import Records
import Testing

struct ResolutionTests {
    private let folder: CatalogFolder
    private let catalog: Catalog
    private let object: ObjectIdentifier

    init() throws {
        folder = try CatalogFolder()
        catalog = try Catalog.create(at: folder.file("catalog.sqlite"))
        object = SampleHolding.object(1)
        try catalog.add(
            SampleHolding.version(1, code: "ĐĐ.2020.7"),
            [SampleHolding.document(1, subject: "Cũ", docCode: "ĐĐ.2020.7.1")])
        try catalog.add(
            SampleHolding.version(1, version: 2, code: "ĐĐ.2021.7"),
            [SampleHolding.document(1, subject: "Mới", docCode: "ĐĐ.2021.7.1")])
        try catalog.add(
            SampleHolding.version(2, code: "XD.2021.1"),
            [SampleHolding.document(3, subject: "Ba", docCode: "XD.2021.1.3")])
    }

    @Test func `takes an identifier in any form`() throws {
        let whole = Resolution.dossier(object, version: 2)

        #expect(try catalog.resolve(object.text) == whole)
        #expect(try catalog.resolve(object.uuidText.lowercased()) == whole)
        #expect(try catalog.resolve(object.fileName) == whole)
        #expect(try catalog.resolve("00000001") == whole)
        #expect(try catalog.resolve(" URN:UUID:00000001-11 ") == whole)
        #expect(try catalog.resolve("0000000") == .none(nearest: []))
    }

    @Test func `takes every code that a dossier or document has or had`() throws {
        #expect(try catalog.resolve("ĐĐ.2021.7") == .dossier(object, version: 2))
        #expect(try catalog.resolve("dd.2020.7") == .dossier(object, version: 2))
        #expect(try catalog.resolve("000.12.2021.H1") == .dossier(object, version: 2))
        #expect(try catalog.resolve("ĐĐ.2020.7.1") == .document(object, version: 1, ordinal: 1))
        #expect(try catalog.resolve("dd.2021.7.1") == .document(object, version: 2, ordinal: 1))
        #expect(
            try catalog.resolve("XD.2021.1.3")
                == .document(SampleHolding.object(2), version: 1, ordinal: 3))
    }

    @Test(arguments: [nil, "", "XD.2022.4.1", "xd.2022.4.1", "PM-77/đ"] as [String?])
    func `takes the identifier of a document, whether it is the code or another`(docId: String?)
        throws
    {
        try catalog.add(
            SampleHolding.version(4, code: "XD.2022.4"),
            [
                SampleHolding.document(
                    1, subject: "Bốn", number: "9876", docCode: "XD.2022.4.1", docId: docId)
            ])

        let named = Resolution.document(SampleHolding.object(4), version: 1, ordinal: 1)
        #expect(try catalog.resolve("XD.2022.4.1") == named)
        #expect(try catalog.resolve("9876/QĐ-UBND") == named)
        if let docId, !docId.isEmpty { #expect(try catalog.resolve(docId) == named) }
    }

    @Test func `names every record that a number may mean, each in its newest version`() throws {
        #expect(
            try catalog.resolve("1123/qđ-ubnd")
                == .several([
                    RecordReference(object: object, version: 2, ordinal: 1),
                    RecordReference(object: SampleHolding.object(2), version: 1, ordinal: 3),
                ]))
    }

    @Test func `names the nearest codes when nothing has the one typed`() throws {
        #expect(try catalog.resolve("XD.2021.2") == .none(nearest: ["XD.2021.1", "ĐĐ.2021.7"]))
        #expect(try catalog.resolve("hoàn toàn khác") == .none(nearest: []))
    }

    @Test func `says several when the beginning of an identifier is not enough`() throws {
        let twin = try #require(ObjectIdentifier("00000001-9999-4222-8333-444444444444"))
        let version = SampleHolding.version(1, code: "K")
        try catalog.add(
            CatalogedVersion(
                object: twin, version: 1, dossier: version.dossier, documentCount: 0,
                pageCount: nil, payloadBytes: 0,
                tarName: "", tarBytes: 0, tarSHA512: version.tarSHA512,
                inventorySHA512: version.inventorySHA512,
                packagedAt: version.packagedAt, agent: "", objectPath: ""))

        guard case .several(let found) = try catalog.resolve("00000001") else {
            Issue.record("not several")
            return
        }
        #expect(found.map(\.object) == [object, twin])
        #expect(try catalog.resolve("000000019") == .dossier(twin, version: 1))
    }
}
