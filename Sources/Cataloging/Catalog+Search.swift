import GRDB
import Records

extension Catalog {
    /// The records that answer a question; one whose code was typed stands first.
    package func search(_ query: SearchQuery) throws -> [SearchHit] {
        let limit = min(max(query.limit, 0), Self.mostHits)
        guard limit > 0, let places = SearchPlace.range(from: query.from, to: query.to) else {
            return []
        }
        let terms = SearchTerm.terms(in: query.words)
        // A question of marks only asks for nothing; an empty one asks for everything.
        guard !terms.isEmpty || query.words.allSatisfy(\.isWhitespace) else { return [] }
        guard let filter = try filter(of: query) else { return [] }
        return try read { database in
            let pattern = SearchPattern(terms)
            let presentation = SearchPresentation(pattern, words: query.words)
            let search = Search(database: database, places: places)
            let exact = try search.exact(query.words, filter: filter.text).prefix(limit)
            var hits = try exact.map { try search.hit($0, presentation) }
            var expression = filter
            for term in terms {
                let endings = try search.endings(of: term, isAlone: terms.count == 1)
                expression.add(term, endings: endings)
            }
            let isShown = Set(exact.map(\.record))
            let rest = limit + isShown.count
            switch query.sort {
            case .newest:
                hits += try search.newestHits(
                    expression.text, limit: rest, presentation, without: isShown)
            case .relevance:
                hits += try search.ranked(expression.text, pattern, limit: rest)
                    .filter { !isShown.contains($0.record) }.map {
                        try search.hit($0, presentation)
                    }
            }
            return Array(hits.prefix(limit))
        }
    }

    /// The most records shown for one question.
    private static let mostHits = 10_000

    /// What the filters ask of the index; nil when one of them cannot hold for any record.
    private func filter(of query: SearchQuery) throws -> SearchExpression? {
        var expression = SearchExpression()
        if let organ = query.organ {
            let term = SearchTerm(phrase: organ)
            guard !term.tokens.isEmpty else { return nil }
            expression.add(term, column: "organ")
        }
        if let typeName = query.typeName { expression.add(key: "t", typeName) }
        if let number = query.number { expression.add(key: "n", String(number.drop { $0 == "0" })) }
        if let fonds = query.fonds {
            expression.add(key: "f", anyOf: try spellings(ofFonds: fonds))
        }
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
    static let mostCandidates = 600
    /// A beginning with more endings is left to the index's own, slower way.
    private static let mostEndings = 200
    /// With no other word to meet, more endings still are looked up faster than joined by the index.
    private static let mostEndingsAlone = 1200

    let database: Database
    let places: ClosedRange<Int64>

    /// The newest records for an expression as hits, without those already shown.
    func newestHits(
        _ expression: String?, limit: Int, _ presentation: SearchPresentation,
        without shown: Set<Int64>
    ) throws -> [SearchHit] {
        var hits: [SearchHit] = []
        try forEach(
            expression, columns: SearchPresentation.selection + ", s.record", from: Self.records,
            limit: limit
        ) { row in
            let record: Int64 = row[row.count - 1]
            if !shown.contains(record) {
                hits.append(try presentation.hit(RecordKey(rowID: record), in: row))
            }
        }
        return hits
    }

    /// A found record as a hit.
    func hit(_ found: Found, _ presentation: SearchPresentation) throws -> SearchHit {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT \(SearchPresentation.selection) FROM \(Self.records) WHERE s.id = ?"),
            arguments: [found.place])
        guard let row else { throw CatalogFailure(.damaged) }
        return try presentation.hit(RecordKey(rowID: found.record), in: row)
    }

    private static let records = """
        searchable s JOIN version h ON h.id = s.record >> 24
        JOIN version v ON v.uuid = h.uuid AND v.current LEFT JOIN document d ON d.id = s.record
        """

