import Foundation
import GRDB
import Records

extension ObjectIdentifier {
    /// The sixteen bytes of the UUID.
    var uuidBytes: Data { Data(uuid) }

    init(uuidBytes: Data) throws(CatalogFailure) {
        guard let object = ObjectIdentifier(uuid: [UInt8](uuidBytes)) else {
            throw CatalogFailure(.damaged)
        }
        self = object
    }
}

extension Digest {
    init(_ algorithm: Algorithm, stored: Data) throws(CatalogFailure) {
        guard let digest = Digest(algorithm, bytes: [UInt8](stored)) else {
            throw CatalogFailure(.damaged)
        }
        self = digest
    }
}

extension Dossier {
    /// Every code that finds the dossier: the archive's, the paper's, and that of the submission.
    package var codes: [String] {
        let parts = [arrangement[.organId], arrangement[.fileCatalog], arrangement[.fileNotation]]
            .compactMap { $0 }
        let submission = parts.count == 3 ? parts.joined(separator: ".") : ""
        return [code, fields[.paperFileCode, default: ""], submission].filter { !$0.isEmpty }
    }

    /// The day that places the dossier in time: when it ended.
    var date: CivilDate? {
        (fields[.endDate] ?? fields[.startDate]).flatMap { CivilDate($0) }
    }
}

/// How a version's row is written and read.
enum VersionColumns {
    private static let own = [
        "uuid", "version", "current", "codeKey", "documentCount", "pageCount", "payloadBytes",
        "tarName",
        "tarBytes", "tarSHA512", "inventorySHA512", "packagedAt", "agent", "objectPath",
    ]
    static let all =
        own + DossierField.allCases.map(\.rawValue) + ArrangementField.allCases.map(\.rawValue)
    static let selection = all.map { "v." + $0 }.joined(separator: ", ")
    static let insertion = "INSERT INTO version (\(all.joined(separator: ", ")))"

    /// Puts a version's row into a buffer for such rows.
    static func put(_ given: CatalogedVersion, isCurrent: Bool, into rows: RowBuffer) throws {
        try rows.add { row in
            row.put(given.object.uuid)
            row.put(Int64(given.version))
            row.put(isCurrent ? 1 : 0)
            row.put(SearchFolding.code(given.dossier.code))
            row.put(Int64(given.documentCount))
            row.put(given.pageCount.map { Int64($0) })
            row.put(given.payloadBytes)
            row.put(given.tarName)
            row.put(given.tarBytes)
            row.put(given.tarSHA512.bytes)
            row.put(given.inventorySHA512.bytes)
            row.put(given.packagedAt.microseconds)
            row.put(given.agent)
            row.put(given.objectPath)
            for field in DossierField.allCases { row.put(given.dossier.fields[field]) }
            for field in ArrangementField.allCases { row.put(given.dossier.arrangement[field]) }
        }
    }

    /// The columns of which a dossier's codes are made.
    static let codes = "v.arcFileCode, v.paperFileCode, v.organId, v.fileCatalog, v.fileNotation"

    /// A dossier's codes in a row that has those columns.
    static func codes(in row: Row, from first: Int) -> [String] {
        var fields: [DossierField: String] = [:]
        fields[.arcFileCode] = row[first]
        fields[.paperFileCode] = row[first + 1]
        var arrangement: [ArrangementField: String] = [:]
        arrangement[.organId] = row[first + 2]
        arrangement[.fileCatalog] = row[first + 3]
        arrangement[.fileNotation] = row[first + 4]
        return Dossier(fields: fields, arrangement: arrangement).codes
    }

    /// The version in a row that begins with the selection's columns.
    static func version(in row: Row) throws -> CatalogedVersion {
        // A damaged row must not make sizes that no file has.
        guard (row[1] as Int) > 0, (row[6] as Int64) >= 0, (row[8] as Int64) >= 0 else {
            throw CatalogFailure(.damaged)
        }
        let fields = own.count..<(own.count + DossierField.allCases.count)
        return CatalogedVersion(
            object: try ObjectIdentifier(uuidBytes: row[0]), version: row[1],
            dossier: Dossier(
                fields: values(in: row, from: fields.lowerBound),
                arrangement: values(in: row, from: fields.upperBound)),
            documentCount: row[4], pageCount: row[5], payloadBytes: row[6], tarName: row[7],
            tarBytes: row[8],
            tarSHA512: try Digest(.sha512, stored: row[9]),
            inventorySHA512: try Digest(.sha512, stored: row[10]),
            packagedAt: Instant(microseconds: row[11]), agent: row[12], objectPath: row[13])
    }

