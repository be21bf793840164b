/// Reads flat documents of the form that the archive itself writes; every other is left for libxml2 to judge.
struct PlainDocument {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The elements with their texts in order; nil when there is anything but plain elements with text.
    mutating func pairs() -> [(String, String)]? {
        guard take("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), let root = tag() else {
            return nil
        }
        var pairs: [(String, String)] = []
        while true {
            skipSpace()
            if take("</") {
                guard take(root), take(">") else { return nil }
                skipSpace()
                return index == bytes.count ? pairs : nil
            }
            guard let name = tag(), let text = text(), take("</"), take(name), take(">") else {
                return nil
            }
            pairs.append((String(decoding: bytes[name], as: UTF8.self), text))
        }
    }

    /// A start tag without attributes; gives the place of its name, which is of ASCII letters and digits only.
    private mutating func tag() -> Range<Int>? {
        guard take("<") else { return nil }
        let start = index
        while index < bytes.count,
            Self.isLetter(bytes[index]) || (index > start && Self.isDigit(bytes[index]))
        {
            index += 1
        }
        let name = start..<index
        return !name.isEmpty && take(">") ? name : nil
    }

    /// The text up to the next tag; nil when it has a character that XML does not hold or that needs thought.
    private mutating func text() -> String? {
        var start = index
        var collected: [UInt8] = []
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "<"):
                if collected.isEmpty {
                    return String(wellFormed: bytes[start..<index])
                }
                collected += bytes[start..<index]
                return String(wellFormed: collected[...])
            case UInt8(ascii: "&"):
                collected += bytes[start..<index]
                guard let character = reference() else { return nil }
                collected.append(character)
                start = index
            case 0x00...0x08, 0x0B...0x1F, UInt8(ascii: ">"): return nil
            case 0xEF:
                // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
                guard index + 2 < bytes.count, bytes[index + 1] != 0xBF || bytes[index + 2] < 0xBE
                else { return nil }
                index += 1
            default: index += 1
            }
        }
        return nil
    }

    private mutating func reference() -> UInt8? {
        if take("&amp;") { return UInt8(ascii: "&") }
        if take("&lt;") { return UInt8(ascii: "<") }
        return take("&gt;") ? UInt8(ascii: ">") : nil
    }

    private mutating func skipSpace() {
        while index < bytes.count, bytes[index] == 0x0A || bytes[index] == 0x20 { index += 1 }
    }

    private mutating func take(_ word: StaticString) -> Bool {
        take(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private mutating func take(_ name: Range<Int>) -> Bool { take(bytes[name]) }

    private mutating func take(_ word: some RandomAccessCollection<UInt8>) -> Bool {
        guard bytes[index...].starts(with: word) else { return false }
        index += word.count
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension String {
    /// Decodes UTF-8; nil where it is malformed. Decoding and comparing is faster than Swift's own validation.
    init?(wellFormed units: some Collection<UInt8>) {
        self.init(decoding: units, as: UTF8.self)
        guard utf8.elementsEqual(units) else { return nil }
    }
}
