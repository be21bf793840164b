/// Reads UTF-8 one code point at a time, each as search sees it: without case, dấu and đ.
struct FoldingScanner {
    /// What one code point is to search.
    enum Folded {
        /// A letter or digit, as small ASCII.
        case letter(UInt8)
        /// A letter, digit or mark of another script, in small letters.
        case wide(Unicode.Scalar)
        /// A mark of the letter before: nothing to search.
        case dropped
        /// Anything between words; bytes that are not UTF-8 show as U+FFFD.
        case other(Unicode.Scalar)
        /// The byte 0xFF, which no text has: a filter key begins.
        case key
    }

    private let text: UnsafeBufferPointer<UInt8>
    private(set) var position = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// The next code point; nil at the end.
    @inline(__always)
    mutating func next() -> Folded? {
        guard position < text.count else { return nil }
        let unit = text[position]
        guard unit < 0x80 else { return nextBeyondASCII(unit) }
        position += 1
        switch unit {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .letter(unit)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return .letter(unit | 0x20)
        default: return .other(Unicode.Scalar(unit))
        }
    }

    private mutating func nextBeyondASCII(_ unit: UInt8) -> Folded {
        guard let value = decoded(unit) else {
            position += 1
            return unit == 0xFF ? .key : .other("\u{FFFD}")
        }
        if let base = FoldTable.base(of: value) { return .letter(base) }
        if FoldTable.isDropped(value) { return .dropped }
        return Unicode.Scalar(value).map { Self.classified($0) } ?? .other("\u{FFFD}")
    }

    /// The code point that begins here, passing over it; nil, passing over nothing, when it is malformed.
    private mutating func decoded(_ unit: UInt8) -> UInt32? {
        let (length, first, least): (Int, UInt32, UInt32) =
            switch unit {
            case 0xC2...0xDF: (2, UInt32(unit & 0x1F), 0x80)
            case 0xE0...0xEF: (3, UInt32(unit & 0x0F), 0x800)
            case 0xF0...0xF4: (4, UInt32(unit & 0x07), 0x10000)
            default: (0, 0, 0)
            }
        guard length > 0, text.count - position >= length else { return nil }
        var value = first
        for offset in 1..<length {
            let next = text[position + offset]
            guard next & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(next & 0x3F)
        }
        guard value >= least else { return nil }
        position += length
        return value
    }

    private static func classified(_ scalar: Unicode.Scalar) -> Folded {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter:
            let small = scalar.properties.lowercaseMapping.unicodeScalars
            return .wide(small.count == 1 ? small.first ?? scalar : scalar)
        case .lowercaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .otherNumber,
            .nonspacingMark, .spacingMark:
            return .wide(scalar)
        default: return .other(scalar)
        }
    }
}
