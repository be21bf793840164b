import Cataloging
import Foundation
import Records

/// A folder for catalogs that goes away with the test.
final class CatalogFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "catalog-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }
}

/// Made-up holdings, always the same.
enum SampleHolding {
    static func object(_ number: Int) -> ObjectIdentifier {
        let digits = String(number, radix: 16)
        let head = String(repeating: "0", count: 8 - digits.count) + digits
        return required(ObjectIdentifier("\(head)-1111-4222-8333-444444444444"))
    }

    static func digest(_ algorithm: Digest.Algorithm, _ number: Int) -> Digest {
        let byte = UInt8(truncatingIfNeeded: number)
        return required(
            Digest(algorithm, bytes: [UInt8](repeating: byte, count: algorithm.byteCount)))
    }

    static func version(
        _ number: Int, version: Int = 1, code: String? = nil,
        title: String = "Hồ sơ xây dựng trụ sở",
        fonds: String = "P01", documents: Int = 1, fields: [DossierField: String] = [:]
    ) -> CatalogedVersion {
        let own: [DossierField: String] = [
            .arcFileCode: code ?? "000.00.12.H28.2021.\(number)", .title: title,
            .startDate: "01/02/2021",
            .endDate: "30/12/2021",
        ]
        return CatalogedVersion(
            object: object(number), version: version,
            dossier: Dossier(
                fields: own.merging(fields) { $1 },
                arrangement: [
                    .fonds: fonds, .organId: "000.12", .fileCatalog: "2021",
                    .fileNotation: "H\(number)",
                ]),
            documentCount: documents, pageCount: nil, payloadBytes: 1000,
            tarName: "a.v\(version).tar",
            tarBytes: 4096, tarSHA512: digest(.sha512, number),
            inventorySHA512: digest(.sha512, number + 1),
            packagedAt: Instant(seconds: 1_700_000_000 + Int64(number)), agent: "archivist",
            objectPath: "ocfl/\(number)")
    }

    static func document(
        _ ordinal: Int, subject: String, number: String = "1123", notation: String = "QĐ-UBND",
        date: String = "12/05/2021", type: String = "02", word: String? = "Quyết định",
        organ: String = "Ủy ban nhân dân tỉnh Đắk Lắk", docCode: String? = nil,
        docId: String? = nil, name: String? = nil
    ) -> CatalogedDocument {
        var fields: DocumentFields = [
            .docCode: docCode ?? "000.00.12.H28.\(subject.utf8.count).\(ordinal)",
            .docOrdinal: String(ordinal),
            .typeName: type, .codeNumber: number, .codeNotation: notation, .issuedDate: date,
            .organName: organ, .subject: subject,
        ]
        fields[.docId] = docId
        return CatalogedDocument(
            ordinal: ordinal, kind: .text, fields: fields,
            typeWord: word, entryPath: RelativePath("urn/representations/rep1/data/\(ordinal).pdf"),
            originalName: name ?? "Văn bản \(ordinal).pdf", offset: Int64(ordinal) * 512, size: 100,
            sha256: digest(.sha256, ordinal),
            format: FormatIdentification(
                name: "Portable Document Format", version: "1.7", puid: "fmt/276",
                mimeType: "application/pdf",
                basis: .signature))
    }

    private static func required<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("the sample's own values are well formed") }
        return value
    }
}

extension Catalog {
    /// Adds a version with its documents and an entry for each.
    func add(_ version: CatalogedVersion, _ documents: [CatalogedDocument] = []) throws {
        try write { writer in
            let row = try writer.add(version)
            for document in documents { try writer.add(document, to: row) }
            try writer.addEntries(to: row) { add in
                for document in documents {
                    try add(
                        CatalogedEntry(
                            path: document.entryPath, offset: document.offset, size: document.size))
                }
            }
        }
    }

    func titles(
        _ words: String, sort: SearchQuery.Sort = .newest, limit: Int = 50
    ) throws -> [String] {
        try search(SearchQuery(words: words, limit: limit, sort: sort)).map(\.title)
    }
}
