/// The words of a text as search has them: runs of folded letters and digits.
enum SearchTokens {
    /// A word of a text and the bytes of the text that it stands for.
    struct Token: Hashable, Sendable {
        let text: String
        let range: Range<Int>
    }

    /// A longer word is cut here, in records and in questions alike.
    static let longest = 252

    /// Room for a word and the last code point that may begin in it.
    static let bufferSize = 256

    /// The words of a text in their order, at most as many as asked.
    static func tokens(of text: String, limit: Int = .max) -> [Token] {
        var tokens: [Token] = []
        var copy = text
        copy.withUTF8 { bytes in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bufferSize) { buffer in
                scan(bytes, into: buffer) { length, range in
                    tokens.append(
                        Token(
                            text: String(decoding: buffer[..<length], as: UTF8.self), range: range))
                    return tokens.count < limit
                }
            }
        }
        return tokens
    }

    /// Gives each word: its length in the buffer and its bytes in the text; stops when told false.
    @inline(__always)
    static func scan(
        _ text: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>,
        _ body: (_ length: Int, _ range: Range<Int>) -> Bool
    ) {
        var scanner = FoldingScanner(text)
        var length = 0
        var start = 0
        var isKey = false
        while true {
            let position = scanner.position
            let folded = scanner.next()
            switch folded {
            case .letter(let unit):
                if length == 0 { start = position }
                if length < longest {
                    buffer[length] = unit
                    length += 1
                }
            case .wide(let scalar):
                if length == 0 { start = position }
                guard length < longest else { continue }
                for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    buffer[length] = unit
                    length += 1
                }
            case .dropped: continue
            case .other where isKey: continue
            case .other, .key, nil:
                if length > 0, !body(length, start..<position) { return }
                length = 0
                guard let folded else { return }
                guard case .key = folded else { continue }
                isKey = true
                buffer[0] = 0xFF
                length = 1
                start = position
            }
        }
    }
}
