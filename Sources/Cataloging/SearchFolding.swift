/// How the archive compares what people type: case, dấu, đ and the form of Unicode make no difference.
package enum SearchFolding {
    /// A text without case and marks, each run of blanks as one; punctuation stays.
    package static func fold(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var blank = false
        withScanner(of: text) { scanner in
            while let folded = scanner.next() {
                let scalar: Unicode.Scalar
                switch folded {
                case .letter(let unit): scalar = Unicode.Scalar(unit)
                case .wide(let wide): scalar = wide
                case .other(let other) where !other.isBlank: scalar = other
                case .other:
                    blank = true
                    continue
                case .dropped, .key: continue
                }
                if blank, !result.isEmpty { result.append(" ") }
                blank = false
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// A code as aliases compare it: folded, and without any blank.
    package static func code(_ text: String) -> String {
        let folded = fold(text)
        // Nearly every code is ASCII, where bytes are characters and much faster.
        guard folded.utf8.allSatisfy({ $0 < 0x80 }) else { return folded.filter { $0 != " " } }
        return String(decoding: folded.utf8.filter { $0 != 0x20 }, as: UTF8.self)
    }

    /// A filter's value as keys hold it: folded letters and digits only.
    static func key(_ text: String) -> String {
        SearchTokens.tokens(of: text).map(\.text).joined()
    }

    static func withScanner<Result>(of text: String, _ body: (inout FoldingScanner) -> Result)
        -> Result
    {
        var copy = text
        return copy.withUTF8 { bytes in
            var scanner = FoldingScanner(bytes)
            return body(&scanner)
        }
    }
}

extension Unicode.Scalar {
    /// Whether it only keeps words apart.
    var isBlank: Bool {
        value < 0x80 ? value == 0x20 || (9...13).contains(value) : properties.isWhitespace
    }
}
