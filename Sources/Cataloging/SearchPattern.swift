/// The words of a question, ready to be found in a record's text.
struct SearchPattern {
    /// A word of the question, and whether it may go on.
    private struct Word: Hashable {
        let units: [UInt8]
        let isPrefix: Bool
    }

    /// Where a text has the words of the question.
    struct Occurrences {
        /// For each word of the text, a bit for each word of the question that it is.
        fileprivate(set) var words: [UInt64] = []
        /// The bytes of each word of the text.
        fileprivate(set) var ranges: [Range<Int>] = []
        fileprivate(set) var isAny = false
    }

    private var words: [Word] = []
    /// Each term as the bits of its words in their order.
    private var terms: [[UInt64]] = []

    /// Bits for so many different words; a question has hardly ever more than ten.
    private static let mostWords = 64

    init(_ given: [SearchTerm]) {
        for term in given {
            var bits: [UInt64] = []
            for (index, token) in term.tokens.enumerated() {
                let word = Word(
                    units: Array(token.utf8),
                    isPrefix: term.isPrefix && index == term.tokens.count - 1)
                if let known = words.firstIndex(of: word) {
                    bits.append(1 << UInt64(known))
                } else if words.count < Self.mostWords {
                    bits.append(1 << UInt64(words.count))
                    words.append(word)
                }
            }
            if bits.count == term.tokens.count { terms.append(bits) }
        }
    }

    var termCount: Int { terms.count }

    /// Finds the words in a text, looking at so many of its words.
    func occurrences(in text: String, limit: Int) -> Occurrences {
        var found = Occurrences()
        found.words.reserveCapacity(40)
        found.ranges.reserveCapacity(40)
        var copy = text
        copy.withUTF8 { bytes in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SearchTokens.bufferSize) {
                buffer in
                SearchTokens.scan(bytes, into: buffer) { length, range in
                    let bits = matches(UnsafeBufferPointer(rebasing: buffer[..<length]))
                    found.words.append(bits)
                    found.ranges.append(range)
                    if bits != 0 { found.isAny = true }
                    return found.words.count < limit
                }
            }
        }
        return found
    }

    /// The words of the text in which a term first stands.
    func place(ofTerm index: Int, in text: Occurrences) -> Range<Int>? {
        let bits = terms[index]
        guard text.isAny, bits.count <= text.words.count else { return nil }
        for start in 0...(text.words.count - bits.count) where text.words[start] & bits[0] != 0 {
            let stands = bits.indices.allSatisfy { text.words[start + $0] & bits[$0] != 0 }
            if stands { return start..<(start + bits.count) }
        }
        return nil
    }

    private func matches(_ token: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var bits: UInt64 = 0
        for (index, word) in words.enumerated() {
            let length = word.units.count
            guard word.isPrefix ? token.count >= length : token.count == length else { continue }
            if token.prefix(length).elementsEqual(word.units) { bits |= 1 << UInt64(index) }
        }
        return bits
    }
}