    /// The elements that a row has, whose columns follow each other in the elements' order.
    static func values<Field: CaseIterable & Hashable>(in row: Row, from first: Int) -> [Field:
        String]
    {
        var values: [Field: String] = [:]
        for (offset, field) in Field.allCases.enumerated() {
            if let value = row[first + offset] as String? { values[field] = value }
        }
        return values
    }
}

/// How a document's row is written and read.
enum DocumentColumns {
    private static let own = [
        "id", "entryPath", "originalName", "kind", "offset", "size", "sha256", "formatName",
        "formatVersion",
        "puid", "mimeType", "basis", "typeWord", "tar", "until",
    ]
    static let all = own + DocumentField.allCases.map(\.rawValue)
    static let selection = all.map { "d." + $0 }.joined(separator: ", ")

    /// The columns of rows with these elements, a bit for each in the columns' order.
    static func names(of elements: UInt64) -> [String] {
        own
            + DocumentField.allCases.filter { elements & 1 << UInt64($0.position) != 0 }
            .map(\.rawValue)
    }

    /// Puts a document's row into a buffer for rows with the elements that it has.
    static func put(
        _ document: CatalogedDocument, until: Int?, key: RecordKey, into rows: RowBuffer
    ) throws {
        let format = document.format
        try rows.add { row in
            row.put(key.rowID)
            row.put(document.entryPath.bytes)
            row.put(document.originalName)
            row.put(document.kind.rawValue)
            row.put(document.offset)
            row.put(document.size)
            row.put(document.sha256.bytes)
            row.put(format.name)
            row.put(format.version)
            row.put(format.puid)
            row.put(format.mimeType)
            row.put(format.basis.rawValue)
            row.put(document.typeWord)
            row.put(Int64(document.tarVersion))
            row.put(until.map { Int64($0) })
            for value in document.fields.values { row.put(value) }
        }
    }

    /// The elements in a row, whose columns follow those of the document's own.
    private static func fields(in row: Row) -> DocumentFields {
        var fields = DocumentFields()
        for (offset, field) in DocumentField.allCases.enumerated() {
            fields[field] = row[own.count + offset] as String?
        }
        return fields
    }

    /// The columns of which a document's codes are made.
    static let codes = "d.docCode, d.docId, d.codeNumber, d.codeNotation"

    /// A document's codes in a row that has those columns.
    static func codes(in row: Row, from first: Int) -> [String] {
        CatalogedDocument.codes(
            docCode: row[first], docId: row[first + 1],
            number: CatalogedDocument.number(row[first + 2], row[first + 3]))
    }

    /// The document in a row that begins with the selection's columns.
    static func document(in row: Row) throws -> CatalogedDocument {
        guard let kind = DocumentKind(rawValue: row[3]),
            let ordinal = RecordKey(rowID: row[0]).ordinal,
            let basis = FormatIdentification.Basis(rawValue: row[11]),
            (row[4] as Int64) >= 0, (row[5] as Int64) >= 0, (row[13] as Int) > 0,
            !(row[4] as Int64).addingReportingOverflow(row[5]).overflow
        else { throw CatalogFailure(.damaged) }
        return CatalogedDocument(
            ordinal: ordinal, kind: kind, fields: fields(in: row),
            typeWord: row[12], entryPath: RelativePath(bytes: row[1] as Data), originalName: row[2],
            tarVersion: row[13], offset: row[4], size: row[5],
            sha256: try Digest(.sha256, stored: row[6]),
            format: FormatIdentification(
                name: row[7], version: row[8], puid: row[9], mimeType: row[10], basis: basis))
    }
}
