/// How well a record answers a question: titles before codes before the rest, words together before words apart.
enum SearchScore {
    /// Weights of the index's columns: title, kind, code, organ, other.
    private static let weights: [Double] = [10, 5, 9, 3, 2]
    private static let mostWords = 400

    static func score(of columns: [String?], _ terms: [SearchTerm]) -> Double {
        var best = [Double](repeating: 0, count: terms.count)
        var together = 0.0
        for (column, text) in columns.enumerated() {
            guard let text, column < weights.count else { continue }
            let words = SearchTokens.tokens(of: text, limit: mostWords).map(\.text)
            var places: [Int] = []
            for (index, term) in terms.enumerated() {
                guard let place = term.place(in: words) else { continue }
                places.append(place.lowerBound)
                // A long text says a little about many things.
                let share = 1 + 1 / (1 + Double(words.count) / 8)
                best[index] = max(best[index], weights[column] * share)
            }
            guard places.count == terms.count, terms.count > 1 else { continue }
            let spread = (places.max() ?? 0) - (places.min() ?? 0)
            let inOrder = places == places.sorted()
            let closeness = Double(terms.count) / Double(max(spread + 1, terms.count))
            together = max(together, weights[column] * closeness * (inOrder ? 1.5 : 1))
        }
        return best.reduce(0, +) + together
    }
}