    /// The best of the newest records for an expression.
    func ranked(_ expression: String?, _ pattern: SearchPattern, limit: Int) throws -> [Found] {
        var scored: [(score: Double, found: Found)] = []
        let columns = "s.id, s.record, s.title, s.kind, s.code, s.organ, s.other"
        let most = max(Self.mostCandidates, limit)
        try forEach(expression, columns: columns, from: "searchSource s", limit: most) { row in
            var score = SearchScore(pattern)
            for (column, weight) in SearchScore.weights.enumerated() {
                if let text = row[column + 2] as String? { score.add(text, weight: weight) }
            }
            scored.append((score.value, Found(place: row[0], record: row[1])))
        }
        // The newest of equals stands first: a smaller place is newer.
        return scored.sorted { ($1.score, $0.found.place) < ($0.score, $1.found.place) }
            .prefix(limit).map(\.found)
    }

    private func forEach(
        _ expression: String?, columns: String, from tables: String, limit: Int,
        _ body: (Row) throws -> Void
    ) throws {
        let match = """
            SELECT \(columns) FROM search f CROSS JOIN \(tables)
            WHERE s.id = f.rowid
            AND f.search MATCH replace(?, '\(SearchExpression.keyMark)', CAST(x'FF' AS TEXT))
            AND f.rowid BETWEEN ? AND ? ORDER BY f.rowid LIMIT ?
            """
        let all =
            "SELECT \(columns) FROM \(tables) WHERE s.id BETWEEN ? AND ? ORDER BY s.id LIMIT ?"
        let bounds: StatementArguments = [places.lowerBound, places.upperBound, limit]
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: expression == nil ? all : match),
            arguments: (expression.map { [$0] } ?? []) + bounds)
        while let row = try rows.next() { try body(row) }
    }

    /// Whether a record is among those of an expression.
    private func answers(_ expression: String, at place: Int64) throws -> Bool {
        var isFound = false
        try Search(database: database, places: place...place)
            .forEach(expression, columns: "s.id", from: "searchable s", limit: 1) { _ in
                isFound = true
            }
        return isFound
    }

    /// Records whose own code is exactly what was typed, if the filters let them through.
    func exact(_ words: String, filter: String?) throws -> [Found] {
        let code = words.filter { $0 != "\"" }
        guard !SearchFolding.code(String(code.prefix(500))).isEmpty, code.utf8.count <= 500 else {
            return []
        }
        var found: [Found] = []
        for reference in try Catalog.aliased(code, database) {
            guard let row = try Catalog.row(of: reference.object, reference.version, database)
            else { continue }
            let key = try RecordKey(versionRow: row, ordinal: reference.ordinal ?? 0)
            let place = try Int64.fetchOne(
                database.cachedStatement(sql: "SELECT id FROM searchable WHERE record = ?"),
                arguments: [key.rowID])
            guard let place, places.contains(place) else { continue }
            if let filter, try !answers(filter, at: place) { continue }
            found.append(Found(place: place, record: key.rowID))
        }
        return found.sorted { $0.place < $1.place }
    }

    /// The words of the archive that a single beginning stands for; nil when the index should find them itself.
    func endings(of term: SearchTerm, isAlone: Bool) throws -> [String]? {
        guard term.isPrefix, term.tokens.count == 1, let beginning = term.tokens.first else {
            return nil
        }
        let most = isAlone ? Self.mostEndingsAlone : Self.mostEndings
        let next = try database.cachedStatement(
            sql: "SELECT term FROM searchVocabulary WHERE term >= ? LIMIT 1")
        var words: [String] = []
        var from = beginning
        while let word = try String.fetchOne(next, arguments: [from]),
            word.utf8.starts(with: beginning.utf8)
        {
            guard words.count < most else { return nil }
            words.append(word)
            // No word contains U+0001, so this is the least text after the word itself.
            from = word + "\u{1}"
        }
        return words.isEmpty ? nil : words
    }
}
