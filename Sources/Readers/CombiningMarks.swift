/// Marks piled on one letter: comparing such texts by meaning costs the square of their number.
enum CombiningMarks {
    /// The most on one letter; no writing piles so many, and so many stay cheap.
    static let most = 64
    /// What a fault says.
    static let detail = "more than \(most) marks on one letter"

    /// Whether a text piles up more; one that is too short to be dear is not looked at.
    static func areTooMany(in text: String) -> Bool {
        guard text.utf8.count > 8 * most else { return false }
        var count = 0
        for scalar in text.unicodeScalars {
            count = isMark(scalar) ? count + 1 : 0
            if count > most { return true }
        }
        return false
    }

    /// Whether a scalar is set on the letter before it.
    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
    }
}
