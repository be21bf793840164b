package import Records

/// What somebody looks for; every word and every filter must hold.
package struct SearchQuery: Hashable, Sendable {
    /// The orders of hits.
    package enum Sort: String, Sendable, CaseIterable {
        case newest
        case relevance
    }

    /// Words as typed; `"…"` keeps words together, `*` at a word's end stands for any ending.
    package var words: String
    /// The first day a record may be dated.
    package var from: CivilDate?
    /// The last day a record may be dated.
    package var to: CivilDate?
    /// Words that stand together in the issuing agency's name.
    package var organ: String?
    /// The code of the kind of text, as `typeName` has it.
    package var typeName: String?
    /// `1123` or `1123/QĐ-UBND`.
    package var number: String?
    package var fonds: String?
    package var limit: Int
    package var sort: Sort

    package init(
        words: String, from: CivilDate? = nil, to: CivilDate? = nil, organ: String? = nil,
        typeName: String? = nil, number: String? = nil, fonds: String? = nil, limit: Int, sort: Sort
    ) {
        self.words = words
        self.from = from
        self.to = to
        self.organ = organ
        self.typeName = typeName
        self.number = number
        self.fonds = fonds
        self.limit = limit
        self.sort = sort
    }
}

/// A record that search found, and why.
package struct SearchHit: Hashable, Sendable {
    /// A field of the record in which words stand, with the text around them.
    package struct Match: Hashable, Sendable {
        /// The element's name, or `number` for number and sign together.
        package let field: String
        package let snippet: String
    }

    package let object: ObjectIdentifier
    package let version: Int
    /// The document's position; nil when the dossier itself was found.
    package let documentOrdinal: Int?
    package let title: String
    /// `1123/QĐ-UBND`; empty for a dossier.
    package let number: String
    /// ISO date, as exact as the record knows it; nil when it knows none.
    package let issued: String?
    package let organ: String
    package let dossierCode: String
    package let dossierTitle: String
    package let matched: [Match]
}
