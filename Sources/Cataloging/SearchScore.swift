/// How well a record answers a question: titles before codes before the rest, words together before words apart.
struct SearchScore {
    /// Weights of the index's columns: title, kind, code, organ, other.
    static let weights: [Double] = [10, 5, 9, 3, 2]
    private static let mostWords = 400

    private let pattern: SearchPattern
    /// The best weight of each term so far.
    private var best: [Double]
    private var together = 0.0

    init(_ pattern: SearchPattern) {
        self.pattern = pattern
        best = [Double](repeating: 0, count: pattern.termCount)
    }

    var value: Double { best.reduce(together, +) }

    /// Takes the text of a column into account.
    mutating func add(_ text: String, weight: Double) {
        let found = pattern.occurrences(in: text, limit: Self.mostWords)
        guard found.isAny else { return }
        // A long text says a little about many things.
        let share = 1 + 1 / (1 + Double(found.words.count) / 8)
        var count = 0
        var first = Int.max
        var last = -1
        var inOrder = true
        for index in best.indices {
            guard let place = pattern.place(ofTerm: index, in: found) else { continue }
            best[index] = max(best[index], weight * share)
            count += 1
            first = min(first, place.lowerBound)
            inOrder = inOrder && place.lowerBound > last
            last = max(last, place.lowerBound)
        }
        guard count == best.count, count > 1 else { return }
        let closeness = Double(count) / Double(max(last - first + 1, count))
        together = max(together, weight * closeness * (inOrder ? 1.5 : 1))
    }
}
