/// Finds the known word that was probably meant.
package enum NearestWord {
    /// The known word with the fewest edits, at most a third of its letters; nil when none is near.
    package static func to(_ word: String, among known: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased().unicodeScalars.prefix(longest))
        var best: (word: String, distance: Int)?
        for candidate in known.sorted() {
            let letters = Array(candidate.lowercased().unicodeScalars.prefix(longest))
            let allowed = max(1, letters.count / 3)
            guard abs(letters.count - wanted.count) <= allowed else { continue }
            let distance = distance(wanted, letters)
            if distance <= allowed, best.map({ distance < $0.distance }) ?? true {
                best = (candidate, distance)
            }
        }
        return best?.word
    }

    /// Letters of a word that are compared, so that a hostile one costs little.
    private static let longest = 64

    /// Levenshtein's distance, a swap of neighbours counted as one.
    private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var last = Array(0...other.count)
        for (row, character) in one.enumerated() {
            var current = [row + 1]
            for (column, candidate) in other.enumerated() {
                var cost = min(
                    last[column] + (character == candidate ? 0 : 1), last[column + 1] + 1,
                    current[column] + 1)
                if row > 0, column > 0, character == other[column - 1], one[row - 1] == candidate {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
            before = last
            last = current
        }
        return last[other.count]
    }
}
