import Foundation
import GRDB
import Records

/// Turns found records into hits that show why they were found.
struct SearchPresentation {
    private static let dossierFields: [DossierField] = [
        .arcFileCode, .title, .paperFileCode, .keyword, .description, .startDate, .endDate,
    ]
    private static let arrangementFields: [ArrangementField] = [
        .organId, .fileCatalog, .fileNotation, .series, .transferredBy, .fonds, .inventory,
        .accession, .location, .retentionRow, .retentionPeriod,
    ]
    /// The fields among those that words are looked for in.
    private static let searchedArrangementFields = arrangementFields[3...]
    private static let documentFields: [DocumentField] = [
        .docCode, .docId, .codeNumber, .codeNotation, .organName, .subject, .imageTitle,
        .movieTitle, .keyword,
        .description, .autograph, .eventName, .photographer, .photoPlace, .recorder, .recordPlace,
        .archivesNumber, .issuedDate, .photoTime, .recordDate,
    ]
    /// The fields among those that words are looked for in, beside number and kind.
    private static let searchedDocumentFields = documentFields[4..<17]
    private static let searchedDossierFields: [DossierField] = [
        .title, .arcFileCode, .paperFileCode, .keyword, .description,
    ]
    private static let columns =
        ["v.uuid", "v.version", "d.typeWord"] + dossierFields.map { "v." + $0.rawValue }
        + arrangementFields.map { $0 == .location ? Catalog.place : "v." + $0.rawValue }
        + documentFields.map { "d." + $0.rawValue }
    /// The columns that a hit is made of, of a version `v` and possibly a document `d`.
    static let selection = columns.joined(separator: ", ")
    private static let firstOfDocument = 3 + dossierFields.count + arrangementFields.count
    private static let mostWords = 5000

    private let pattern: SearchPattern
    /// What was typed, as codes compare.
    private let typedCode: Int64

    init(_ pattern: SearchPattern, words: String) {
        self.pattern = pattern
        typedCode = StableHash.alias(words.filter { $0 != "\"" })
    }

    /// The hit in a row that begins with the selection's columns.
    func hit(_ key: RecordKey, in row: Row) throws -> SearchHit {
        let object = try ObjectIdentifier(uuidBytes: row[0])
        var column = 3
        func fields<Field: Hashable>(_ names: [Field]) -> [Field: String] {
            var values = [Field: String](minimumCapacity: names.count)
            for name in names {
                if let value = row[column] as String? { values[name] = value }
                column += 1
            }
            return values
        }
        guard let ordinal = key.ordinal else {
            let dossier = Dossier(
                fields: fields(Self.dossierFields), arrangement: fields(Self.arrangementFields))
            return hit(dossier, object: object, version: row[1])
        }
        // Of its dossier a document shows the code and the title, which stand first.
        let dossier = Dossier(
            fields: fields(Array(Self.dossierFields.prefix(2))), arrangement: [:])
        column = Self.firstOfDocument
        var values = DocumentFields(minimumCapacity: Self.documentFields.count)
        for field in Self.documentFields {
            values[field] = row[column] as String?
            column += 1
        }
        let number = CatalogedDocument.number(values[.codeNumber], values[.codeNotation])
        var matched: [SearchHit.Match] = []
        add("number", number, to: &matched)
        add(DocumentField.typeName.rawValue, row[2], to: &matched)
        for field in Self.searchedDocumentFields {
            add(field.rawValue, values[field], to: &matched)
        }
        for field in [DocumentField.docCode, .docId] {
            addCode(field.rawValue, values[field], to: &matched)
        }
        return SearchHit(
            object: object, version: row[1], documentOrdinal: ordinal,
            title: CatalogedDocument.title(values), number: number,
            issued: CatalogedDocument.dateText(values).flatMap { CivilDate($0) }?.isoText,
            organ: values[.organName, default: ""], dossierCode: dossier.code,
            dossierTitle: dossier.title,
            matched: matched)
    }

    private func hit(_ dossier: Dossier, object: ObjectIdentifier, version: Int) -> SearchHit {
        var matched: [SearchHit.Match] = []
        for field in Self.searchedDossierFields {
            add(field.rawValue, dossier.fields[field], to: &matched)
        }
        for field in Self.searchedArrangementFields {
            add(field.rawValue, dossier.arrangement[field], to: &matched)
        }
        for code in dossier.codes { addCode("code", code, to: &matched) }
        return SearchHit(
            object: object, version: version, documentOrdinal: nil, title: dossier.title,
            number: "",
            issued: dossier.date?.isoText, organ: "", dossierCode: dossier.code,
            dossierTitle: dossier.title,
            matched: matched)
    }

    private func add(_ field: String, _ text: String?, to matched: inout [SearchHit.Match]) {
        guard let text, let snippet = snippet(of: text) else { return }
        matched.append(SearchHit.Match(field: field, snippet: snippet))
    }

    /// Codes are not among the words of the index, so only a whole one can be why a record was found.
    private func addCode(_ field: String, _ code: String?, to matched: inout [SearchHit.Match]) {
        guard let code, StableHash.alias(code) == typedCode,
            !matched.contains(where: { $0.snippet == code })
        else { return }
        matched.append(SearchHit.Match(field: field, snippet: code))
    }

    /// The text around the first of the words that stands in it; nil when none does.
    private func snippet(of text: String) -> String? {
        let found = pattern.occurrences(in: text, limit: Self.mostWords)
        guard found.isAny else { return nil }
        let places = (0..<pattern.termCount).compactMap { pattern.place(ofTerm: $0, in: found) }
        guard let place = places.min(by: { $0.lowerBound < $1.lowerBound }) else { return nil }
        let first = place.lowerBound <= 10 ? 0 : place.lowerBound - 8
        let last = min(place.upperBound + 14, found.ranges.count) - 1
        let isEnd = last == found.ranges.count - 1 && found.ranges.count < Self.mostWords
        let from = first == 0 ? 0 : found.ranges[first].lowerBound
        let to = isEnd ? text.utf8.count : found.ranges[last].upperBound
        guard from > 0 || to < text.utf8.count else { return text }
        let shown = String(decoding: text.utf8.dropFirst(from).prefix(to - from), as: UTF8.self)
        return (from > 0 ? "…" : "") + shown + (to < text.utf8.count ? "…" : "")
    }
}
