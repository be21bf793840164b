import GRDB
import Records

/// Turns found records into hits that show why they were found.
struct SearchPresentation {
    let database: Database
    let terms: [SearchTerm]
    let words: String

    /// A hit; nil when its rows went away since it was found.
    func hit(_ key: RecordKey) throws -> SearchHit? {
        let dossier = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT \(VersionColumns.selection) FROM version v WHERE v.id = ?"),
            arguments: [key.versionRow]
        ).map { try VersionColumns.version(in: $0) }
        guard let dossier else { return nil }
        guard key.ordinal != nil else { return hit(dossier) }
        let document = try Catalog.documents("d.id = ?", [key.rowID], database).first
        return document.map { hit($0, in: dossier) }
    }

    private func hit(_ version: CatalogedVersion) -> SearchHit {
        let fields = version.dossier.fields
        let elements: [DossierField] = [.title, .arcFileCode, .paperFileCode, .keyword, .description]
        let places: [ArrangementField] = [.series, .transferredBy]
        let texts = elements.map { ($0.rawValue, fields[$0]) }
            + places.map { ($0.rawValue, version.dossier.arrangement[$0]) }
        return SearchHit(
            object: version.object, version: version.version, documentOrdinal: nil,
            title: version.dossier.title, number: "", issued: version.dossier.date?.isoText, organ: "",
            dossierCode: version.dossier.code, dossierTitle: version.dossier.title,
            matched: matches(texts, codes: [("code", version.dossier.codes)]))
    }

    private func hit(_ document: CatalogedDocument, in version: CatalogedVersion) -> SearchHit {
        let elements: [DocumentField] = [
            .subject, .imageTitle, .movieTitle, .organName, .keyword, .description, .autograph, .eventName,
            .photographer, .photoPlace, .recorder, .recordPlace, .archivesNumber,
        ]
        let texts = [("number", document.number), ("typeName", document.typeWord)]
            + elements.map { ($0.rawValue, document.fields[$0]) }
        return SearchHit(
            object: version.object, version: version.version, documentOrdinal: document.ordinal,
            title: document.title, number: document.number, issued: document.date?.isoText,
            organ: document.fields[.organName, default: ""], dossierCode: version.dossier.code,
            dossierTitle: version.dossier.title,
            matched: matches(
                texts,
                codes: [DocumentField.docCode, .docId].map { ($0.rawValue, [document.fields[$0]].compactMap(\.self)) }))
    }

    private func matches(
        _ texts: [(field: String, text: String?)], codes: [(field: String, values: [String])]
    ) -> [SearchHit.Match] {
        var found = texts.compactMap { field, text in
            text.flatMap { snippet(of: $0) }.map { SearchHit.Match(field: field, snippet: $0) }
        }
        let typed = SearchFolding.code(words.filter { $0 != "\"" })
        for (field, values) in codes {
            guard let value = values.first(where: { SearchFolding.code($0) == typed }),
                !found.contains(where: { $0.snippet == value })
            else { continue }
            found.append(SearchHit.Match(field: field, snippet: value))
        }
        return found
    }

    /// The text around the first of the words that stands in it; nil when none does.
    private func snippet(of text: String) -> String? {
        let tokens = SearchTokens.tokens(of: text, limit: 5000)
        let words = tokens.map(\.text)
        guard let place = terms.compactMap({ $0.place(in: words) }).min(by: { $0.lowerBound < $1.lowerBound })
        else { return nil }
        let first = place.lowerBound <= 10 ? 0 : place.lowerBound - 8
        let last = min(place.upperBound + 14, tokens.count) - 1
        let from = first == 0 ? 0 : tokens[first].range.lowerBound
        let to = last == tokens.count - 1 && tokens.count < 5000 ? text.utf8.count : tokens[last].range.upperBound
        let shown = String(decoding: text.utf8.dropFirst(from).prefix(to - from), as: UTF8.self)
        return (from > 0 ? "…" : "") + shown + (to < text.utf8.count ? "…" : "")
    }
}
