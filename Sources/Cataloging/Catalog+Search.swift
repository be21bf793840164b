import GRDB
import Records

extension Catalog {
    /// The records that answer a question; one whose code was typed stands first.
    package func search(_ query: SearchQuery) throws -> [SearchHit] {
        let limit = min(max(query.limit, 0), Self.mostHits)
        guard limit > 0, let places = SearchPlace.range(from: query.from, to: query.to) else { return [] }
        let terms = SearchTerm.terms(in: query.words)
        // A question of marks only asks for nothing; an empty one asks for everything.
        guard !terms.isEmpty || query.words.allSatisfy(\.isWhitespace) else { return [] }
        guard let filter = Self.filter(of: query) else { return [] }
        return try read { database in
            let search = Search(database: database, places: places)
            var found = try search.exact(query.words, filter: filter.text).prefix(limit).map(\.self)
            var expression = filter
            for term in terms { expression.add(term, endings: try search.endings(of: term)) }
            switch query.sort {
            case .newest: found += try search.newest(expression.text, limit: limit)
            case .relevance: found += try search.ranked(expression.text, terms, limit: limit)
            }
            var seen: Set<Int64> = []
            let records = found.filter { seen.insert($0.record).inserted }.prefix(limit)
            let presentation = SearchPresentation(database: database, terms: terms, words: query.words)
            return try records.compactMap { try presentation.hit(RecordKey(rowID: $0.record)) }
        }
    }

    /// The most records shown for one question.
    private static let mostHits = 10_000

    /// What the filters ask of the index; nil when one of them cannot hold for any record.
    private static func filter(of query: SearchQuery) -> SearchExpression? {
        var expression = SearchExpression()
        if let organ = query.organ {
            let term = SearchTerm(phrase: organ)
            guard !term.tokens.isEmpty else { return nil }
            expression.add(term, column: "organ")
        }
        if let typeName = query.typeName { expression.add(key: "t", typeName) }
        if let number = query.number { expression.add(key: "n", String(number.drop { $0 == "0" })) }
        if let fonds = query.fonds { expression.add(key: "f", fonds) }
        return expression
    }
}

/// One question's look-ups in the index.
struct Search {
    /// A record and its place in search.
    struct Found {
        let place: Int64
        let record: Int64
    }

    /// Ranking looks at the newest of these only: nobody reads further, and rank over all costs a second.
    static let mostCandidates = 1000
    /// A beginning with more endings is left to the index's own, slower way.
    private static let mostEndings = 300

    let database: Database
    let places: ClosedRange<Int64>

    /// The newest records for an expression; without one, of all.
    func newest(_ expression: String?, limit: Int) throws -> [Found] {
        let match = """
            SELECT s.id, s.record FROM search f CROSS JOIN searchable s ON s.id = f.rowid
            WHERE f.search MATCH replace(?, '\(SearchExpression.keyMark)', CAST(x'FF' AS TEXT))
            AND f.rowid BETWEEN ? AND ? ORDER BY f.rowid LIMIT ?
            """
        let all = "SELECT id, record FROM searchable WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?"
        let bounds: StatementArguments = [places.lowerBound, places.upperBound, limit]
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: expression == nil ? all : match),
            arguments: (expression.map { [$0] } ?? []) + bounds)
        var found: [Found] = []
        while let row = try rows.next() { found.append(Found(place: row[0], record: row[1])) }
        return found
    }

    /// The best of the newest records for an expression.
    func ranked(_ expression: String?, _ terms: [SearchTerm], limit: Int) throws -> [Found] {
        let candidates = try newest(expression, limit: max(Self.mostCandidates, limit))
        guard !terms.isEmpty else { return Array(candidates.prefix(limit)) }
        let columns = try database.cachedStatement(
            sql: "SELECT title, kind, code, organ, other FROM searchSource WHERE id = ?")
        let scored = try candidates.map { candidate in
            let row = try Row.fetchOne(columns, arguments: [candidate.place])
            let texts = row.map { row in (0..<5).map { row[$0] as String? } } ?? []
            return (score: SearchScore.score(of: texts, terms), found: candidate)
        }
        // The newest of equals stands first, as sorting keeps the candidates' order by their places.
        return scored.sorted { ($1.score, $0.found.place) < ($0.score, $1.found.place) }
            .prefix(limit).map(\.found)
    }

    /// Records whose own code is exactly what was typed, if the filters let them through.
    func exact(_ words: String, filter: String?) throws -> [Found] {
        let code = words.filter { $0 != "\"" }
        guard !SearchFolding.code(String(code.prefix(500))).isEmpty, code.utf8.count <= 500 else { return [] }
        var found: [Found] = []
        for reference in try Catalog.aliased(code, database) {
            guard let row = try Catalog.row(of: reference.object, reference.version, database) else { continue }
            let key = try RecordKey(versionRow: row, ordinal: reference.ordinal ?? 0)
            let place = try Int64.fetchOne(
                database.cachedStatement(sql: "SELECT id FROM searchable WHERE record = ?"), arguments: [key.rowID])
            guard let place, places.contains(place) else { continue }
            if let filter, try Search(database: database, places: place...place).newest(filter, limit: 1).isEmpty {
                continue
            }
            found.append(Found(place: place, record: key.rowID))
        }
        return found.sorted { $0.place < $1.place }
    }

    /// The words of the archive that a single beginning stands for; nil when the index should find them itself.
    func endings(of term: SearchTerm) throws -> [String]? {
        guard term.isPrefix, term.tokens.count == 1, let beginning = term.tokens.first else { return nil }
        let next = try database.cachedStatement(sql: "SELECT term FROM searchVocabulary WHERE term >= ? LIMIT 1")
        var words: [String] = []
        var from = beginning
        while let word = try String.fetchOne(next, arguments: [from]), word.utf8.starts(with: beginning.utf8) {
            guard words.count < Self.mostEndings else { return nil }
            words.append(word)
            // No word contains U+0001, so this is the least text after the word itself.
            from = word + "\u{1}"
        }
        return words.isEmpty ? nil : words
    }
}
